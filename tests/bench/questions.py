"""The seven questions, as each system is asked them, and what their answers must agree on."""

import csv
import json
from dataclasses import dataclass
from random import Random
from urllib.parse import urlencode

from django.db.models import Count

from api.pagination import PAGE_SIZE, Ordering
from partnerships.models import Organization, Participation, Project
from stories.models import NewsItem

RAW, CONCORD, PLAIN = "raw", "Concord", "plain DRF"
SYSTEMS = (RAW, CONCORD, PLAIN)
TITLES = {
    "q1": "the newest 25 projects of a partner, and how many there are",
    "q2": "the newest 25 stories of a partner in a country and a year, and how many there are",
    "q3": "25 of all stories, 2,000 pages into the list (or 90 % of a shorter one)",
    "q4": "how many projects of a partner each country has",
    "q5": "the newest 25 stories of a year that speak of trafficking and persons, and how many there are",
    "q6": "a table (CSV) of about 10,000 stories (or all, if they are fewer)",
    "q7": "one project",
}
DEEP, TABLE_ROWS = 2_000 * PAGE_SIZE, 10_000
# Those of the raw and the plain system.
TABLE_COLUMNS = "id,slug,title,published_on,organization_names,country_names,source_url"
ABOUT = NewsItem.organizations.through


@dataclass(frozen=True)
class Question:
    name: str
    paths: dict  # by system

    @classmethod
    def of(cls, name, concord, plain, raw):
        """`concord` and `plain` are pairs of a path and its parameters, `raw` the values in its path."""
        paths = {CONCORD: address("/api/v1/", *concord), PLAIN: address("/", *plain)}
        return cls(name, paths | {RAW: "/".join(["", name, *map(str, raw)])})


def address(root, path, parameters=None):
    return f"{root}{path}/" + (f"?{urlencode(parameters)}" if parameters else "")


def choose(seed=1, with_search=True, samples=32):
    """{name: [Question, ...]}, with parameters as they occur in the register: who is in much is asked for often."""
    random = Random(seed)
    projects = drawn(random, Project, samples)
    stories = drawn(random, NewsItem, samples)
    partners = Participation.objects.filter(project__in=projects).order_by("project", "pk")
    partners = dict(partners.values_list("project", "organization")).values()
    slugs = dict(Organization.objects.values_list("pk", "slug"))
    found = {
        "q1": [of_partner("q1", pk, {"partner": slugs[pk], "count": "true"}) for pk in partners],
        "q2": [in_place_and_year(story) for story in NewsItem.objects.filter(pk__in=stories).order_by("pk")],
        "q3": list(deep_pages(samples)),
        "q4": [of_partner("q4", pk, {"partner": slugs[pk], "facets": "country", "page_size": 1}) for pk in partners],
        "q6": [table()],
        "q7": [
            Question.of("q7", (f"projects/{slug}",), (f"projects/{pk}",), [pk])
            for pk, slug in Project.objects.filter(pk__in=projects).order_by("pk").values_list("pk", "slug")
        ],
    }
    if with_search:
        found["q5"] = [
            Question.of(
                "q5",
                ("news", {"q": "trafficking persons", "year": year, "count": "true"}),
                ("stories", {"search": "trafficking persons", "year": year}),
                [year],
            )
            for year in range(2014, 2026)
        ]
    return dict(sorted(found.items()))


def drawn(random, model, samples):
    last = model.objects.count()
    return random.sample(range(1, last + 1), min(samples, last))


def of_partner(name, pk, parameters):
    plain = {"q1": "projects", "q4": "projects/by_country"}[name]
    return Question.of(name, ("projects", parameters), (plain, {"partner": pk}), [pk])


def in_place_and_year(story):
    partner, country, year = story.organizations.first(), story.countries.first(), story.published_on.year
    words = {"partner": partner.slug, "country": country.alpha2, "year": year, "count": "true"}
    numbers = {"partner": partner.pk, "country": country.pk, "year": year}
    return Question.of("q2", ("news", words), ("stories", numbers), numbers.values())


def deep_pages(samples):
    stories = NewsItem.objects.order_by("-listed_on", "-pk")
    ordering, count = Ordering(stories), stories.count()
    start = DEEP if count > DEEP + samples * PAGE_SIZE else max(1, count * 9 // 10)
    # A page begins after the last row of the one before.
    befores = stories.only("listed_on")[start - 1 : start - 1 + samples * PAGE_SIZE : PAGE_SIZE]
    for number, before in enumerate(befores):
        cursor = ordering.cursor(ordering.keys(before), False)
        offset = {"limit": PAGE_SIZE, "offset": start + number * PAGE_SIZE}
        yield Question.of("q3", ("news", {"cursor": cursor}), ("stories", offset), [before.listed_on, before.pk])


def table():
    words = {"format": "csv", "fields": TABLE_COLUMNS}
    if NewsItem.objects.count() <= TABLE_ROWS:
        return Question.of("q6", ("news", words), ("stories/export",), [])
    counts = ABOUT.objects.values("organization", "organization__slug").annotate(stories=Count("pk"))
    nearest = min(counts, key=lambda row: (abs(row["stories"] - TABLE_ROWS), row["organization"]))
    pk, slug = nearest["organization"], nearest["organization__slug"]
    return Question.of("q6", ("news", {"partner": slug, **words}), ("stories/export", {"partner": pk}), [pk])


def gist(name, system, body):
    """What the three must agree on: the ids in their order, and the count where both say one."""
    if name == "q6":
        rows = csv.reader(body.decode("utf-8-sig").splitlines())
        return [int(row[0]) for row in rows if row and row[0].isdecimal()]
    answer = json.loads(body)
    match name:
        case "q4":
            counts = answer["facets"]["country"]["values"] if system == CONCORD else answer
            return [(row["value"], row["count"]) for row in counts]
        case "q7":
            return answer["id"], sorted(row["id"] for row in answer["countries"])
        case "q3":
            return [row["id"] for row in answer["results"]]
    return answer["count"], [row["id"] for row in answer["results"]]
