"""The fast lane gives the bytes of the ordinary way, and steps aside where it does not know them."""

import itertools
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from api.reading import cards, lane, listing, memory, pages
from partnerships import ledger, search
from partnerships.models import Organization, Project
from stories.models import NewsItem
from tests.api.conftest import fill
from tests.demo import load_demo
from tests.factories import make_organization, make_project

ROOT = "/api/v1/"


@pytest.fixture
def both_ways(client, monkeypatch):
    """Ask in the fast lane and in the ordinary way; gives both responses, the first None where the lane stepped aside."""
    answered = []
    way = lane.answer

    def spy(request):
        answered.append(way(request))
        return answered[-1]

    def ask(path, **headers):
        answered.clear()
        monkeypatch.setattr(lane, "answer", spy)
        client.get(path, **headers)
        memory.figures.values = {}
        with monkeypatch.context() as patch:
            patch.setattr(lane, "answer", stepping_aside)
            patch.setattr(listing.CardsMixin, "has_cards", lambda view: False)
            ordinary = client.get(path, **headers)
        return (answered[0] if answered else None), ordinary

    return ask


def stepping_aside(request):
    raise lane.NotHere


def headers(response):
    # What the test client's and the session's middleware add further out is not there yet.
    return {name: value for name, value in response.headers.items() if name not in ("Content-Length",)}


@pytest.fixture
def demo(db):
    load_demo()
    hidden = Organization.objects.get(slug="rosen")
    hidden.state = "draft"
    hidden.save()
    cards.keep_all()


@pytest.fixture
def world(db):
    one = fill()
    make_organization("Hidden", acronym="HID", state="draft")
    cards.keep_all()
    # From here on as in a transaction of its own: what was written has been seen.
    ledger.head(None)
    return one


QUESTIONS = [
    "",
    "partner=eu",
    "partner=eu&partner=unv",
    "partner=unodc&country=NE",
    "country=NER",
    "country=niger&country=KG",
    "year=2020",
    "partner=unodc&year=2019",
    "partner=eu&country=KG&year=2020&count=true",
    "page_size=3&count=true",
    "partner=eu&page_size=2&count=false",
    "partner=eu&facets=country&page_size=1",
    "partner=eu&partner=unodc&facets=country&page_size=2&count=true",
    "facets=country",
    "q=trafficking&year=2020",
    "q=trafficking persons&year=2020&partner=unodc&count=true&page_size=1",
]


def test_lists_and_details_are_the_same_to_the_byte(demo, both_ways):
    swift = 0
    for noun, question in itertools.product(("agreements", "projects", "events", "news"), QUESTIONS):
        path = f"{ROOT}{noun}/?{question}" if question else f"{ROOT}{noun}/"
        seen = 0
        while path and seen < 6:
            quick, ordinary = both_ways(path)
            assert ordinary.status_code == 200, ordinary.content
            if quick is not None:
                swift += 1
                assert quick.content == ordinary.content, path
                assert headers(quick) == headers(ordinary), path
            answer = ordinary.json()
            seen += 1
            path = ((answer["next"] if seen < 4 else answer["previous"]) or "").removeprefix("http://testserver")
    assert swift > 100
    for model, word in lane_words():
        for slug in model.objects.published().values_list("slug", flat=True)[:10]:
            quick, ordinary = both_ways(f"{ROOT}{word}/{slug}/")
            assert quick is not None, (word, slug)
            assert quick.content == ordinary.content
            assert headers(quick) == headers(ordinary)


def lane_words():
    return [(model, word) for word, model in lane.nouns().items() if hasattr(model, "version")]


ASIDE = [
    "agreements/?partner=paa",
    "agreements/?partner=hid",
    "agreements/?partner=PA",
    "agreements/?country=XX",
    "agreements/?year=19",
    "agreements/?year=2019",
    "agreements/?yaer=2019",
    "agreements/?cursor=broken",
    "agreements/?page_size=101",
    "agreements/?count=perhaps",
    "agreements/?page_size=3&page_size=4",
    "agreements/?" + "&".join(f"a{number}=1" for number in range(1100)),
    "agreements/?format=json",
    "agreements/?format=xml",
    "news/?q=&year=2020",
    "news/?q=training",
    "news/?partner=",
    "organizations/",
    "agreements/nothing-here/",
    "agreements/1/",
    "agreements",
    "nothing/",
]


def test_what_the_lane_does_not_know_it_leaves_alone(world, both_ways, client, chief):
    for path in ASIDE:
        quick, _ordinary = both_ways(ROOT + path)
        assert quick is None, path
    assert both_ways(f"{ROOT}agreements/", HTTP_ACCEPT="text/csv")[0] is None
    assert both_ways(f"{ROOT}agreements/", HTTP_AUTHORIZATION="Bearer x")[0] is None
    assert both_ways(f"{ROOT}agreements/")[0] is not None
    client.force_login(chief)
    assert both_ways(f"{ROOT}agreements/")[0] is None


def test_an_answer_costs_one_statement(world, client):
    for path, most in (
        ("projects/?partner=pa", 1),
        ("news/?partner=pa&country=NA&year=2019&count=true", 2),
        ("news/?page_size=2", 1),
        ("projects/project/", 1),
    ):
        client.get(ROOT + path)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(ROOT + path).status_code == 200
        assert len(asked) <= most, (path, [query["sql"] for query in asked])


def test_a_prepared_search_knows_which_noun_it_reads(world, client, monkeypatch):
    """Else its plan, made once for all nouns, reads every entry of the noun beside those with the word."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite's index knows no dates: the ordinary way answers")
    asked = []
    monkeypatch.setattr(pages, "fetch", lambda sql, values: asked.append((sql, values)) or [])
    client.get(f"{ROOT}news/?q=training&year=2019")
    (sql, values) = asked[-1]
    number = search.subject_of(NewsItem).number
    assert f"s.model = {number} " in sql
    assert sql.count("%s") == len(values)


def test_a_renamed_partner_is_called_by_the_new_name_at_once(world, client):
    assert client.get(f"{ROOT}agreements/?partner=pa").status_code == 200
    world.partner.name = "Another name"
    world.partner.save()
    assert "Another name" in client.get(f"{ROOT}agreements/?partner=pa").content.decode()


def test_a_record_that_is_no_longer_public_is_gone_at_once(world, client):
    assert client.get(f"{ROOT}agreements/memorandum/").status_code == 200
    world.agreement.state = "draft"
    world.agreement.save()
    assert client.get(f"{ROOT}agreements/memorandum/").status_code == 404
    assert client.get(f"{ROOT}agreements/?partner=pa").json()["results"] == []


def test_a_partner_that_is_no_longer_public_finds_nothing(world, client):
    assert client.get(f"{ROOT}agreements/?partner=pa").status_code == 200
    world.partner.state = "draft"
    world.partner.save()
    assert client.get(f"{ROOT}agreements/?partner=pa").status_code == 400
    [row] = client.get(f"{ROOT}agreements/?partner=un").json()["results"]
    assert [party["organization"]["slug"] for party in row["parties"]] == ["un"]


def test_a_card_is_not_used_after_the_day_on_which_the_status_changes(db, client, monkeypatch):
    project = make_project("Ends soon", starts="2020", ends="2026-12-05")
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2026, 12, 1))
    cards.keep(Project, cards.DETAIL, [project.pk])
    cards.keep(Project, cards.ROW, [project.pk])
    for day, status in ((1, "running"), (5, "running"), (6, "closed")):
        monkeypatch.setattr("django.utils.timezone.localdate", lambda day=day: date(2026, 12, day))
        assert client.get(f"{ROOT}projects/ends-soon/").json()["status"] == status
        assert client.get(f"{ROOT}projects/").json()["results"][0]["status"] == status


@pytest.mark.django_db(transaction=True)
def test_a_save_is_followed_by_its_cards(client):
    one = fill()
    one.project.title = "Another title"
    one.project.save()
    for form in (cards.ROW, cards.DETAIL):
        [text] = cards.find(Project, form, [one.project.pk], timezone.localdate()).values()
        assert "Another title" in text
    assert client.get(f"{ROOT}projects/{one.project.slug}/").json()["title"] == "Another title"
