"""The columns of what is done and paid for."""

from decimal import Decimal

from partnerships.models import (
    Agreement,
    Contribution,
    Country,
    Event,
    EventParticipation,
    Funder,
    Measurement,
    Organization,
    Participation,
    Project,
    ProjectCountry,
    ProjectStatus,
)

from .columns import (
    Code,
    Codes,
    Column,
    Dated,
    First,
    Flag,
    Link,
    Links,
    Name,
    Names,
    Part,
    Parts,
    Value,
    coded,
    linked,
    many,
    status,
    written,
)
from .records import record


def project():
    participants = Parts(_participants)
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


def _participants(batch):
    """(project, slug, name, role) of each organization that takes part."""
    rows = Participation.objects.using(batch.using).visible_to(batch.user).filter(project__in=batch.among_ids())
    for project, pk, slug, name, role in rows.values_list(
        "project_id", "organization_id", "organization__slug", "organization__name", "role"
    ):
        yield project, slug, batch.directory.called(pk, name), role


def _funders_of_projects(batch):
    contributions = Contribution.objects.visible_to(batch.user).known_by(batch.on).filter(project__in=batch.among_ids())
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
