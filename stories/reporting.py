"""What stories can be counted by."""

from django.db.models import F, Q

from partnerships.reporting import words, years
from partnerships.reporting.links import (
    AGREEMENTS,
    EVENTS,
    PEOPLE,
    PROJECTS,
    countries,
    every,
    goals,
    partners,
    records,
    regions,
    through,
)
from partnerships.reporting.ties import Ties, register
from stories.models import NewsItem, Speaker


def _link(field, value):
    return Ties(through(NewsItem, field), "newsitem", value)


def register_stories():
    told = years.span("event_start_on", "event_end_on")
    published = years.on("published_on")
    within = Q(told_from__isnull=False, told_from__lte=F("tied"), told_to__gte=F("tied"))
    register(
        NewsItem,
        language=words.code(NewsItem, "language", words.language_name),
        country=countries(_link("countries", "country"), once=True),
        region=regions(_link("regions", "region"), _link("countries", "country__regions")),
        partner=partners(_link("organizations", "organization"), once=True),
        # The year of publication is told only where it is none of the years that the story is about.
        year=years.dimension(
            Ties(every(NewsItem), "pk", **told),
            Ties(
                lambda user, on: NewsItem.objects.annotate(told_from=told["value"], told_to=told["last"]),
                "pk",
                **published,
                where=~within,
            ),
            once=True,
        ),
        sdg=goals(NewsItem),
        original=words.flag(NewsItem, Q(same_story_as=None), "original", "translation or republication"),
        agreement=records(AGREEMENTS, _link("agreements", "agreement"), once=True),
        project=records(PROJECTS, _link("projects", "project"), once=True),
        event=records(EVENTS, _link("events", "event"), once=True),
        person=records(PEOPLE, Ties(every(Speaker), "story", "person"), once=True),
    )
