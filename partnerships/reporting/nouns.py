"""What each noun of the register can be counted by; stories declare their own."""

from django.db.models import F, Q

from partnerships.dates import Precision
from partnerships.models import (
    Agreement,
    Contribution,
    Event,
    EventParticipation,
    Funder,
    Indicator,
    Measurement,
    Office,
    Organization,
    OrganizationType,
    Participation,
    Party,
    Person,
    Project,
    ProjectCountry,
    ProjectStatus,
    Signature,
    Status,
)

from . import words, years
from .links import (
    AGREEMENTS,
    EVENTS,
    FUNDERS,
    ORGANIZATIONS,
    OTHERS,
    PROJECTS,
    countries,
    every,
    goals,
    own,
    paid,
    partners,
    records,
    regions,
    through,
    visible,
    visible_on,
)
from .places import register_places
from .ties import Dimension, Ties, Words, register


def register_organizations():
    def beside(user, on):
        """Parties of the day, once for each other party of that day."""
        rows = Party.objects.visible_to(user).on(on)
        if on is None:
            return rows
        others = {"joined": F("agreement__parties__joined_on"), "withdrew": F("agreement__parties__withdrew_on")}
        rows = rows.annotate(**{f"other_{name}": column for name, column in others.items()})
        joined = Q(other_joined=None) | Q(other_joined__lte=on)
        return rows.filter(joined, Q(other_withdrew=None) | Q(other_withdrew__gt=on))

    def shared(link, model):
        """Those with whom the organization takes part in the same record, on a day in what had begun by then."""
        noun = model._meta.model_name

        def rows(user, on):
            links = link.objects.visible_to(user)
            return links.filter(**{f"{noun}__in": model.objects.begun_by(on)}) if on else links

        return Ties(rows, f"{noun}__participations__organization", "organization", where=OTHERS)

    register(
        Organization,
        type=words.choice(Organization, "type", OrganizationType),
        country=countries(Ties(every(Organization), "pk", "country"), once=True),
        region=regions(Ties(every(Organization), "pk", "country__regions")),
        partner=partners(
            Ties(beside, "agreement__parties__organization", "organization", where=OTHERS),
            shared(Participation, Project),
            shared(EventParticipation, Event),
        ),
        year=years.dimension(
            Ties(lambda user, on: _of(Party, Agreement, user), "organization", **years.in_force("agreement__")),
            Ties(lambda user, on: _of(Participation, Project, user), "organization", **years.running("project__")),
            latest=years.this_year,
        ),
        parent=own(Organization, "parent", ORGANIZATIONS),
    )


def _of(link, model, user):
    """The links of records that the user may see."""
    return link.objects.filter(**{f"{model._meta.model_name}__in": model.objects.visible_to(user)})


def register_agreements():
    signed = Ties(
        lambda user, on: Agreement.objects.exclude(signed_on_precision=Precision.BY), "pk", years.Year(F("signed_on"))
    )
    register(
        Agreement,
        kind=words.choice(Agreement, "kind", Agreement.Kind),
        status=words.status(Agreement, Status),
        country=countries(Ties(through(Agreement, "countries"), "agreement", "country"), once=True),
        region=regions(
            Ties(through(Agreement, "regions"), "agreement", "region"),
            Ties(through(Agreement, "countries"), "agreement", "country__regions"),
        ),
        partner=partners(Ties(visible_on(Party), "agreement", "organization")),
        year=years.dimension(Ties(every(Agreement), "pk", **years.in_force()), once=True, latest=years.this_year),
        signed_year=Dimension((signed,), Words(), once=True),
        sdg=goals(Agreement),
        parent=own(Agreement, "parent", AGREEMENTS),
    )


def register_projects():
    register(
        Project,
        status=words.status(Project, ProjectStatus),
        country=countries(Ties(every(ProjectCountry), "project", "country"), once=True),
        region=regions(
            Ties(through(Project, "regions"), "project", "region"),
            Ties(every(ProjectCountry), "project", "country__regions"),
        ),
        partner=partners(
            Ties(visible(Participation), "project", "organization"),
            Ties(paid, "contribution__project", "funder__organization"),
        ),
        year=years.dimension(Ties(every(Project), "pk", **years.running()), once=True, latest=years.this_year),
        sdg=goals(Project),
        funder=records(FUNDERS, Ties(paid, "contribution__project", "funder")),
        agreement=records(AGREEMENTS, Ties(through(Project, "agreements"), "project", "agreement"), once=True),
        parent=own(Project, "parent", PROJECTS),
    )


def register_funders():
    register(
        Funder,
        kind=words.choice(Funder, "kind", Funder.Kind),
        country=countries(Ties(every(Funder), "pk", "organization__country"), once=True),
        region=regions(Ties(every(Funder), "pk", "organization__country__regions")),
        partner=partners(Ties(every(Funder), "pk", "organization")),
        year=years.dimension(Ties(paid, "funder", **years.on("contribution__dated_on"))),
    )


def register_contributions():
    register(
        Contribution,
        stage=words.choice(Contribution, "stage", Contribution.Stage),
        currency=words.code(Contribution, "currency", words.currency_name),
        in_kind=words.flag(Contribution, **words.IN_KIND),
        joint=words.told_apart(Contribution, lambda user: Contribution.objects.given_jointly(user), **words.JOINT),
        country=countries(
            Ties(every(ProjectCountry), "project__contributions", "country"),
            Ties(through(Event, "countries"), "event__contributions", "country"),
        ),
        region=regions(
            Ties(through(Project, "regions"), "project__contributions", "region"),
            Ties(every(ProjectCountry), "project__contributions", "country__regions"),
            Ties(through(Event, "regions"), "event__contributions", "region"),
            Ties(through(Event, "countries"), "event__contributions", "country__regions"),
        ),
        partner=partners(
            Ties(paid, "contribution", "funder__organization"),
            Ties(every(Contribution), "pk", "recipient"),
            Ties(visible(Participation), "project__contributions", "organization"),
            Ties(visible(EventParticipation), "event__contributions", "organization"),
        ),
        year=years.dimension(Ties(every(Contribution), "pk", **years.on("dated_on")), once=True),
        funder=records(FUNDERS, Ties(paid, "contribution", "funder"), once=True),
        project=own(Contribution, "project", PROJECTS),
        event=own(Contribution, "event", EVENTS),
        agreement=own(Contribution, "agreement", AGREEMENTS),
    )


def register_indicators():
    def without_country(user, on):
        return Indicator.objects.filter(country=None)

    register(
        Indicator,
        country=countries(
            Ties(every(Indicator), "pk", "country"),
            Ties(without_country, "pk", "project__project_countries__country"),
        ),
        region=regions(
            Ties(every(Indicator), "pk", "country__regions"),
            Ties(without_country, "pk", "project__regions"),
            Ties(without_country, "pk", "project__project_countries__country__regions"),
        ),
        partner=partners(
            Ties(visible(Participation), "project__indicators", "organization"),
            Ties(paid, "contribution__project__indicators", "funder__organization"),
        ),
        # An indicator has figures of several years; which of them a sum would take, nobody could say.
        year=years.dimension(Ties(every(Measurement), "indicator", **years.on("measured_on")), adds_up=False),
        project=own(Indicator, "project", PROJECTS),
    )


def register_events():
    register(
        Event,
        kind=words.choice(Event, "kind", Event.Kind),
        online=words.flag(Event, **words.ONLINE),
        country=countries(Ties(through(Event, "countries"), "event", "country"), once=True),
        region=regions(
            Ties(through(Event, "regions"), "event", "region"),
            Ties(through(Event, "countries"), "event", "country__regions"),
        ),
        partner=partners(
            Ties(visible(EventParticipation), "event", "organization"),
            Ties(paid, "contribution__event", "funder__organization"),
        ),
        year=years.dimension(Ties(every(Event), "pk", **years.span("starts_on", "ends_on")), once=True),
    )


def register_people():
    register(
        Person,
        country=countries(Ties(visible_on(Office), "person", "organization__country")),
        region=regions(Ties(visible_on(Office), "person", "organization__country__regions")),
        partner=partners(
            Ties(visible_on(Office), "person", "organization"),
            Ties(visible_on(Signature), "person", "party__organization"),
        ),
        year=years.dimension(
            Ties(visible(Office), "person", **years.in_office()),
            Ties(visible(Signature), "person", **years.on("signed_on")),
            latest=years.this_year,
        ),
    )


def register_nouns():
    register_organizations()
    register_agreements()
    register_projects()
    register_funders()
    register_contributions()
    register_indicators()
    register_events()
    register_people()
    register_places()
