"""What the ledger follows in the register: its nouns, and the rows and links that are part of them."""

from partnerships.models import (
    Agreement,
    AgreementDocument,
    AreaOfCooperation,
    Commitment,
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
    Participation,
    Party,
    Person,
    Project,
    ProjectCountry,
    Region,
    Signature,
)

from .signals import watch


def register_nouns():
    watch(Region)
    watch(Country, links=[("regions", True)])
    watch(Organization, gates=[(Funder, "organization")])
    watch(Person)
    watch(Agreement, links=[("supersedes", True), "countries", "regions", "goals"])
    watch(
        Project,
        links=["countries", "regions", "agreements", "goals"],
        gates=[(Contribution, "project"), (Indicator, "project")],
    )
    watch(Funder)
    watch(
        Event,
        links=["countries", "regions", ("projects", True), "agreements"],
        gates=[(Contribution, "event")],
    )
    watch(Contribution, owners=["project", "event", "funders"], links=[("funders", True)])
    watch(Indicator, owners=["project"])
    watch_rows()


def watch_rows():
    watch(OrganizationName, noun=False, owners=["organization"])
    watch(Office, noun=False, owners=["person"])
    watch(Party, noun=False, owners=["agreement", "signatures__person"])
    watch(Signature, noun=False, owners=["party__agreement", "person"])
    for model in (AreaOfCooperation, Commitment, AgreementDocument):
        watch(model, noun=False, owners=["agreement"])
    for model in (Participation, ProjectCountry):
        watch(model, noun=False, owners=["project"])
    watch(EventParticipation, noun=False, owners=["event"])
    watch(Measurement, noun=False, owners=["indicator", "indicator__project"])
