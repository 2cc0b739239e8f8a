"""Pictures of money: their numbers are the API's, and each mark leads to exactly the contributions in it."""

import re
from collections import Counter
from decimal import Decimal
from html import unescape

import pytest
from django.db import connection

from partnerships.models import Contribution, Funder, Organization, Project
from tests import factories as make
from tests.demo import load_demo
from tests.partnerships.test_pages import text_of

pytestmark = pytest.mark.django_db

GROUP_BY = {"year": "year", "funder": "funder", "purpose": "project,event"}


def pictures_on(response):
    """{id: Picture} of a page, whether it is a list or a record."""
    sections = response.context.get("sections") or ()
    found = [*(response.context.get("pictures") or ()), *(one for section in sections for one in section.pictures)]
    return {picture.id: picture for picture in found}


def told(picture):
    """{(value of each filter, line or None): (amount, contributions)} of the table."""
    found = {}
    for mark in picture.rows:
        asked = tuple(sorted(value for _name, value in mark.entry.asked))
        line = mark.line and tuple(mark.line)
        assert (asked, line) not in found
        found[asked, line] = (mark.amounts and mark.amounts.total, mark.count)
    return found


def of_api(client, name, question):
    """The same, as the API tells it."""
    answer = client.get(f"/api/v1/stats/?of=contributions&group_by={GROUP_BY[name]}&{question}").json()
    found = {}
    for group in answer["groups"]:
        words = [group[dimension]["value"] for dimension in GROUP_BY[name].split(",")]
        asked = tuple(sorted(one for word in words if word for one in word.split(" + "))) or ("true",)
        for one in group["sums"]:
            line = (one["currency"], one["stage"], one["in_kind"])
            found[asked, line] = (Decimal(one["amount"]), one["summed"])
        if group["left_out"]["no_amount"]:
            found[asked, None] = (None, group["left_out"]["no_amount"])
    return found


def marks_of(picture):
    drawn = [mark for panel in picture.panels for mark in panel.marks]
    return [*drawn, *picture.unknown, *picture.rows]


def check_links(client, picture):
    """Each mark's list has as many contributions as the mark says, over the API, too."""
    for address, count in {mark.address: mark.count for mark in marks_of(picture)}.items():
        assert client.get(f"/api/v1{address}&count=true").json()["count"] == count, address


def check(client, address, question, expected):
    pictures = pictures_on(client.get(address))
    assert {picture.name for picture in pictures.values()} == expected
    for picture in pictures.values():
        assert told(picture) == of_api(client, picture.name, question), (address, picture.name)
        check_links(client, picture)
    return pictures


@pytest.fixture
def purse(db):
    """Two funders, four years, two currencies, three stages, and one of everything that could be mixed up."""
    red = make.make_funder("Red Fund", slug="red", organization=make.make_organization("Red", slug="red-body"))
    blue = make.make_funder("Blue Fund", slug="blue", organization=make.make_organization("Blue", slug="blue-body"))
    harbour = make.make_project("Harbour", slug="harbour")
    quay = make.make_event("Quay day", slug="quay-day")
    dock = make.make_organization("Dock", slug="dock")
    secret = make.make_funder("Secret", state="draft")
    values = {"project": harbour, "currency": "EUR"}
    for funders, dated, more in (
        ([red], "2018", {**values, "amount": "1000000"}),
        ([red, secret], "2018-05", {**values, "amount": "500000"}),
        ([red, blue], "2018", {**values, "amount": "3000000.50", "recipient": dock}),
        ([red], "2020", {**values, "amount": "7", "stage": "pledge"}),
        ([red], "2020", {**values, "amount": "8", "in_kind": True}),
        ([blue], "2021", {**values, "amount": "9", "currency": "USD"}),
        ([blue], None, {"event": quay, "recipient": dock}),
        ([blue], "2021", {"event": quay, "in_kind": True}),
        ([], "2021", {"event": quay}),
        ([red], "2018", {**values, "amount": "99", "state": "draft"}),
    ):
        make.make_contribution(funders=funders, dated=dated, **more)


EVERY_PICTURE = {"year", "funder", "purpose"}


def test_the_list_draws_what_its_filters_find(client, purse):
    for question in ("", "funder=red", "currency=EUR&year=2018", "partner=dock", "joint=false", "amount__empty=true"):
        check(client, f"/contributions/?{question}", question, EVERY_PICTURE)


def test_a_year_has_a_panel_for_each_line_and_its_unknowns_beside_them(client, purse):
    picture = pictures_on(client.get("/contributions/"))["money-year"]
    assert [panel.line for panel in picture.panels] == [
        ("EUR", "commitment", False),
        ("EUR", "commitment", True),
        ("EUR", "pledge", False),
        ("USD", "commitment", False),
    ]
    (mark,) = picture.panels[0].marks
    assert (mark.amounts.alone, mark.amounts.joint) == (Decimal(1500000), Decimal("3000000.50"))
    assert mark.text == "2018: EUR\xa04,500,000.50, of which EUR\xa03,000,000.50 given together, 3 contributions"
    assert mark.address == "/contributions/?year=2018&currency=EUR&stage=commitment&in_kind=false"
    assert [(mark.entry.label, mark.count) for mark in picture.unknown] == [("2021", 2), ("No date", 1)]
    assert [slot.year for slot in picture.slots] == [2018, 2019, 2020, 2021, None]
    assert picture.sentence.endswith("USD\xa09 in 1 contribution. 3 of these 9 contributions state no amount.")


def test_funders_who_give_together_are_one_bar_and_hatched(client, purse):
    picture = pictures_on(client.get("/contributions/"))["money-funder"]
    together, alone = picture.panels[0].marks
    assert (together.entry.label, together.entry.page, together.is_joint) == ("Blue Fund + Red Fund", "", True)
    assert together.address.startswith("/contributions/?funder_only=blue&funder_only=red&currency=EUR")
    assert (alone.entry.page, alone.is_joint, alone.amounts.total) == ("/funders/red/", False, Decimal(1500000))
    assert (together.joint_share, alone.alone_share) == ("100.00%", "50.00%")
    assert {mark.entry.label for mark in picture.unknown} == {"Blue Fund", "Unnamed funder"}


def test_marks_are_links_with_names_and_the_hatching_is_explained(client, purse):
    response = client.get("/contributions/?funder=red&year=2018")
    html = response.content.decode()
    found = re.findall(r'<a href="([^"]+)">\s*<title>([^<]+)</title>', html)
    assert [(unescape(address), unescape(title)) for address, title in found] == [
        (
            "/contributions/?funder=red&year=2018&currency=EUR&stage=commitment&in_kind=false",
            "2018: EUR\xa04,500,000.50, of which EUR\xa03,000,000.50 given together, 3 contributions",
        )
    ]
    assert "given by several funders together; nobody has said how much is whose" in text_of(response)
    assert 'fill="url(#money-year-hatch)"' in html
    assert html.count('id="money-year-hatch"') == 1
    assert '<svg class="columns" width="100%" height="146" role="group" aria-labelledby="money-year-1-title' in html
    ids = Counter(re.findall(r'\bid="([^"]+)"', html))
    assert [name for name, count in ids.items() if count > 1] == []


def test_the_records_have_the_pictures_of_their_own_money(client, purse):
    check(client, "/funders/red/", "funder=red", {"year", "purpose"})
    check(client, "/projects/harbour/", "project=harbour", {"year", "funder"})
    given = check(client, "/organizations/blue-body/", "partner=blue-body&role=funding", EVERY_PICTURE)
    assert set(given) == {"given-year", "given-funder", "given-purpose"}
    received = check(client, "/organizations/dock/", "partner=dock&role=receiving", {"year", "funder"})
    assert set(received) == {"received-year", "received-funder"}


def test_a_draft_is_in_no_number(client, purse):
    project = Project.objects.get(slug="harbour")
    Project.objects.filter(pk=project.pk).update(state="draft")
    check(client, "/contributions/", "", EVERY_PICTURE)
    assert "Harbour" not in client.get("/contributions/").content.decode()
    client.force_login(make.make_user())
    picture = pictures_on(client.get("/contributions/"))["money-funder"]
    assert "Red Fund + Secret" in {mark.entry.label for mark in picture.rows}
    assert client.get("/contributions/").context["page"].paginator.count == sum(mark.count for mark in picture.rows)


def test_one_contribution_none_and_a_bad_question_have_no_picture(client):
    assert pictures_on(client.get("/contributions/")) == {}
    project = make.make_contribution(amount="5", currency="EUR").project
    assert pictures_on(client.get("/contributions/")) == {}
    assert pictures_on(client.get(project.get_absolute_url())) == {}
    response = client.get("/contributions/?funder=nobody")
    assert response.status_code == 400
    assert response.context.get("pictures") is None


def test_many_funders_are_drawn_as_the_largest_and_the_others(client):
    for number in range(12):
        make.make_contribution(amount=str(number + 1), currency="EUR", funders=[make.make_funder(f"Fund {number}")])
    for number in range(18):
        make.make_contribution(funders=[make.make_funder(f"Silent {number}")])
    picture = pictures_on(client.get("/contributions/"))["money-funder"]
    panel = picture.panels[0]
    assert [mark.amounts.total for mark in panel.marks] == list(range(12, 4, -1))
    assert (panel.others.entry.label, panel.others.amounts.total, panel.others.count) == ("4 others", Decimal(10), 4)
    assert (len(picture.unknown), picture.unknown_others, len(picture.rows)) == (16, "2 others", 30)


def test_a_list_of_too_many_contributions_is_not_drawn(client, purse, monkeypatch):
    monkeypatch.setattr("partnerships.views.contribution.MOST_DRAWN", 3)
    assert pictures_on(client.get("/contributions/")) == {}
    assert pictures_on(client.get("/contributions/?year=2018")).keys() == {
        "money-year",
        "money-funder",
        "money-purpose",
    }


def test_too_many_groups_are_not_drawn_in_part(client, purse, monkeypatch):
    monkeypatch.setattr("partnerships.views.money.MOST_GROUPS", 3)
    assert pictures_on(client.get("/contributions/?year=2018")).keys() == {
        "money-year",
        "money-funder",
        "money-purpose",
    }
    assert pictures_on(client.get("/contributions/")).keys() == {"money-purpose"}


def test_every_number_of_the_demo_register_is_the_apis(client):
    if connection.vendor == "postgresql":
        pytest.skip("Planning a thousand questions takes PostgreSQL a minute; the small register is compared there.")
    load_demo()
    check(client, "/contributions/", "", EVERY_PICTURE)
    checked = Counter()
    for noun, records, question, names in (
        ("funders", Funder.objects.visible_to(None), "funder={}", {"year", "purpose"}),
        ("projects", Project.objects.visible_to(None), "project={}", {"year", "funder"}),
        (
            "organizations",
            Organization.objects.filter(slug__in=["eu", "unodc"]),
            "partner={}&role=funding",
            EVERY_PICTURE,
        ),
    ):
        for slug in records.values_list("slug", flat=True):
            asked = question.format(slug)
            several = client.get(f"/api/v1/contributions/?{asked}&count=true").json()["count"] > 1
            address = f"/{noun}/{slug}/"
            if noun == "organizations":
                pictures = {k: v for k, v in pictures_on(client.get(address)).items() if k.startswith("given")}
                assert {one.name for one in pictures.values()} == (names if several else set())
                for picture in pictures.values():
                    assert told(picture) == of_api(client, picture.name, asked)
                    check_links(client, picture)
            else:
                check(client, address, asked, names if several else set())
            checked[noun] += several
    assert checked == {"funders": 6, "projects": 5, "organizations": 1}
    assert Contribution.objects.count() == 36
