"""What an agreement says: its areas of cooperation, its commitments, and where else its text can be read."""

from django.db import models
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partnerships.dates import Dated, DatedModel, precision_field

from .agreement import Agreement
from .organization import Organization
from .record import GatedQuerySet, PublicationState


class AreaOfCooperation(models.Model):
    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="areas", verbose_name=_("agreement"))
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    text = models.CharField(_("area"), max_length=500)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("area of cooperation")
        verbose_name_plural = _("areas of cooperation")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.text


class CommitmentQuerySet(GatedQuerySet):
    def published(self):
        return self.filter(agreement__state=PublicationState.PUBLISHED)

    def unmet(self):
        """Those not known to be kept, of agreements that are still looked after."""
        return self.filter(met_on=None).exclude(agreement__state=PublicationState.ARCHIVED)

    def overdue(self, on):
        return self.unmet().filter(due_on__lt=on)

    def due_between(self, first, last):
        return self.unmet().filter(due_on__range=(first, last))

    def open_under(self, agreements):
        """The unmet ones of these agreements that have a day by which they are due."""
        return self.filter(agreement__in=agreements, due_on__isnull=False, met_on=None)

    def with_responsible(self, user):
        return self.prefetch_related(Prefetch("responsible", Organization.objects.visible_to(user)))


class Commitment(DatedModel):
    """Something that the agreement promises, by whom and by when."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="commitments", verbose_name=_("agreement"))
    text = models.CharField(_("commitment"), max_length=500)
    responsible = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="commitments", verbose_name=_("responsible")
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    due_on_precision = precision_field()
    met_on = models.DateField(_("met"), null=True, blank=True)
    met_on_precision = precision_field()
    history = HistoricalRecords()

    due = Dated(last=True)
    met = Dated()
    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["due_on", "pk"]

    def __str__(self):
        return self.text


class AgreementDocument(models.Model):
    """Where else the agreement's text can be read. What the register keeps itself is a Document."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="documents", verbose_name=_("agreement"))
    title = models.CharField(_("title"), max_length=200)
    url = models.URLField(_("address"))
    language = models.CharField(
        _("language"), max_length=10, blank=True, help_text=_("ISO 639 code, such as en or fr.")
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("text elsewhere")
        verbose_name_plural = _("texts elsewhere")
        ordering = ["pk"]

    def __str__(self):
        return self.title
