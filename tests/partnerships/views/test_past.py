"""Pages as the facts stood on a day: they say what the API says for the same `as_of`."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories as make
from tests.api.asking import build
from tests.partnerships.test_pages import Inline, text_of
from tests.partnerships.world import make_world

pytestmark = pytest.mark.django_db
DAYS = ["2000-01-01", "2004-12-31", "2012-01-01", "2014-12-31", "2016-05-31", "2019-12-31", "2021-06-29", "2021-06-30"]
AGREEMENTS = ["mou", "plan", "old", "new"]


@pytest.fixture
def answers(client):
    """`answers(address, day)` gives the API's answer."""
    build()
    return lambda address, day, **asked: client.get(f"/api/v1/{address}", {"as_of": day, **asked}).json()


@pytest.mark.parametrize("day", DAYS)
def test_an_agreement_is_what_the_api_says_it_was(client, answers, day):
    for slug in AGREEMENTS:
        answer = answers(f"agreements/{slug}/", day)
        response = client.get(f"/agreements/{slug}/?as_of={day}")
        shown = text_of(response)
        parties = response.context["parties"]
        assert [party.organization.slug for party in parties] == [
            row["organization"]["slug"] for row in answer["parties"]
        ]
        assert [party.organization.name for party in parties] == [
            row["organization"]["display"] for row in answer["parties"]
        ]
        assert [len(party.signatures.all()) for party in parties] == [
            len(row["signatures"]) for row in answer["parties"]
        ]
        assert response.context["record"].status(response.context["on"]) == answer["status"]
        assert ("Signed or adopted not recorded" in shown) == (answer["signed_on"] is None)
        assert ("Entered into force" in shown) == (answer["entered_into_force_on"] is not None)
        assert ("withdrew" in shown) == any(row["withdrew_on"] for row in answer["parties"])


@pytest.mark.parametrize("day", DAYS)
def test_an_organization_is_what_the_api_says_it_was(client, answers, day):
    for slug in ("dg-near", "eu", "unodc", "unv"):
        answer = answers(f"organizations/{slug}/", day)
        response = client.get(f"/organizations/{slug}/?as_of={day}")
        record, sections = (
            response.context["record"],
            {str(one.title): one.rows for one in response.context["sections"]},
        )
        assert (record.name, record.acronym) == (answer["name"], answer["acronym"])
        assert [one.name for one in record.names.all()] == [row["name"] for row in answer["names"]]
        assert {one.name for one in sections.get("Units", [])} == {row["display"] for row in answer["units"]}
        lists = {
            "Agreements": ("agreements/", {"status__n": "draft"}),
            "Projects": ("projects/", {"status__n": "planned"}),
            "People": ("people/", {}),
        }
        for title, (address, asked) in lists.items():
            found = answers(address, day, partner=slug, **asked)["results"]
            assert {one.slug for one in sections.get(title, [])} == {row["slug"] for row in found}, (title, slug, day)
        for person in sections.get("People", []):
            offices = answers(f"people/{person.slug}/", day)["offices"]
            assert [one.title for one in person.offices.all()] == [row["title"] for row in offices]


def test_the_page_says_which_day_it_shows_and_leads_to_today(client):
    build()
    response = client.get("/organizations/dg-near/?as_of=2010-06-30")
    shown, html = text_of(response), response.content.decode()
    assert "As it stood on 30 June 2010 ." in shown
    assert "<h1>DG Enlargement <span" in html
    assert '<a href="/organizations/dg-near/">See it as it stands today</a>' in html
    assert '<link rel="canonical" href="http://testserver/organizations/dg-near/">' in html
    assert 'name="as_of" value="2010-06-30"' in html
    assert "As it stood on 30" not in text_of(client.get("/organizations/dg-near/?as_of="))


def test_a_status_is_told_as_it_was(client):
    make.make_agreement(slug="plan", signed="2019-05-21", ends="2021-12-31")
    assert "In force since 21 May 2019. It ends on 31 December 2021." in text_of(
        client.get("/agreements/plan/?as_of=2020-01-01")
    )
    assert "Expired on 31 December 2021." in text_of(client.get("/agreements/plan/"))


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("as_of=2014", "“2014” is longer than a day. Write one like 2014-06-30. Did you mean “2014-12-31”?"),
        ("as_of=2014-02-30", "“2014-02-30” is not a day. Write it like 2014-06-30."),
        ("as_of=<b>%00", "is not a day. Write it like 2014-06-30."),
        ("as_of=2014-01-01&as_of=2015-01-01", "This can be given once."),
        (f"as_of={timezone.localdate() + timedelta(days=2)}", "That day has not come yet."),
    ],
)
def test_a_day_that_cannot_be_is_refused_in_words(client, asked, words):
    world = make_world(1)
    for record in (world.organization, world.agreement):
        response = client.get(f"{record.get_absolute_url()}?{asked}")
        assert response.status_code == 400
        assert words in text_of(response)
        assert Inline(response.content.decode()).found == []


def test_a_day_keeps_the_gate_and_the_former_addresses(client):
    record = make_world(1).agreement
    record.slug = "renamed"
    record.save()
    response = client.get("/agreements/harbour-mou/?as_of=2020-01-01")
    assert (response.status_code, response.headers["Location"]) == (301, "/agreements/renamed/?as_of=2020-01-01")
    assert client.get("/agreements/harbour-mou/?as_of=x").status_code == 400
    type(record).objects.update(state="draft")
    for asked in ("2020-01-01", "x"):
        assert client.get(f"/agreements/renamed/?as_of={asked}").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("noun", "statements"), [("agreement", 44), ("organization", 29)])
def test_a_day_takes_a_fixed_number_of_statements(client, django_assert_num_queries, rows, noun, statements):
    record = getattr(make_world(rows), noun)
    with django_assert_num_queries(statements):
        assert client.get(f"{record.get_absolute_url()}?as_of=2020-06-01").status_code == 200
