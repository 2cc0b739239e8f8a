"""Results: an indicator, and its dated figures from baseline to actual."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partnerships.dates import Dated, DatedModel, precision_field

from .geography import Country
from .needs import OF_INDICATORS
from .project import Project
from .record import PublicationState, Record, RecordQuerySet


class IndicatorQuerySet(RecordQuerySet):
    def published(self):
        """Public with its project."""
        return super().published().filter(project__state=PublicationState.PUBLISHED)

    def with_partner(self, ids, user):
        """Those of the projects with which any of these organizations has a tie."""
        return self.filter(project__in=Project.objects.visible_to(user).with_partner(ids, user))

    def in_countries(self, ids):
        """Those measured in these countries or, where no country is stated, of projects in them."""
        return self.filter(Q(country__in=ids) | Q(country=None, project__in=Project.objects.in_countries(ids)))

    def in_regions(self, ids):
        within = Country.objects.in_regions(ids)
        return self.filter(Q(country__in=within) | Q(country=None, project__in=Project.objects.in_regions(ids)))

    def measured_between(self, first, last):
        return self.filter(
            Exists(Measurement.objects.filter(indicator=OuterRef("pk"), measured_on__range=(first, last)))
        )

    def for_list(self, user):
        return self.select_related("country").prefetch_related(
            "measurements", Prefetch("project", Project.objects.visible_to(user))
        )

    def for_detail(self, user):
        return self.for_list(user)


class Indicator(Record):
    """What a project counts, such as "persons in pre-trial detention on terrorism charges"."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="indicators", verbose_name=_("project"))
    title = models.CharField(_("title"), max_length=255)
    unit = models.CharField(_("unit"), max_length=60, help_text=_("What is counted: persons, webinars, tonnes."))
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="indicators",
        verbose_name=_("country"),
        help_text=_("Where it was measured, if that is narrower than the project."),
    )
    fewer_is_better = models.BooleanField(_("fewer is better"), default=False)
    description = models.TextField(_("description"), blank=True)

    history = HistoricalRecords()
    objects = IndicatorQuerySet.as_manager()
    noun = "indicator"
    needs = OF_INDICATORS
    slug_words = ("title",)

    class Meta(Record.Meta):
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "title"],
                name="indicator_title_once_per_project",
                violation_error_message=_("This project already has an indicator of that title."),
            )
        ]

    def __str__(self):
        return self.title

    def figure(self, kind):
        """The latest Measurement of that kind, or None. Works on prefetched measurements without a query."""
        return next((figure for figure in self.measurements.all() if figure.kind == kind), None)

    @property
    def baseline(self):
        return self.figure(Measurement.Kind.BASELINE)

    @property
    def target(self):
        return self.figure(Measurement.Kind.TARGET)

    @property
    def actual(self):
        return self.figure(Measurement.Kind.ACTUAL)


class MeasurementQuerySet(models.QuerySet):
    def known_by(self, day):
        """Without those measured after that day, if one is given. One without a date is not known to be later."""
        return self.filter(Q(measured_on=None) | Q(measured_on__lte=day)) if day else self


class Measurement(DatedModel):
    class Kind(models.TextChoices):
        BASELINE = "baseline", _("baseline")
        TARGET = "target", _("target")
        ACTUAL = "actual", _("actual")

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="measurements", verbose_name=_("indicator"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.ACTUAL)
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=4)
    at_least = models.BooleanField(_("at least"), default=False, help_text=_("The source says “more than” or “over”."))
    measured_on = models.DateField(_("measured"), null=True, blank=True)
    measured_on_precision = precision_field()
    note = models.CharField(_("note"), max_length=200, blank=True)
    history = HistoricalRecords()

    measured = Dated()
    objects = MeasurementQuerySet.as_manager()

    class Meta:
        verbose_name = _("measurement")
        verbose_name_plural = _("measurements")
        ordering = [F("measured_on").desc(nulls_last=True), "-pk"]

    def __str__(self):
        return f"{self.value.normalize():f}" + (f" ({self.measured})" if self.measured_on else "")
