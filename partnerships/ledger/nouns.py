"""What the ledger follows in the register: its nouns, and the rows and links that are part of them."""

from partnerships.models import (
    Agreement,
    AgreementDocument,
    AreaOfCooperation,
    Commitment,
    Contribution,
    Country,
    Document,
    Event,
    EventParticipation,
    Funder,
    Indicator,
    Measurement,
    Office,
    Organization,
    OrganizationName,
    Participation,
    Party,
    Person,
    Project,
    ProjectCountry,
    Region,
    Signature,
)

from .naming import shows
from .signals import watch


def register_nouns():
    watch(Region)
    watch(Country, links=[("regions", True)])
    watch(Organization, name=["name", "acronym"], listed_by=["parent"], gates=[(Funder, "organization")])
    watch(Person, name=["name"])
    watch(
        Agreement,
        name=["title"],
        listed_by=["parent"],
        # Whether an agreement is superseded depends on the dates of those that supersede it.
        owners=["supersedes"],
        links=[("supersedes", True), "countries", "regions", "goals"],
    )
    watch(
        Project,
        name=["title"],
        listed_by=["parent"],
        links=["countries", "regions", "agreements", "goals"],
        gates=[(Contribution, "project"), (Indicator, "project")],
    )
    watch(Funder, name=["name", "acronym"])
    watch(
        Event,
        name=["name"],
        links=["countries", "regions", ("projects", True), "agreements"],
        gates=[(Contribution, "event")],
    )
    # An agreement's evidence names the contributions under it.
    watch(Contribution, owners=["project", "event", "funders"], listed_by=["agreement"], links=[("funders", True)])
    watch(Indicator, name=["title"], owners=["project"])
    watch_rows()
    show_names()


def watch_rows():
    watch(OrganizationName, noun=False, owners=["organization"])
    watch(Office, noun=False, owners=["person"])
    watch(Party, noun=False, owners=["agreement", "signatures__person"])
    watch(Signature, noun=False, owners=["party__agreement", "person"])
    for model in (AreaOfCooperation, Commitment, AgreementDocument):
        watch(model, noun=False, owners=["agreement"])
    watch(Document, noun=False, owners=["agreement", "project", "event"])
    for model in (Participation, ProjectCountry):
        watch(model, noun=False, owners=["project"])
    watch(EventParticipation, noun=False, owners=["event"])
    watch(Measurement, noun=False, owners=["indicator", "indicator__project"])


def show_names():
    """Whom the answers about each noun name. (A place has one name for ever, as far as a copy is concerned.)"""
    shows(Organization, "parent")
    shows(Person, "offices__organization", "signatures__party__organization", "signatures__party__agreement")
    shows(
        Agreement,
        "parent",
        "supersedes",
        "superseded_by",
        "contributions",
        "parties__organization",
        "parties__signatures__person",
        "commitments__responsible",
    )
    shows(
        Project,
        "parent",
        "agreements",
        "events",
        "indicators",
        "contributions",
        "contributions__funders__organization",
        "participations__organization",
    )
    shows(Funder, "organization", "contributions", "contributions__project", "contributions__event")
    shows(
        Event,
        "projects",
        "agreements",
        "contributions",
        "contributions__funders__organization",
        "participations__organization",
    )
    shows(
        Contribution,
        "agreement",
        "recipient",
        "funders__organization",
        named_after=["funders", "project", "event"],
    )
    shows(Indicator, "project")
