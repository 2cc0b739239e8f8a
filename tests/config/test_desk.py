"""The desk's first page: the day's work above the nouns, in the order in which people think of them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config.worklists import SOON
from tests.factories import make_agreement, make_contribution, make_organization, make_project, make_story, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(make_user("chief", is_superuser=True))
    return client


def names(lines):
    return [str(line["record"]) for line in lines]


def test_the_lists_hold_what_waits(desk):
    make_agreement("Waiting", state="in_review"), make_project("Draft", state="draft"), make_story("Public")
    page = desk.get("/admin/").context
    assert names(page["waiting"]) == ["Waiting"]
    assert names(page["drafts"]) == ["Draft"]
    assert set(names(page["recent"])) == {"Waiting", "Draft", "Public"}


def test_what_ends_soon(desk):
    soon = timezone.localdate() + SOON / 2
    make_agreement("Ends soon", signed="2013", ends=soon.isoformat()), make_agreement("Open-ended", signed="2013")
    assert names(desk.get("/admin/").context["ending"]) == ["Ends soon"]


def test_a_change_names_its_author(desk):
    make_organization("Nobody's")
    assert desk.get("/admin/").context["recent"][0]["who"] == "a command"


def test_the_nouns_come_in_peoples_order(desk):
    sections = desk.get("/admin/").context["app_list"]
    assert [str(section["name"]) for section in sections] == ["The register", "The evidence", "Geography", "Users"]
    assert [str(noun["name"]) for noun in sections[0]["models"]] == [
        "Agreements",
        "Organizations",
        "Projects",
        "Contributions",
        "Funders",
        "Events",
        "People",
        "Indicators",
    ]
    assert [str(noun["name"]) for noun in sections[1]["models"]] == [
        "Stories",
        "Evidence",
        "Proposals",
        "Source documents",
    ]


def test_an_app_has_its_page(desk):
    assert desk.get("/admin/partnerships/").status_code == 200


def test_the_page_asks_no_more_when_there_is_more_to_do(desk):
    def fill():
        make_agreement(state="draft"), make_contribution(state="in_review"), make_story(state="draft")

    def queries():
        with CaptureQueriesContext(connection) as asked:
            assert desk.get("/admin/").status_code == 200
        return len(asked)

    fill()
    queries()
    few = queries()
    for _ in range(3):
        fill()
    assert queries() == few


def test_somebody_without_permissions_sees_no_drafts(client):
    make_agreement("Secret", state="draft")
    client.force_login(make_user("nobody"))
    assert "Secret" not in client.get("/admin/").content.decode()


def test_the_desk_is_for_staff(client):
    client.force_login(make_user("visitor", is_staff=False))
    assert client.get("/admin/").status_code == 302
