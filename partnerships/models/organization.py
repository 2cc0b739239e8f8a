"""Anybody who signs, implements, funds or takes part, with the units below it and the names it goes by."""

from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partnerships.dates import Dated, DatedModel, precision_field

from .geography import Country
from .record import GatedQuerySet, Record, RecordQuerySet
from .tree import ids_below, refuse_loop


class OrganizationType(models.TextChoices):
    """IATI 2.03 codelist OrganisationType."""

    GOVERNMENT = "10", _("Government")
    LOCAL_GOVERNMENT = "11", _("Local government")
    OTHER_PUBLIC = "15", _("Other public sector")
    INTERNATIONAL_NGO = "21", _("International NGO")
    NATIONAL_NGO = "22", _("National NGO")
    REGIONAL_NGO = "23", _("Regional NGO")
    PARTNER_NGO = "24", _("Partner country based NGO")
    PUBLIC_PRIVATE = "30", _("Public private partnership")
    MULTILATERAL = "40", _("Multilateral")
    FOUNDATION = "60", _("Foundation")
    PRIVATE = "70", _("Private sector")
    ACADEMIC = "80", _("Academic, training and research")
    OTHER = "90", _("Other")


class OrganizationQuerySet(RecordQuerySet):
    def with_units(self, ids):
        """These organizations and every unit below them."""
        return self.filter(pk__in=ids_below(Organization, ids))

    def named(self, text):
        """The organizations that are or were called exactly this (acronym, name, translation, former name)."""
        # A small set decides: names are few, and SQLite folds the case of ASCII letters only.
        called = OrganizationName.objects.filter(organization=OuterRef("pk"), name__iexact=text)
        return self.filter(Q(acronym__iexact=text) | Q(name__iexact=text) | Exists(called))

    def in_countries(self, ids):
        return self.filter(country__in=ids)

    def tied_to(self, ids, user, on=None):
        """The organizations that share an agreement, a project or an event with any of these, as this user may see them.

        On a day: that are parties beside one of them that day, or take part in what had begun by then.
        """
        from .agreement import Agreement
        from .event import Event, EventParticipation
        from .party import Party
        from .project import Participation, Project

        ties = Q()
        for link, field, records in (
            (Party, "agreement", Agreement.objects),
            (Participation, "project", Project.objects),
            (EventParticipation, "event", Event.objects),
        ):
            places, records = link.objects.all(), records.visible_to(user)
            if link is Party:
                places = places.on(on)
            elif on:
                records = records.begun_by(on)
            shared = records.filter(pk__in=places.visible_to(user).filter(organization__in=ids).values(field))
            ties |= Q(Exists(places.filter(organization=OuterRef("pk"), **{f"{field}__in": shared})))
        return self.filter(ties).exclude(pk__in=ids)

    def active_between(self, first, last, user):
        """Party to an agreement in force, or participant in a project that ran, on any day of the span."""
        from .agreement import Agreement
        from .party import Party
        from .project import Participation, Project

        agreements = Agreement.objects.visible_to(user).in_force_between(first, last)
        projects = Project.objects.visible_to(user).running_between(first, last)
        return self.filter(
            Exists(Party.objects.filter(organization=OuterRef("pk"), agreement__in=agreements))
            | Exists(Participation.objects.filter(organization=OuterRef("pk"), project__in=projects))
        )

    def for_list(self, user, on=None):
        return self.select_related("country").prefetch_related(
            Prefetch("parent", Organization.objects.visible_to(user))
        )

    def for_record(self, user, on=None):
        """With its other names (on a day, those in use that day) and its units."""
        return self.for_list(user).prefetch_related(
            Prefetch("names", OrganizationName.objects.visible_to(user).on(on)),
            Prefetch("units", Organization.objects.visible_to(user)),
        )

    def for_detail(self, user, on=None):
        return self.for_record(user, on)


class Organization(Record):
    name = models.CharField(
        _("name"), max_length=255, help_text=_("The full name it uses itself, in its usual language.")
    )
    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    type = models.CharField(_("type"), max_length=2, choices=OrganizationType, help_text=_("IATI organisation type."))
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="units",
        verbose_name=_("unit of"),
        help_text=_("The organization that this is a part of. A search for that one finds this one too."),
    )
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organizations",
        verbose_name=_("country"),
        help_text=_("For a national body, the country it belongs to. Empty for an international organization."),
    )
    description = models.TextField(_("description"), blank=True)
    website = models.URLField(_("website"), blank=True)

    history = HistoricalRecords()
    objects = OrganizationQuerySet.as_manager()
    noun = "organization"
    slug_words = ("acronym", "name")

    class Meta(Record.Meta):
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(parent=models.F("pk")),
                name="organization_not_its_own_unit",
                violation_error_message=_("An organization cannot be a unit of itself."),
            ),
            models.UniqueConstraint(
                fields=["name", "parent"],
                name="organization_name_once_per_parent",
                violation_error_message=_("This parent already has a unit of that name. Use that record."),
            ),
            models.UniqueConstraint(
                fields=["name", "country"],
                condition=Q(parent=None),
                name="organization_name_once_per_country",
                violation_error_message=_("This country already has an organization of that name. Use that record."),
            ),
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(parent=None, country=None),
                name="organization_name_once_without_country",
                violation_error_message=_("There is already an organization of that name. Use that record."),
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        if self.parent_id:
            refuse_loop(self)

    @property
    def short_name(self):
        return self.acronym or self.name


class OrganizationNameQuerySet(GatedQuerySet):
    def published(self):
        return self.filter(organization__in=Organization.objects.published())

    def on(self, day):
        """The names in use on that day, as far as is known; all of them if none is given."""
        if day is None:
            return self
        return self.filter(Q(used_from_on=None) | Q(used_from_on__lte=day), Q(used_to_on=None) | Q(used_to_on__gte=day))

    def instead_of_todays(self, day):
        """What organizations were called on that day in place of the name that their record has: {id: (name, acronym)}.

        A name or acronym with dates stands for the days between them. A former name without an end, a translation and a
        name without dates say nothing about a day. Where only the name of that day is known, the acronym is "".
        """
        names, acronyms = {}, {}
        dated = self.on(day).exclude(kind=OrganizationName.Kind.TRANSLATION)
        dated = dated.exclude(used_from_on=None, used_to_on=None)
        dated = dated.exclude(kind=OrganizationName.Kind.FORMER, used_to_on=None)
        # Of several names, the one that came into use last counts.
        for name in sorted(dated, key=lambda name: (name.used_from_on or date.min, name.pk)):
            into = acronyms if name.kind == OrganizationName.Kind.ACRONYM else names
            into[name.organization_id] = name.name
        return {key: (names.get(key), acronyms.get(key, "")) for key in names | acronyms}


class OrganizationName(DatedModel):
    """Another name that the organization has or had."""

    class Kind(models.TextChoices):
        ACRONYM = "acronym", _("acronym")
        FORMER = "former", _("former name")
        TRANSLATION = "translation", _("translation")
        ALIAS = "alias", _("other spelling")

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="names", verbose_name=_("organization"))
    name = models.CharField(_("name"), max_length=255)
    kind = models.CharField(_("kind"), max_length=11, choices=Kind, default=Kind.ALIAS)
    language = models.CharField(
        _("language"), max_length=10, blank=True, help_text=_("ISO 639 code, such as en or fr.")
    )
    used_from_on = models.DateField(_("used from"), null=True, blank=True)
    used_from_on_precision = precision_field()
    used_to_on = models.DateField(_("used until"), null=True, blank=True)
    used_to_on_precision = precision_field()
    history = HistoricalRecords()

    used_from = Dated()
    used_to = Dated(last=True)
    objects = OrganizationNameQuerySet.as_manager()

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "name"],
                name="organization_other_name_once",
                violation_error_message=_("This organization already has that other name."),
            ),
            models.CheckConstraint(
                condition=Q(used_from_on__isnull=True)
                | Q(used_to_on__isnull=True)
                | Q(used_to_on__gte=models.F("used_from_on")),
                name="organization_name_used_in_order",
                violation_error_message=_("A name cannot go out of use before it came into use."),
            ),
        ]

    def __str__(self):
        return self.name
