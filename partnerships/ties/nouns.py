"""Where the ties of each noun of the register come from: the same rows that its QuerySet phrases ask for."""

from partnerships.dependents import Dependency
from partnerships.models import (
    Agreement,
    Contribution,
    Event,
    EventParticipation,
    Funder,
    Participation,
    Party,
    Project,
    ProjectCountry,
)

from .index import register

# The organizations behind the public funders of public contributions: they are partners of what they pay for.
PAYING = """
    SELECT g.{noun}_id, f.organization_id FROM partnerships_contribution g
    JOIN partnerships_contribution_funders l ON l.contribution_id = g.id
    JOIN partnerships_funder f ON f.id = l.funder_id
    WHERE g.{noun}_id {{ids}} AND g.state = 'published' AND f.state = 'published'"""
PAID = [
    Dependency(Contribution, "contributions", ("state", "project", "event"), links=("funders",)),
    Dependency(Funder, "contributions__funders", ("state", "organization")),
]


def select(table, record, other):
    return f"SELECT {record}_id, {other}_id FROM partnerships_{table} WHERE {record}_id {{ids}}"  # noqa: S608 - names and numbers of ours; values are parameters


def register_nouns():
    register(
        Agreement,
        1,
        organizations=(select("party", "agreement", "organization"),),
        countries=select("agreement_countries", "agreement", "country"),
        depends=[Dependency(Party, "parties", ("agreement", "organization"))],
        links=["countries"],
    )
    register(
        Project,
        2,
        organizations=(select("participation", "project", "organization"), PAYING.format(noun="project")),
        countries=select("projectcountry", "project", "country"),
        depends=[
            Dependency(Participation, "participations", ("project", "organization")),
            Dependency(ProjectCountry, "project_countries", ("project", "country")),
            *PAID,
        ],
    )
    register(
        Event,
        3,
        organizations=(select("eventparticipation", "event", "organization"), PAYING.format(noun="event")),
        countries=select("event_countries", "event", "country"),
        years=("starts_on", "ends_on"),
        depends=[Dependency(EventParticipation, "participations", ("event", "organization")), *PAID],
        links=["countries"],
    )
