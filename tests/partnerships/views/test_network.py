"""Who works with whom: each number is what the API says of the same two partners under the same filters."""

from urllib.parse import urlsplit

import pytest
from django.db import connection
from lxml import html

from partnerships.models import Agreement, Organization, Project
from partnerships.reporting import pairs
from partnerships.views import network as page
from tests import factories as make
from tests.demo import load_demo

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    niger = make.make_country("NE", "Niger", "NER", regions=[make.make_region("sahel", "Sahel")])
    eu = make.make_organization("European Union", acronym="EU", slug="eu", type="40")
    near = make.make_organization("DG NEAR", slug="dg-near", parent=eu, type="10")
    unodc = make.make_organization("Office on Drugs", acronym="UNODC", slug="unodc", type="40")
    fifa = make.make_organization("FIFA", slug="fifa", type="21")
    secret = make.make_organization("Secret", slug="secret", state="draft", type="40")
    make.make_agreement("Direct", parties=[eu, unodc], signed="2015")
    make.make_agreement("Through a unit", parties=[near, unodc, fifa, secret], signed="2016", countries=[niger])
    make.make_agreement("Hidden", parties=[eu, fifa], signed="2018", state="draft")
    joint = [(unodc, "implementing"), (unodc, "accountable"), (near, "funding"), (eu, "funding")]
    make.make_project("Joint", participants=joint, starts="2019", ends="2021", countries=[niger])
    paid = make.make_project("Paid", participants=[(fifa, "implementing")], starts="2020", ends="2020")
    make.make_contribution(project=paid, funders=[make.make_funder(organization=eu)])


def shown(client, question=""):
    """{(slug, slug): (agreements, projects)} of the page."""
    response = client.get(f"/network/{question}")
    assert response.status_code == 200
    return {
        tuple(sorted((one.one.slug, one.other.slug))): (one.agreements, one.projects)
        for one in response.context["web"].shared
    }


EVERYTHING = {
    ("eu", "unodc"): (2, 1),
    ("dg-near", "unodc"): (1, 1),
    ("dg-near", "fifa"): (1, 0),
    ("fifa", "unodc"): (1, 0),
    ("eu", "fifa"): (1, 1),
}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("", EVERYTHING),
        ("?through=projects", {("eu", "unodc"): (0, 1), ("dg-near", "unodc"): (0, 1), ("eu", "fifa"): (0, 1)}),
        (
            "?through=agreements",
            {
                ("eu", "unodc"): (2, 0),
                ("dg-near", "unodc"): (1, 0),
                ("dg-near", "fifa"): (1, 0),
                ("fifa", "unodc"): (1, 0),
            },
        ),
        ("?fewest=3", {("eu", "unodc"): (2, 1)}),
        ("?type=10", {("dg-near", "unodc"): (1, 1), ("dg-near", "fifa"): (1, 0)}),
        (
            "?country=NE",
            {
                ("eu", "unodc"): (1, 1),
                ("dg-near", "unodc"): (1, 1),
                ("dg-near", "fifa"): (1, 0),
                ("fifa", "unodc"): (1, 0),
            },
        ),
        ("?region=sahel&through=projects", {("eu", "unodc"): (0, 1), ("dg-near", "unodc"): (0, 1)}),
        ("?year_from=2020&year_to=2020&through=projects&fewest=2", {}),
        ("?year_to=2015", {("eu", "unodc"): (1, 0)}),
        ("?partner=fifa&through=projects", {("eu", "fifa"): (0, 1)}),
    ],
)
def test_the_pairs_of_a_question(client, world, question, expected):
    assert shown(client, question) == expected


def test_drafts_are_nobodys_partners_but_for_those_who_may_see_them(client, world, admin_client):
    assert not [pair for pair in shown(client) if "secret" in pair]
    assert ("secret", "unodc") in shown(admin_client)


def in_the_api(client, address):
    """How many records the API finds for the question of a list's address."""
    to = urlsplit(address)
    return client.get(f"/api/v1{to.path}?{to.query}&count=true&page_size=1&fields=id").json()["count"]


@pytest.mark.parametrize("question", ["", "?country=NE", "?year=2020", "?through=agreements", "?type=10&partner=eu"])
def test_every_number_of_the_demo_is_the_apis(client, question):
    if connection.vendor == "postgresql" and question in ("", "?year=2020"):
        pytest.skip("Planning a thousand questions takes PostgreSQL a minute; the narrower networks are enough there.")
    load_demo()
    response = client.get(f"/network/{question}")
    told = response.context["web"].shared
    assert told
    for one in told:
        for count, address in ((one.agreements, one.agreements_address), (one.projects, one.projects_address)):
            assert bool(count) == bool(address)
            assert not address or in_the_api(client, address) == count, one.text
    document = html.fromstring(response.content)
    numbers = document.xpath("//table//td/a")
    assert [(int(cell.text), cell.get("href")) for cell in numbers] == [
        (count, address)
        for one in told
        for count, address in ((one.agreements, one.agreements_address), (one.projects, one.projects_address))
        if count
    ]


def test_the_demos_missing_pairs_share_nothing_of_their_own(client):
    load_demo()
    known = shown(client)
    tied = {}
    for model in (Agreement, Project):
        rows = model.objects.published()
        relation = "parties" if model is Agreement else "participations"
        for record in rows.prefetch_related(f"{relation}__organization"):
            slugs = {
                tie.organization.slug
                for tie in getattr(record, relation).all()
                if tie.organization.state == "published"
            }
            tied[record] = slugs
    above = {one.slug: one.parent and one.parent.slug for one in Organization.objects.select_related("parent")}

    def bodies(slug):
        while slug := above[slug]:
            yield slug

    for slugs in tied.values():
        for one in slugs:
            for other in slugs:
                if one < other and one not in bodies(other) and other not in bodies(one):
                    assert (one, other) in known


def test_marks_and_rows_are_links(client, world):
    document = html.fromstring(client.get("/network/").content)
    lines = document.xpath("//*[local-name()='svg'][@class='network']/*[local-name()='a']")
    links = [(link.get("href"), link.xpath("./*[local-name()='title']")[0].text) for link in lines]
    assert links[0] == ("/together/eu/unodc/", "EU and UNODC: 2 agreements, 1 project")
    assert {href for href, _title in links} == {f"/together/{a}/{b}/" for a, b in EVERYTHING} | {
        f"/organizations/{slug}/" for slug in ("eu", "dg-near", "unodc", "fifa")
    }
    assert {row.get("href") for row in document.xpath("//table//th/a")} == {
        f"/together/{a}/{b}/" for a, b in EVERYTHING
    }
    for link in document.xpath("//table//th/a"):
        assert client.get(link.get("href")).status_code == 200


def test_what_is_not_drawn_is_told(client, world, monkeypatch):
    monkeypatch.setattr(page, "MOST_DRAWN", 2)
    web = client.get("/network/").context["web"]
    assert [(one.one.slug, one.other.slug) for one in web.shared] == [("eu", "unodc")]
    assert "5 pairs of organizations" in web.sentence
    assert "4 weaker pairs are not" in web.sentence
    assert "2 organizations" in web.sentence


@pytest.mark.parametrize(
    ("question", "name", "suggestion"),
    [
        ("?country=XX", "country", ""),
        ("?thru=projects", "thru", "through"),
        ("?through=project", "through", "projects"),
        ("?fewest=4", "fewest", ""),
        ("?year_from=2020&year_to=2010", "year_to", ""),
        ("?q=fifa", "q", ""),
        ("?partner=fifaa", "partner", "fifa"),
    ],
)
def test_what_cannot_be_asked_is_refused(client, world, question, name, suggestion):
    response = client.get(f"/network/{question}")
    assert response.status_code == 400
    assert [(one.name, one.suggestion) for one in response.context["problems"]] == [(name, suggestion)]


def test_nothing_at_all_and_nothing_that_fits(client, db):
    assert "Nothing has been published here yet." in client.get("/network/").content.decode()
    make.make_country("NE", "Niger", "NER")
    assert "nothing that fits all of these filters" in client.get("/network/?country=NE").content.decode()


def test_empty_fields_of_the_form_leave_the_address(client, db):
    assert client.get("/network/?country=&through=projects").url == "/network/?through=projects"
    assert client.get("/network/?country=").url == "/network/"


def test_the_head(client, world):
    assert client.get("/network/").context["head"].canonical == "http://testserver/network/"
    assert not client.get("/network/?country=NE").context["head"].is_thin
    assert client.get("/network/?country=NE&type=10").context["head"].is_thin
    assert client.get("/network/?partner=FIFA").context["head"].canonical == "http://testserver/network/?partner=fifa"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries(client, django_assert_num_queries, rows):
    for number in range(rows):
        make.make_agreement(parties=[make.make_organization(f"A{number}"), make.make_organization(f"B{number}")])
    with django_assert_num_queries(7):
        assert len(client.get("/network/").context["web"].shared) == rows


def test_one_statement_for_the_figures(world, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert pairs([Agreement.objects.all(), Project.objects.all()], None, most=9).count == 5
    assert pairs([Agreement.objects.none()], None, most=9).count == 0


def test_an_organization_stands_in_the_middle_of_its_partners(client, world):
    response = client.get("/organizations/eu/")
    web = response.context["web"]
    assert web.circles[0][1].slug == "eu"
    assert {(one.other.slug, one.agreements, one.projects) for one in web.shared} == {("unodc", 2, 1), ("fifa", 1, 1)}
    for one in web.shared:
        assert one.agreements == in_the_api(client, one.agreements_address)
        assert one.projects == in_the_api(client, one.projects_address)
    assert 'href="/together/eu/fifa/"' in response.content.decode()
    assert web.sentence == "EU shares agreements or projects with 2 organizations."
    assert "web" not in client.get("/organizations/eu/?as_of=2019-01-01").context


def test_an_agreement_leads_to_all_that_its_parties_share(client, world):
    assert client.get("/agreements/direct/").context["together"] == "/together/eu/unodc/"
    assert 'href="/together/dg-near/fifa/unodc/"' in client.get("/agreements/through-a-unit/").content.decode()
