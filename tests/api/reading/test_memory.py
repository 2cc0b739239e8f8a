"""What is remembered is as right as what is read, and goes when the register changes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from api.reading import memory
from api.reading.memory import Memory
from partnerships import ledger
from tests.api.conftest import fill
from tests.factories import make_organization

ROOT = "/api/v1/"
QUESTIONS = (
    "projects/",
    "projects/project/",
    "agreements/?partner=pa&role=x",
    "organizations/?facets=country&count=true",
    "stats/?of=contributions&group_by=year",
    "search/?q=memorandum",
)


@pytest.fixture
def one(db, settings):
    settings.API_MEMORY = 16
    one = fill()
    ledger.head(None)
    return one


def cost(client, path):
    with CaptureQueriesContext(connection) as asked:
        response = client.get(ROOT + path)
    return response, len(asked)


def test_a_repeated_question_costs_one_statement(one, client):
    for path in QUESTIONS:
        first, _cost = cost(client, path)
        again, least = cost(client, path)
        assert again.content == first.content
        assert again.headers == first.headers
        assert (least == 1) is (first.status_code == 200), path


def test_it_is_forgotten_when_the_register_changes(one, client):
    before = client.get(f"{ROOT}projects/project/").json()
    one.project.title = "Another title"
    one.project.save()
    assert client.get(f"{ROOT}projects/project/").json()["title"] == "Another title" != before["title"]
    ledger.head(None)
    one.project.state = "draft"
    one.project.save()
    assert client.get(f"{ROOT}projects/project/").status_code == 404


def test_drafts_are_no_change(one, client):
    client.get(f"{ROOT}organizations/")
    make_organization("Secret", state="draft")
    assert cost(client, "organizations/")[1] == 1


def test_what_a_session_has_shaped_is_never_remembered(one, client, chief):
    make_organization("Secret", acronym="SEC", state="draft")
    client.force_login(chief)
    assert client.get(f"{ROOT}organizations/?q=secret&count=true").json()["count"] == 1
    client.logout()
    assert client.get(f"{ROOT}organizations/?q=secret&count=true").json()["count"] == 0


def test_hosts_and_formats_are_told_apart(one, client, settings):
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    here = client.get(f"{ROOT}funders/").json()
    there = client.get(f"{ROOT}funders/", HTTP_HOST="other.example").json()
    assert here["results"][0]["url"].startswith("http://testserver/")
    assert there["results"][0]["url"].startswith("http://other.example/")
    assert client.get(f"{ROOT}funders/", HTTP_HOST="evil.example").status_code == 400
    assert client.get(f"{ROOT}funders/", HTTP_ACCEPT="text/csv")["Content-Type"].startswith("text/csv")


def test_figures_are_counted_once_for_each_state(one, client, settings):
    settings.API_MEMORY = 0
    path = "projects/?partner=pa&facets=country,year&count=true"
    first, much = cost(client, path)
    second, little = cost(client, path + "&page_size=1")
    assert second.json()["facets"] == first.json()["facets"]
    assert little < much
    one.project.project_countries.all().delete()
    assert client.get(ROOT + path).json()["facets"] != first.json()["facets"]


def test_a_late_thread_leaves_nothing_for_a_new_state():
    kept = Memory(2)
    kept.put("new", "key", 2)
    kept.put("old", "key", 1)
    assert (kept.get("new", "key"), kept.get("old", "key")) == (None, 1)
    kept.put("new", "other", 3)
    kept.put("new", "third", 4)
    assert (kept.get("old", "key"), kept.get("new", "third")) == (None, 4)


def test_the_order_of_parameters_is_no_other_question():
    asked = [("partner", "eu"), ("country", "niger"), ("page_size", "3")]
    assert memory.question_of(int, asked) == memory.question_of(int, reversed(asked[:2]))
