"""What countries and regions can be counted by: whatever an agreement, a project or an event ties to them."""

from partnerships.models import (
    Agreement,
    Country,
    Event,
    EventParticipation,
    Participation,
    Party,
    Project,
    Region,
)

from . import words, years
from .links import countries, every, paid, partners, regions, through, visible
from .ties import Ties, register


def _ties_of_partners(place):
    """`place` is the path from an agreement, a project or an event to the place."""
    return (
        Ties(visible(Party), f"agreement__{place}", "organization"),
        Ties(visible(Participation), f"project__{place}", "organization"),
        Ties(paid, f"contribution__project__{place}", "funder__organization"),
        Ties(visible(EventParticipation), f"event__{place}", "organization"),
        Ties(paid, f"contribution__event__{place}", "funder__organization"),
    )


def _ties_of_years(place):
    return (
        Ties(visible(Agreement), place, **years.in_force()),
        Ties(visible(Project), place, **years.running()),
        Ties(visible(Event), place, **years.span("starts_on", "ends_on")),
    )


def register_places():
    register(
        Country,
        region=regions(Ties(through(Country, "regions"), "country", "region")),
        partner=partners(*_ties_of_partners("countries")),
        year=years.dimension(*_ties_of_years("countries"), latest=years.this_year),
    )
    register(
        Region,
        kind=words.choice(Region, "kind", Region.Kind),
        country=countries(Ties(through(Country, "regions"), "region", "country"), once=True),
        region=regions(Ties(every(Region), "pk", "pk")),
        partner=partners(*_ties_of_partners("countries__regions"), *_ties_of_partners("regions")),
        year=years.dimension(*_ties_of_years("countries__regions"), *_ties_of_years("regions"), latest=years.this_year),
    )
