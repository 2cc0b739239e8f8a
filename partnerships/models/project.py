"""Projects and programmes (IATI activities), and who has which role in them."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partnerships.dates import Dated, format_span, listed_on_field, precision_field

from .agreement import Agreement
from .filed import WithFiles
from .geography import Country, Goal, Region
from .history import LinkedHistory
from .needs import OF_PROJECTS
from .organization import Organization
from .record import GatedQuerySet, PublicationState, Record, RecordQuerySet
from .tree import refuse_loop


class ProjectStatus(models.TextChoices):
    """The phases of the IATI 2.03 codelist ActivityStatus that dates can tell; and the honest fourth."""

    PLANNED = "planned", _("planned")
    RUNNING = "running", _("running")
    CLOSED = "closed", _("closed")
    UNKNOWN = "unknown", _("dates not known")


class ProjectQuerySet(WithFiles, RecordQuerySet):
    def running_between(self, first, last):
        """Known to run on any day of the span. Without a start and an end in sight nothing is guessed."""
        known = Q(starts_on__isnull=False) | Q(ends_on__range=(first, last))
        return self.filter(known, Q(starts_on=None) | Q(starts_on__lte=last), Q(ends_on=None) | Q(ends_on__gte=first))

    def with_status(self, status, on=None):
        """The QuerySet twin of Project.status()."""
        on = on or timezone.localdate()
        match ProjectStatus(status):
            case ProjectStatus.CLOSED:
                return self.filter(ends_on__lt=on)
            case ProjectStatus.PLANNED:
                return self.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__gt=on)
            case ProjectStatus.RUNNING:
                return self.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on)
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on=None)

    def begun_by(self, day):
        """Those not known to begin only after that day."""
        return self.filter(Q(starts_on=None) | Q(starts_on__lte=day))

    def with_partner(self, ids, user, roles=(), on=None):
        """Those in which any of these organizations takes part, or which it pays for; in one of these roles if any are given.

        A participation has no dates. On a day, only what was paid by that day counts.
        """
        from .funding import Contribution

        taking_part = Participation.objects.visible_to(user).filter(project=OuterRef("pk"), organization__in=ids)
        paying = Contribution.objects.visible_to(user).known_by(on).filter(project=OuterRef("pk"))
        paying = paying.from_organizations(ids, user)
        if not roles:
            return self.filter(Exists(taking_part) | Exists(paying))
        tie = Q(Exists(taking_part.filter(role__in=roles)))
        if Participation.Role.FUNDING in roles:
            tie |= Q(Exists(paying))
        return self.filter(tie)

    def in_countries(self, ids):
        return self.filter(Exists(ProjectCountry.objects.filter(project=OuterRef("pk"), country__in=ids)))

    def in_regions(self, ids):
        """Those that name one of these regions, or a country of theirs."""
        named = Project.regions.through.objects.filter(project=OuterRef("pk"), region__in=Region.objects.below(ids))
        within = ProjectCountry.objects.filter(project=OuterRef("pk"), country__in=Country.objects.in_regions(ids))
        return self.filter(Exists(named) | Exists(within))

    def for_list(self, user, on=None):
        """With what a row shows: participants, countries, regions and funders; on a day, those who had paid by then."""
        from .funding import Contribution

        paid = Contribution.objects.visible_to(user).known_by(on)
        return self.prefetch_related(
            Prefetch("participations", Participation.objects.visible_to(user).select_related("organization")),
            Prefetch("project_countries", ProjectCountry.objects.select_related("country")),
            "regions",
            Prefetch("contributions", paid.with_funders(user)),
            Prefetch("parent", Project.objects.visible_to(user)),
        )

    def with_figures(self, user, on=None):
        """Beyond for_list: the results, from baseline to actual; on a day, those measured by then."""
        from .result import Indicator, Measurement

        measurements = Prefetch("measurements", Measurement.objects.known_by(on))
        indicators = Indicator.objects.visible_to(user).select_related("country").prefetch_related(measurements)
        return self.prefetch_related(Prefetch("indicators", indicators))

    def for_record(self, user, on=None):
        """With all that the project itself says; other records by name only."""
        from .event import Event

        return (
            self.for_list(user, on)
            .with_figures(user, on)
            .with_files(user, on)
            .prefetch_related(
                Prefetch("components", Project.objects.visible_to(user)),
                Prefetch("agreements", Agreement.objects.visible_to(user)),
                Prefetch("events", Event.objects.visible_to(user)),
                "goals",
            )
        )

    def for_detail(self, user):
        """Like for_record, with the other records as rows of a list."""
        from .event import Event

        return (
            self.for_list(user)
            .with_figures(user)
            .with_files(user)
            .prefetch_related(
                Prefetch("components", Project.objects.visible_to(user).for_list(user)),
                Prefetch("agreements", Agreement.objects.visible_to(user).for_list(user)),
                Prefetch("events", Event.objects.visible_to(user).for_list(user)),
                "goals",
            )
        )


class Project(Record):
    title = models.CharField(_("title"), max_length=255)
    short_title = models.CharField(
        _("short title"), max_length=80, blank=True, help_text=_("Such as CRIMJUST. It becomes the address.")
    )
    reference = models.CharField(
        _("reference"), max_length=80, blank=True, help_text=_("The number in your project system.")
    )
    description = models.TextField(_("description"), blank=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="components",
        verbose_name=_("part of"),
        help_text=_("The programme that this one belongs to."),
    )
    starts_on = models.DateField(_("starts"), null=True, blank=True, db_index=True)
    starts_on_precision = precision_field()
    ends_on = models.DateField(_("ends"), null=True, blank=True, db_index=True, help_text=_("Empty: no end is known."))
    ends_on_precision = precision_field()
    countries = models.ManyToManyField(
        Country, through="ProjectCountry", blank=True, related_name="projects", verbose_name=_("countries")
    )
    regions = models.ManyToManyField(Region, blank=True, related_name="projects", verbose_name=_("regions"))
    agreements = models.ManyToManyField(
        Agreement,
        blank=True,
        related_name="projects",
        verbose_name=_("agreements"),
        help_text=_("The agreements it runs under."),
    )
    goals = models.ManyToManyField(Goal, blank=True, related_name="projects", verbose_name=_("SDGs"))
    listed_on = listed_on_field("starts_on", "ends_on")

    starts = Dated()
    ends = Dated(last=True)
    history = LinkedHistory(m2m_fields=["regions", "agreements", "goals"], excluded_fields=["listed_on"])
    objects = ProjectQuerySet.as_manager()
    noun = "project"
    needs = OF_PROJECTS
    slug_words = ("short_title", "title")

    class Meta(Record.Meta):
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["-listed_on", "-pk"]
        indexes = [models.Index(fields=["-listed_on", "-id"], name="project_listed")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(parent=F("pk")),
                name="project_not_part_of_itself",
                violation_error_message=_("A project cannot be a part of itself."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="project_ends_after_start",
                violation_error_message=_("The project ends before it starts. Check both dates."),
            ),
        ]

    def __str__(self):
        return self.title

    def clean(self):
        super().clean()
        if self.parent_id:
            refuse_loop(self)

    def status(self, on=None):
        """Its ProjectStatus on that day, today if none is given."""
        on = on or timezone.localdate()
        if self.ends_on and self.ends_on < on:
            return ProjectStatus.CLOSED
        if not self.starts_on:
            return ProjectStatus.UNKNOWN
        return ProjectStatus.PLANNED if self.starts_on > on else ProjectStatus.RUNNING

    @property
    def period(self):
        return format_span(self.starts, self.ends)


class ProjectCountry(models.Model):
    """A country in which the project works, with its share where one is stated."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="project_countries", verbose_name=_("project"))
    country = models.ForeignKey(Country, models.PROTECT, related_name="project_countries", verbose_name=_("country"))
    percentage = models.DecimalField(_("percentage"), max_digits=5, decimal_places=2, null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("country of the project")
        verbose_name_plural = _("countries of the project")
        ordering = ["country__name_en"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "country"],
                name="project_country_once",
                violation_error_message=_("This country is already listed."),
            ),
            models.CheckConstraint(
                condition=Q(percentage__isnull=True) | Q(percentage__gt=0, percentage__lte=100),
                name="project_country_percentage",
                violation_error_message=_(
                    "A percentage lies above 0 and is at most 100. Leave it empty if it is not known."
                ),
            ),
        ]

    def __str__(self):
        return str(self.country)


class ParticipationQuerySet(GatedQuerySet):
    def published(self):
        return self.filter(project__state=PublicationState.PUBLISHED, organization__state=PublicationState.PUBLISHED)


class Participation(models.Model):
    """An organization's role in a project; one row for each role."""

    class Role(models.TextChoices):
        """IATI 2.03 codelist OrganisationRole, and beyond it the one for whom the work is done."""

        FUNDING = "funding", _("funding")
        ACCOUNTABLE = "accountable", _("accountable")
        EXTENDING = "extending", _("extending")
        IMPLEMENTING = "implementing", _("implementing")
        BENEFICIARY = "beneficiary", _("beneficiary or counterpart")

    project = models.ForeignKey(Project, models.CASCADE, related_name="participations", verbose_name=_("project"))
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="participations", verbose_name=_("organization")
    )
    role = models.CharField(_("role"), max_length=12, choices=Role)
    note = models.CharField(_("note"), max_length=200, blank=True, help_text=_("Such as “lead implementing partner”."))
    history = HistoricalRecords()

    objects = ParticipationQuerySet.as_manager()
    IATI_CODES = {Role.FUNDING: 1, Role.ACCOUNTABLE: 2, Role.EXTENDING: 3, Role.IMPLEMENTING: 4}

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "organization", "role"],
                name="participation_once_per_role",
                violation_error_message=_("This organization already has this role here."),
            )
        ]

    def __str__(self):
        return f"{self.organization} ({self.get_role_display()})"
