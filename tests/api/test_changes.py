"""Whoever follows the changes keeps a copy that is the register."""

import contextlib
import random

import pytest
from django.db.models import ProtectedError

from partnerships.ledger import head
from partnerships.models import Agreement, Contribution, Event, Funder, Indicator, Organization, Person, Project
from stories.models import NewsItem
from tests.factories import (
    make_agreement,
    make_contribution,
    make_event,
    make_evidence,
    make_funder,
    make_indicator,
    make_organization,
    make_person,
    make_project,
    make_story,
    make_user,
)

from .conftest import ROOT
from .test_answers import NAMES


def local(address):
    return address.removeprefix("http://testserver")


def pages(ask, address):
    """The changes from this address on, and where to go on later."""
    changes = []
    while True:
        answer = ask(local(address)).answer
        address = answer["next"]
        if not answer["results"]:
            return changes, address
        changes += answer["results"]


def test_a_visitor_reads_what_was_public(db, ask):
    make_organization("Secret", state="draft")
    memo = make_agreement("Memo")
    first = ask("changes/").answer
    line = {"noun": "agreement", "id": memo.pk, "slug": "memo", "url": f"http://testserver{ROOT}agreements/memo/"}
    at = first["results"][0]["at"]
    assert first == {
        "next": f"http://testserver{ROOT}changes/?since=1",
        "data_version": "1",
        "changed_at": at,
        "results": [{"number": 1, "at": at, **line, "verb": "published"}],
    }
    memo.state, memo.slug = "draft", "hush"
    memo.save()
    memo.save()
    [gone] = ask(local(first["next"])).answer["results"]
    assert gone == {"number": 2, "at": gone["at"], **line, "url": None, "verb": "removed"}
    assert ask("changes/", since="now").answer["results"] == []
    assert ask("changes/", since="now").answer["next"] == f"http://testserver{ROOT}changes/?since=2"


def test_the_desk_reads_everything(db, client, ask):
    body = make_organization("Body", state="draft")
    body.state = "published"
    body.save()
    body.delete()
    client.force_login(make_user())
    rows = ask("changes/").answer["results"]
    assert [(row["number"], row["slug"], row["verb"]) for row in rows] == [
        (1, "body", "created"),
        (2, "body", "published"),
        (3, "body", "removed"),
    ]


def test_pages_and_nouns(one, ask, django_assert_num_queries):
    everything, _next = pages(ask, "changes/")
    assert [row["number"] for row in everything] == list(range(1, head(None).number + 1))
    assert pages(ask, "changes/?page_size=3")[0] == everything
    wanted = [row for row in everything if row["noun"] in ("funder", "news")]
    assert wanted
    found, address = pages(ask, "changes/?noun=funder&noun=news&page_size=1")
    assert found == wanted
    assert local(address) == f"{ROOT}changes/?noun=funder&noun=news&page_size=1&since={head(None).number}"
    with django_assert_num_queries(2):
        ask("changes/?noun=funder")


@pytest.mark.parametrize(
    ("parameter", "value", "suggestion"),
    [
        ("since", "yesterday", None),
        ("since", "-1", None),
        ("since", "nwo", "now"),
        ("since", "9999", None),
        ("since", "9" * 30, None),
        ("since", "٣", None),
        ("page_size", "1001", None),
        ("page_size", "0", None),
        ("noun", "agreemnt", "agreement"),
        ("nuon", "agreement", "noun"),
    ],
)
def test_what_cannot_be_asked(parameter, value, suggestion, db, ask):
    [error] = ask("changes/", 400, **{parameter: value}).answer["errors"]
    assert (error["parameter"], error["suggestion"]) == (parameter, suggestion)
    assert error["message"]


class Copy:
    """What an analyst keeps: every record as its own address gives it, by noun and id."""

    def __init__(self, ask):
        self.ask, self.next, self.records = ask, "changes/", {}

    def follow(self):
        changes, self.next = pages(self.ask, self.next)
        last = {(row["noun"], row["id"]): row for row in changes}
        for key, row in last.items():
            if row["verb"] == "removed":
                self.records.pop(key, None)
            else:
                self.records[key] = self.ask(local(row["url"])).answer


def the_register(ask):
    """Every public record as its own address gives it."""
    records = {}
    for word, name in zip(NAMES, NOUN_WORDS, strict=True):
        address = f"{ROOT}{word}/?page_size=100"
        while address:
            page = ask(local(address)).answer
            for row in page["results"]:
                records[name, row["id"]] = ask(local(row["url"])).answer
            address = page["next"]
    return records


NOUN_WORDS = [
    "organization",
    "agreement",
    "project",
    "funder",
    "contribution",
    "indicator",
    "event",
    "person",
    "news",
    "country",
    "region",
]


def some(chance, model, most=2):
    found = list(model.objects.order_by("pk"))
    return chance.sample(found, min(len(found), chance.randint(0, most)))


def one_of(chance, model):
    return chance.choice(model.objects.order_by("pk"))


STATES = ["published", "published", "published", "draft", "archived"]


def create(chance):
    state = {"state": chance.choice(STATES)}
    bodies = some(chance, Organization)
    match chance.choice(
        ["body", "person", "agreement", "project", "funder", "gift", "count", "event", "story", "proof"]
    ):
        case "body":
            make_organization(parent=chance.choice([None, one_of(chance, Organization)]), **state)
        case "person":
            make_person(offices=[{"title": "Chair", "organization": body} for body in bodies], **state)
        case "agreement":
            make_agreement(parties=bodies, supersedes=some(chance, Agreement, 1), signed="2015", **state)
        case "project":
            participants = [(body, "implementing") for body in bodies]
            make_project(participants=participants, agreements=some(chance, Agreement), **state)
        case "funder":
            make_funder(organization=one_of(chance, Organization), **state)
        case "gift":
            make_contribution(project=one_of(chance, Project), funders=some(chance, Funder), **state)
        case "count":
            make_indicator(project=one_of(chance, Project), measurements=[{"value": 3}], **state)
        case "event":
            make_event(projects=some(chance, Project), agreements=some(chance, Agreement), **state)
        case "story":
            links = {"organizations": bodies, "agreements": some(chance, Agreement), "projects": some(chance, Project)}
            make_story(speakers=some(chance, Person, 1), same_story_as=None, **links, **state)
        case "proof":
            make_evidence(one_of(chance, NewsItem), contribution=one_of(chance, Contribution))


NOUNS = [Organization, Agreement, Project, Funder, Contribution, Indicator, Event, Person, NewsItem]


def edit(chance):
    record = one_of(chance, chance.choice(NOUNS))
    match chance.choice(["name", "state", "state", "slug", "row"]):
        case "name":
            name = next(iter({"name", "title"} & {field.name for field in record._meta.fields}), "caveat")
            setattr(record, name, f"Renamed {chance.random()}")
        case "state":
            record.state = chance.choice(STATES)
        case "slug":
            record.slug = f"moved-{chance.randrange(10**9)}"
        case "row":
            names = sorted(ROWS & {row.related_name for row in record._meta.related_objects})
            rows = getattr(record, names[0]).order_by("pk") if names else None
            if rows:
                rows.first().delete()
    record.save()


ROWS = {"parties", "participations", "offices", "measurements", "speakers", "names", "evidence"}


def remove(chance):
    # What others refer to is protected; a deletion that is refused must leave no line.
    with contextlib.suppress(ProtectedError):
        one_of(chance, chance.choice([*NOUNS, NewsItem, Contribution])).delete()


@pytest.mark.parametrize("seed", range(2))
def test_a_copy_stays_in_step(seed, one, ask):
    chance, copy = random.Random(seed), Copy(ask)
    copy.follow()
    for _round in range(5):
        for _change in range(8):
            with contextlib.suppress(IndexError):  # nothing of the kind is left
                chance.choice([create, edit, edit, remove])(chance)
        copy.follow()
    register = the_register(ask)
    assert copy.records.keys() == register.keys()
    different = {
        (*key, field)
        for key, record in register.items()
        for field in record
        if record[field] != copy.records[key].get(field)
    }
    assert different == set()
