"""Which columns the register's nouns have in their tables: what a person would want to filter, sort or count by."""

from partnerships.models import (
    Agreement,
    Contribution,
    Country,
    Event,
    Funder,
    Indicator,
    Organization,
    Person,
    Project,
    Region,
)

from . import partners, places, work
from .tables import register


def register_nouns():
    register(Organization, "organizations", partners.organization())
    register(Agreement, "agreements", partners.agreement())
    register(Person, "people", partners.person())
    register(Project, "projects", work.project())
    register(Funder, "funders", work.funder())
    register(Contribution, "contributions", work.contribution())
    register(Indicator, "indicators", work.indicator())
    register(Event, "events", work.event())
    register(Country, "countries", places.country())
    register(Region, "regions", places.region())
