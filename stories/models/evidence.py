"""One claim in one story about one record."""

from django.conf import settings
from django.db import models
from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partnerships.models import Agreement, Commitment, Contribution, Indicator, Measurement, Project, PublicationState
from partnerships.models.record import GatedQuerySet

from .news_item import NewsItem

# What proves a record: the ways from a passage to it. A project is proved by what proves its money and its results, too.
PATHS = {
    Agreement: ("agreement", "commitment__agreement", "contribution__agreement"),
    Project: ("project", "contribution__project", "measurement__indicator__project"),
    Contribution: ("contribution",),
    Indicator: ("measurement__indicator",),
    NewsItem: ("story",),
}
TARGETS = ("agreement", "project", "contribution", "measurement", "commitment")


class EvidenceQuerySet(GatedQuerySet):
    def published(self):
        """Public with its story and with what it proves."""
        public = PublicationState.PUBLISHED
        return self.filter(
            Q(agreement=None) | Q(agreement__state=public),
            Q(project=None) | Q(project__state=public),
            Q(contribution=None) | Q(contribution__in=Contribution.objects.published()),
            Q(measurement=None)
            | Q(measurement__indicator__state=public, measurement__indicator__project__state=public),
            Q(commitment=None) | Q(commitment__agreement__state=public),
            story__state=public,
        )

    def with_story(self):
        return self.prefetch_related(Prefetch("story", NewsItem.objects.defer("body")))

    def with_target(self, user):
        return self.select_related(
            "agreement", "project", "measurement__indicator", "commitment__agreement"
        ).prefetch_related(Prefetch("contribution", Contribution.objects.visible_to(user).with_names(user)))

    def proving(self, record):
        """What supports this record."""
        return self.filter(Q(*((path, record) for path in PATHS[type(record)]), _connector=Q.OR))

    def proved(self, model):
        """A condition for the records of this model that these passages prove."""
        ids = (self.filter(**{f"{path}__isnull": False}).order_by().values(path) for path in PATHS[model])
        return Q(*(("pk__in", found) for found in ids), _connector=Q.OR)


class Evidence(models.Model):
    """A passage that proves something in the register, and who confirmed that it does."""

    class Claim(models.TextChoices):
        SIGNED = "signed", _("signed")
        ACCEDED = "acceded", _("acceded")
        RENEWED = "renewed", _("renewed")
        EXISTS = "exists", _("exists")
        PLEDGED = "pledged", _("pledged")
        COMMITTED = "committed", _("committed")
        DELIVERED = "delivered", _("delivered")
        MEASURED = "measured", _("measured")
        MET = "met", _("met")

    story = models.ForeignKey(NewsItem, models.CASCADE, related_name="evidence", verbose_name=_("story"))
    claim = models.CharField(_("claim"), max_length=9, choices=Claim)
    excerpt = models.CharField(
        _("excerpt"), max_length=500, help_text=_("The words of the story that say so, quoted exactly.")
    )
    agreement = models.ForeignKey(
        Agreement, models.CASCADE, null=True, blank=True, related_name="evidence", verbose_name=_("agreement")
    )
    project = models.ForeignKey(
        Project, models.CASCADE, null=True, blank=True, related_name="evidence", verbose_name=_("project")
    )
    contribution = models.ForeignKey(
        Contribution, models.CASCADE, null=True, blank=True, related_name="evidence", verbose_name=_("contribution")
    )
    measurement = models.ForeignKey(
        Measurement, models.CASCADE, null=True, blank=True, related_name="evidence", verbose_name=_("measurement")
    )
    commitment = models.ForeignKey(
        Commitment, models.CASCADE, null=True, blank=True, related_name="evidence", verbose_name=_("commitment")
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    confirmed_on = models.DateField(_("confirmed"), null=True, blank=True)
    history = HistoricalRecords()

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    *[Q(**{f"{name}__isnull": name != chosen for name in TARGETS}) for chosen in TARGETS],
                    _connector=Q.OR,
                ),
                name="evidence_proves_one_thing",
                violation_error_message=_(
                    "Say what it proves: exactly one agreement, project, contribution, measurement or commitment."
                ),
            )
        ]

    def __str__(self):
        return f"{self.get_claim_display()}: “{self.excerpt}”"

    @property
    def target(self):
        """The one record that it supports."""
        return next(found for found in (getattr(self, name) for name in TARGETS) if found is not None)
