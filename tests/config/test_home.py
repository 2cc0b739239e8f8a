"""What spans the apps: the home page, the search page, the health check, and pages for what went wrong."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.test import override_settings
from django.utils import timezone

from tests import factories as make
from tests.partnerships.test_pages import Inline, text_of
from tests.partnerships.world import make_world

pytestmark = pytest.mark.django_db


def test_the_figures_count_what_a_visitor_may_see(client):
    make.make_agreement(signed="2019")
    make.make_agreement("Hidden agreement", signed="2020", state="draft")
    shown = text_of(client.get("/"))
    assert "1 agreement 0 projects" in shown
    assert "Hidden agreement" not in shown


def test_newest_stories_and_what_ends_soon(client):
    today = timezone.localdate()
    soon = make.make_agreement("Ending plan", signed="2019", ends=(today + timedelta(days=30)).isoformat())
    make.make_agreement("Lasting plan", signed="2019", ends=(today + timedelta(days=400)).isoformat())
    make.make_agreement("Ended plan", signed="2019", ends=(today - timedelta(days=1)).isoformat())
    make.make_story("A fresh story")
    shown = text_of(client.get("/"))
    assert f"Ending plan ends {soon.ends}" in shown
    assert "Lasting plan" not in shown
    assert "Ended plan" not in shown
    assert "A fresh story" in shown


def test_the_example_of_a_question_finds_its_story(client):
    eu, niger = make.make_organization("European Union", acronym="EU"), make.make_country("NE", "Niger", "NER")
    make.make_story("Posts open", event_start="2019-05-01", organizations=[eu], countries=[niger])
    assert client.get("/").context["example"] == "EU Niger 2019"
    assert [str(hit) for hit in client.get("/search/?q=EU Niger 2019").context["hits"]] == ["Posts open"]


def test_an_empty_register_is_honest(client):
    shown = text_of(client.get("/"))
    assert "No story has been published yet." in shown
    assert "No agreement in force has a stated end within the next twelve months." in shown


def test_the_bars_are_links_that_count_the_same(client):
    this_year = timezone.localdate().year
    for year in (this_year, this_year, this_year - 2, 1950):
        make.make_agreement(signed=str(year) if year < this_year else f"{year}-01-01")
    make.make_agreement(signed=f"../{this_year}-01-02")
    response = client.get("/")
    assert "Of one more, only a day is known by which it had been signed." in text_of(response)
    assert [(bar.year, bar.count) for bar in response.context["bars"] if bar.count] == [
        (this_year - 2, 1),
        (this_year, 2),
    ]
    assert "One more was signed before" in text_of(response)
    assert client.get(f"/agreements/?signed_year={this_year}").context["page"].paginator.count == 2


@pytest.mark.parametrize("rows", [1, 3])
def test_home_takes_the_same_number_of_statements(rows, client, django_assert_num_queries):
    make_world(rows)
    with django_assert_num_queries(20):
        client.get("/")


def test_health_asks_the_database(client, monkeypatch):
    assert client.get("/healthz").json() == {"status": "ok"}

    def fail():
        raise OperationalError("gone")

    monkeypatch.setattr("config.views.connection.cursor", fail)
    response = client.get("/healthz")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")


def test_robots_are_kept_from_the_desk(client):
    response = client.get("/robots.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert b"Disallow: /admin/" in response.content


def test_a_page_that_is_not_there_offers_the_search(client):
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert "There is no page at this address" in text_of(response)
    assert '<form class="search"' in response.content.decode()
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_a_page_that_fails_says_so_without_the_database(client, monkeypatch, django_assert_num_queries):
    def fail(*args, **kwargs):
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("config.views.chosen", fail)
    client.raise_request_exception = False
    with django_assert_num_queries(1):  # whether the visitor has the page already
        response = client.get("/")
    assert response.status_code == 500
    assert "Something went wrong here" in text_of(response)


@override_settings(ALLOWED_HOSTS=["concord.example"])
def test_a_request_for_another_host_is_refused_in_words(client):
    response = client.get("/")
    assert response.status_code == 400
    assert "This request cannot be understood" in text_of(response)


@pytest.mark.parametrize("address", ["/", "/search/", "/search/?q=harbour"])
def test_pages_need_no_script_and_no_inline_style(address, client):
    make_world(1)
    response = client.get(address)
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert Inline(response.content.decode()).found == []


@pytest.mark.parametrize("address", ["/", "/search/", "/agreements/", "/stories/"])
def test_pages_are_only_read(address, client):
    assert client.post(address).status_code == 405
