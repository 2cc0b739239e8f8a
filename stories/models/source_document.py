"""The documents that stories were read from, and what the reader proposes from them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partnerships.models import Country, Organization


class SourceDocument(models.Model):
    """A file as it was read, known by the SHA-256 of its bytes. Only the desk sees it."""

    title = models.CharField(_("title"), max_length=255)
    file_name = models.CharField(_("file name"), max_length=255)
    sha256 = models.CharField(
        _("SHA-256"), max_length=64, unique=True, help_text=_("Of the file's bytes, in hexadecimal.")
    )
    language = models.CharField(_("language"), max_length=10, default="en")
    source_url = models.URLField(_("where it was published"), blank=True)
    text = models.TextField(_("text"), help_text=_("The document as it was read."))
    read_at = models.DateTimeField(_("read"), auto_now_add=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("source document")
        verbose_name_plural = _("source documents")
        ordering = ["-read_at"]

    def __str__(self):
        return self.title


class Proposal(models.Model):
    """Something that the reader believes a story says. A person accepts or rejects it; until then nothing is written."""

    class Kind(models.TextChoices):
        ORGANIZATION = "organization", _("is about this organization")
        COUNTRY = "country", _("is about this country")

    class Decision(models.TextChoices):
        OPEN = "open", _("open")
        ACCEPTED = "accepted", _("accepted")
        REJECTED = "rejected", _("rejected")

    story = models.ForeignKey("stories.NewsItem", models.CASCADE, related_name="proposals", verbose_name=_("story"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    organization = models.ForeignKey(
        Organization, models.CASCADE, null=True, blank=True, related_name="proposals", verbose_name=_("organization")
    )
    country = models.ForeignKey(
        Country, models.CASCADE, null=True, blank=True, related_name="proposals", verbose_name=_("country")
    )
    excerpt = models.CharField(_("excerpt"), max_length=500, help_text=_("The words in the story that suggest it."))
    decision = models.CharField(_("decision"), max_length=8, choices=Decision, default=Decision.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["story", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="organization", organization__isnull=False, country__isnull=True)
                | Q(kind="country", organization__isnull=True, country__isnull=False),
                name="proposal_names_its_target",
                violation_error_message=_("A proposal names what its kind says: an organization, or a country."),
            ),
            models.CheckConstraint(
                condition=Q(decision="open", decided_at__isnull=True)
                | (~Q(decision="open") & Q(decided_at__isnull=False)),
                name="proposal_decided_at_some_time",
                violation_error_message=_("A decision has a time, and an open proposal has none."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.organization or self.country}"
