"""The desk's first page: the day's work above the nouns, in the order in which people think of them."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partnerships.models import Event
from tests.factories import (
    make_agreement,
    make_contribution,
    make_event,
    make_organization,
    make_person,
    make_project,
    make_story,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(make_user("chief", is_superuser=True))
    return client


def names(lines):
    return [str(line["record"]) for line in lines]


def test_the_page_counts_what_waits_and_names_what_does_not(desk):
    make_agreement("Waiting", state="in_review"), make_project("Draft", state="draft"), make_story("Public")
    page = desk.get("/admin/")
    assert [(str(noun), [count for count, *_rest in cells]) for noun, cells in page.context["reviews"]] == [
        ("agreements", [0, 1, 0, 0]),
        ("projects", [0, 0, 0, 1]),
    ]
    assert page.context["themes"] == []
    assert "agreements that end within 30 days, without a successor" in page.context["done"]
    assert "imports that failed" in page.context["done"]
    assert set(names(page.context["recent"])) == {"Waiting", "Draft", "Public"}


def test_a_line_leads_to_its_list(desk):
    soon = timezone.localdate() + timedelta(days=20)
    make_agreement("Ends soon", signed="2013", ends=soon.isoformat()), make_agreement("Open-ended", signed="2013")
    [terms, proof] = [(str(theme), rows) for theme, rows in desk.get("/admin/").context["themes"]]
    assert [(line["count"], line["address"]) for line in terms[1]] == [
        (1, "/admin/partnerships/agreement/?todo=ending-30"),
        (2, "/admin/partnerships/agreement/?todo=silent"),
    ]
    assert [(line["count"], line["address"]) for line in proof[1]] == [
        (2, "/admin/partnerships/agreement/?todo=unproved")
    ]


def test_each_list_has_its_own_kinds_of_work_and_an_unknown_one_leaves_it_whole(desk):
    make_event("A meeting", state="draft"), make_event("Another")
    [todo] = [one for one in desk.get("/admin/partnerships/event/").context["cl"].filter_specs if hasattr(one, "tasks")]
    assert list(todo.tasks) == [
        "missing-file",
        "in-review-mine",
        "in-review-others",
        "draft-mine",
        "draft-others",
        "sent-back",
    ]
    assert desk.get("/admin/partnerships/event/?todo=ending-30").context["cl"].result_count == 2


def test_what_was_changed_last_comes_first_and_what_was_deleted_is_told(desk, client):
    chief = get_user_model().objects.get(username="chief")
    kept, gone = make_organization("Kept", slug="kept"), make_organization("Gone", slug="gone")
    kept._history_user = chief
    kept.save()
    gone._history_user = chief
    gone.delete()
    first, second = desk.get("/admin/").context["recent"]
    assert (first["record"], first["address"], first["verb"], first["who"]) == ("gone", "", "-", "chief")
    assert (second["record"], second["verb"], second["who"]) == (kept, "~", "chief")
    assert second["address"] == f"/admin/partnerships/organization/{kept.pk}/change/"


def test_the_last_fifteen_changes(desk):
    for number in range(16):
        make_organization(f"Number {number}")
    assert names(desk.get("/admin/").context["recent"]) == [f"Number {number}" for number in range(15, 0, -1)]


def test_what_people_add_most_is_offered_first(desk):
    adding = lambda: [str(noun) for noun, _address in desk.get("/admin/").context["adding"]]  # noqa: E731
    assert adding() == ["story", "agreement", "organization", "project", "contribution"]
    make_event(), make_event(), make_organization(), make_person()
    assert adding() == ["event", "organization", "person", "story", "agreement"]
    long_ago = timezone.now() - timedelta(days=91)
    Event.history.update(history_date=long_ago)
    assert adding() == ["organization", "person", "story", "agreement", "project"]


def test_only_what_the_user_may_add_is_offered(client):
    make_event()
    user = make_user("typist")
    user.user_permissions.add(
        Permission.objects.get(codename="add_person"), Permission.objects.get(codename="add_newsitem")
    )
    client.force_login(user)
    assert client.get("/admin/").context["adding"] == [("story", "/admin/stories/newsitem/add/")]
    make_person()
    assert client.get("/admin/").context["adding"] == [
        ("person", "/admin/partnerships/person/add/"),
        ("story", "/admin/stories/newsitem/add/"),
    ]


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
    queries()  # whoever looks first after a change finds the duplicates for all others
    assert queries() == few


def test_somebody_without_permissions_sees_nothing_of_it(client):
    make_agreement("Secret", state="draft"), make_organization("Twin"), make_organization("The Twin")
    client.force_login(make_user("nobody"))
    page = client.get("/admin/")
    assert "Secret" not in page.content.decode()
    assert [page.context[name] for name in ("themes", "done", "reviews", "recent", "adding")] == [[], [], [], [], []]


def test_whoever_sees_one_noun_sees_the_work_on_that_one(client):
    make_agreement("Unproved"), make_project("Unproved, too"), make_agreement("Draft", state="draft")
    user = make_user("reader")
    user.user_permissions.add(Permission.objects.get(codename="view_project"))
    client.force_login(user)
    page = client.get("/admin/")
    [(_theme, [line])] = page.context["themes"]
    assert line["address"] == "/admin/partnerships/project/?todo=unproved"
    assert page.context["done"] == ["projects with a document whose file is missing"]
    assert (page.context["reviews"], page.context["adding"]) == ([], [])
    assert names(page.context["recent"]) == ["Unproved, too"]


def test_the_desk_is_for_staff(client):
    client.force_login(make_user("visitor", is_staff=False))
    assert client.get("/admin/").status_code == 302
