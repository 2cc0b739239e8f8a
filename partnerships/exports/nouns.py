"""Which columns the register's nouns have in their tables: what a person would want to filter, sort or count by."""

from decimal import Decimal

from partnerships.models import (
    Agreement,
    AreaOfCooperation,
    Contribution,
    Country,
    Event,
    EventParticipation,
    Funder,
    Indicator,
    Measurement,
    Office,
    Organization,
    OrganizationName,
    OrganizationType,
    Participation,
    Party,
    Person,
    Project,
    ProjectCountry,
    ProjectStatus,
    Region,
    Status,
)
from partnerships.models.geography import LANGUAGES

from .columns import (
    Code,
    Codes,
    Column,
    Dated,
    First,
    Flag,
    Id,
    Link,
    Links,
    Moment,
    Name,
    Names,
    Page,
    Part,
    Parts,
    Value,
    coded,
    linked,
    many,
    status,
    written,
)
from .tables import register


def record(route, *columns):
    """The columns of a record of the register: its own between those that all have."""
    flat = [one for column in columns for one in (column if isinstance(column, list) else [column])]
    first = [Id(), Value("slug")]
    last = [Value("caveat"), Value("state"), Value("version", field=False, volatile=True)]
    return [*first, *flat, *last, Moment("updated_at", field=False, volatile=True), Page(route)]


def register_nouns():
    register(Organization, "organizations", organization())
    register(Agreement, "agreements", agreement())
    register(Project, "projects", project())
    register(Funder, "funders", funder())
    register(Contribution, "contributions", contribution())
    register(Indicator, "indicators", indicator())
    register(Event, "events", event())
    register(Person, "people", person())
    register(Country, "countries", country())
    register(Region, "regions", region())


def span(words, first, last):
    """Words for a row's dates in brackets: ` (joined 2013, withdrew 2019)`, or nothing."""
    said = [f"{word} {text}" for word, text in zip(words, (written(*first), written(*last)), strict=True) if text]
    return f" ({', '.join(said)})" if said else ""


def organization():
    names = Parts(
        lambda batch: (
            OrganizationName.objects.using(batch.using)
            .filter(organization__in=batch.among_ids())
            .values_list("organization_id", "kind", "name", "language")
        )
    )
    return record(
        "partnerships:organization-detail",
        Value("name"),
        Value("acronym"),
        coded("type", OrganizationType),
        linked("parent", Organization),
        linked("country", Country),
        Part("other_names", names, lambda kind, name, language: f"{name} ({kind}{', ' if language else ''}{language})"),
        Value("website"),
        Value("description"),
    )


def agreement():
    parties = Parts(
        lambda batch: (
            Party.objects.using(batch.using)
            .visible_to(batch.user)
            .filter(agreement__in=batch.among_ids())
            .values_list(
                "agreement_id",
                "organization__slug",
                "organization__name",
                "joined_on",
                "joined_on_precision",
                "withdrew_on",
                "withdrew_on_precision",
            )
        )
    )
    areas = Parts(
        lambda batch: (
            AreaOfCooperation.objects.using(batch.using)
            .filter(agreement__in=batch.among_ids())
            .values_list("agreement_id", "text")
        )
    )
    return record(
        "partnerships:agreement-detail",
        Value("title"),
        Value("short_title"),
        coded("kind", Agreement.Kind),
        Value("reference"),
        status(Status),
        Dated("signed"),
        Value("place"),
        Dated("entered_into_force"),
        Dated("ends"),
        Dated("terminated"),
        Part(
            "parties",
            parties,
            lambda slug, name, *dates: slug + span(("joined", "withdrew"), dates[:2], dates[2:]),
        ),
        Part("party_names", parties, lambda slug, name, *dates: name),
        Part("areas", areas, lambda text: text),
        linked("parent", Agreement),
        many("supersedes", Agreement),
        many("countries", Agreement, "country_names"),
        many("regions", Agreement, "region_names"),
        many("goals", Agreement, codes="sdgs"),
        Value("description"),
    )


def project():
    participants = Parts(
        lambda batch: (
            Participation.objects.using(batch.using)
            .visible_to(batch.user)
            .filter(project__in=batch.among_ids())
            .values_list("project_id", "organization__slug", "organization__name", "role")
        )
    )
    funders = Parts(_funders_of_projects)
    shares = Parts(
        lambda batch: (
            ProjectCountry.objects.using(batch.using)
            .filter(project__in=batch.among_ids(), percentage__isnull=False)
            .order_by("country__alpha2")
            .values_list("project_id", "country__alpha2", "percentage")
        )
    )
    return record(
        "partnerships:project-detail",
        Value("title"),
        Value("short_title"),
        Value("reference"),
        status(ProjectStatus),
        Dated("starts"),
        Dated("ends"),
        linked("parent", Project),
        Part("participants", participants, lambda slug, name, role: f"{slug} ({role})"),
        Part("participant_names", participants, lambda slug, name, role: name),
        Part("funders", funders, lambda slug, name: slug),
        Part("funder_names", funders, lambda slug, name: name),
        many("countries", Project, "country_names"),
        Part("country_percentages", shares, lambda code, share: f"{code} {share.normalize():f}"),
        many("regions", Project, "region_names"),
        many("agreements", Project, "agreement_titles"),
        many("goals", Project, codes="sdgs"),
        Value("description"),
    )


def _funders_of_projects(batch):
    contributions = Contribution.objects.visible_to(batch.user).filter(project__in=batch.among_ids())
    return (
        Contribution.funders.through.objects.using(batch.using)
        .filter(contribution__in=contributions, funder__in=Funder.objects.visible_to(batch.user))
        .order_by("funder__slug", "pk")
        .values_list("contribution__project_id", "funder__slug", "funder__name")
    )


def funder():
    country = Link("organization__country", Country)
    return record(
        "partnerships:funder-detail",
        Value("name"),
        Value("acronym"),
        coded("kind", Funder.Kind),
        linked("organization", Organization),
        Code(country, "country", field=False),
        Name(country, "country_name"),
        Value("description"),
    )


def contribution():
    funders = Links("funders", Contribution)
    return record(
        "partnerships:contribution-detail",
        Codes(funders),
        Names(funders, "funder_names"),
        Shared(funders),
        Value("amount"),
        Value("currency"),
        coded("stage", Contribution.Stage),
        Flag("in_kind"),
        Dated("dated"),
        linked("project", Project),
        linked("event", Event),
        linked("agreement", Agreement),
        linked("recipient", Organization),
        Value("description"),
    )


class Shared(Column):
    """Whether several funders give the one amount together: it must be counted once."""

    def __init__(self, funders):
        super().__init__("shared")
        self.funders = funders

    def cells(self, batch):
        return ["true" if len(several) > 1 else "false" for several in batch.once(self.funders)]


def indicator():
    figures = Parts(
        lambda batch: (
            Measurement.objects.using(batch.using)
            .filter(indicator__in=batch.among_ids())
            .values_list("indicator_id", "kind", "value", "at_least", "measured_on", "measured_on_precision")
        )
    )

    def latest(kind):
        def value(one, value, at_least, day, precision):
            return Decimal(f"{value.normalize():f}") if one == kind else None

        def measured(one, value, at_least, day, precision):
            return (written(day, precision) or "") if one == kind else None

        return [First(kind, figures, value), First(f"{kind}_on", figures, measured)]

    return record(
        "partnerships:indicator-detail",
        Value("title"),
        Value("unit"),
        Flag("fewer_is_better"),
        linked("project", Project),
        linked("country", Country),
        latest("baseline"),
        latest("target"),
        latest("actual"),
        First("actual_at_least", figures, lambda kind, value, at_least, *day: _flag(at_least, kind)),
        Value("description"),
    )


def _flag(at_least, kind):
    return None if kind != "actual" else "true" if at_least else "false"


def event():
    participants = Parts(
        lambda batch: (
            EventParticipation.objects.using(batch.using)
            .visible_to(batch.user)
            .filter(event__in=batch.among_ids())
            .values_list("event_id", "organization__slug", "organization__name", "role")
        )
    )
    return record(
        "partnerships:event-detail",
        Value("name"),
        coded("kind", Event.Kind),
        Dated("starts"),
        Dated("ends"),
        Flag("is_online"),
        Flag("is_planned"),
        Value("place"),
        Part("participants", participants, lambda slug, name, role: f"{slug} ({role})"),
        Part("participant_names", participants, lambda slug, name, role: name),
        many("countries", Event, "country_names"),
        many("regions", Event, "region_names"),
        many("projects", Event, "project_titles"),
        many("agreements", Event, "agreement_titles"),
        Value("description"),
    )


def person():
    offices = Parts(
        lambda batch: (
            Office.objects.using(batch.using)
            .visible_to(batch.user)
            .filter(person__in=batch.among_ids())
            .values_list(
                "person_id",
                "title",
                "organization__slug",
                "held_from_on",
                "held_from_on_precision",
                "held_to_on",
                "held_to_on_precision",
            )
        )
    )

    def office(title, slug, *dates):
        return (f"{title}, {slug}" if slug else title) + span(("from", "to"), dates[:2], dates[2:])

    return record(
        "partnerships:person-detail",
        Value("name"),
        Value("sort_name"),
        Value("honorific"),
        Part("offices", offices, office),
    )


def place(route, *columns):
    names = [Value(f"name_{language}", field=False) for language in LANGUAGES]
    flat = [one for column in columns for one in (column if isinstance(column, list) else [column])]
    return [Id(), Value("slug", field=False), *names, *flat, Page(route)]


def country():
    return place(
        "partnerships:country-detail",
        *[Value(name, field=False) for name in ("alpha2", "alpha3", "m49")],
        many("regions", Country, "region_names"),
        *[Value(name, field=False) for name in ("latitude", "longitude")],
        *[Flag(name, field=False) for name in ("is_ldc", "is_lldc", "is_sids")],
    )


def region():
    return place(
        "partnerships:region-detail",
        Value("code", field=False),
        coded("kind", Region.Kind),
        linked("parent", Region),
        Value("note", field=False),
    )
