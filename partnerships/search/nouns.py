"""What is indexed for each noun of the register.

A record's entry must say nothing that its own page would not: names of organizations and funders are taken from the
public ones only, whoever asks, because one entry answers visitors and staff alike. Notes for colleagues are in no entry.
"""

from django.db.models import Prefetch, Q

from partnerships.dependents import Dependency
from partnerships.models import (
    Agreement,
    AreaOfCooperation,
    Contribution,
    Country,
    Event,
    Funder,
    Indicator,
    Office,
    Organization,
    OrganizationName,
    Party,
    Person,
    Project,
    Region,
)

from .index import register, years_between

PUBLIC_NAME = ("name", "acronym", "state")


def register_nouns():
    """In the order in which equally good hits of different nouns are shown."""
    register(
        Organization,
        title=lambda record: [
            record.name,
            record.acronym,
            *((other.name, other.language or "en") for other in record.names.all()),
        ],
        body=lambda record: [record.description],
        load=lambda records: records.prefetch_related("names"),
        depends=[Dependency(OrganizationName, "names")],
        is_name=True,
    )
    for place, codes in ((Country, ("alpha2", "alpha3", "m49")), (Region, ("code",))):
        register(
            place,
            title=lambda record, codes=codes: [
                *((name, language) for language, name in record.names.items()),
                *(getattr(record, code) or "" for code in codes),
            ],
            is_name=True,
        )
    register(
        Agreement,
        title=lambda record: [record.title, record.short_title, record.reference],
        body=lambda record: [
            record.description,
            *(area.text for area in record.areas.all()),
            *(name for party in record.parties.all() for name in _names(party.organization)),
        ],
        load=lambda records: records.prefetch_related("areas", Prefetch("parties", _of_public(Party))),
        depends=[
            Dependency(AreaOfCooperation, "areas"),
            Dependency(Party, "parties"),
            Dependency(Organization, "parties__organization", PUBLIC_NAME),
        ],
        order=Agreement._meta.ordering,
        is_name=True,
    )
    register(
        Project,
        title=lambda record: [record.title, record.short_title, record.reference],
        body=lambda record: [record.description],
        order=Project._meta.ordering,
        is_name=True,
    )
    register(
        Event,
        title=lambda record: [record.name],
        body=lambda record: [record.place, record.description],
        order=Event._meta.ordering,
        is_name=True,
        years=lambda record: years_between(record.starts_on, record.ends_on),
    )
    register(
        Person,
        title=lambda record: [record.name],
        body=lambda record: [
            text
            for office in record.offices.all()
            for text in (office.title, *(_names(office.organization) if office.organization else ()))
        ],
        load=lambda records: records.prefetch_related(Prefetch("offices", _of_public(Office, Q(organization=None)))),
        depends=[
            Dependency(Office, "offices"),
            Dependency(Organization, "offices__organization", PUBLIC_NAME),
        ],
        is_name=True,
    )
    register(
        Funder,
        title=lambda record: [record.name, record.acronym],
        body=lambda record: [record.description],
        is_name=True,
    )
    register(
        Indicator,
        title=lambda record: [record.title],
        body=lambda record: [record.description],
    )
    register(
        Contribution,
        # A contribution is public only with its project or event, so that their titles cannot tell too early.
        title=lambda record: [
            *(name for funder in record.funders.all() for name in _names(funder)),
            *((record.project.title, record.project.short_title) if record.project else (record.event.name,)),
        ],
        body=lambda record: [record.description],
        load=lambda records: records.prefetch_related(
            "project", "event", Prefetch("funders", Funder.objects.visible_to(None))
        ),
        depends=[
            Dependency(Funder, "funders", (*PUBLIC_NAME, "organization")),
            Dependency(Organization, "funders__organization", ("state",)),
            Dependency(Project, "project", ("title", "short_title")),
            Dependency(Event, "event", ("name",)),
        ],
        links=("funders",),
        order=Contribution._meta.ordering,
    )


def _names(named):
    return [named.name, named.acronym]


def _of_public(model, otherwise=Q()):  # noqa: B008 - a Q is never changed
    """The rows of which the organization is public; whether the record above them is, the gate asks on its own."""
    public = Q(organization__in=Organization.objects.visible_to(None))
    return model.objects.filter(public | otherwise).select_related("organization")
