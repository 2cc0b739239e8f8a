"""What organizations share: the same as `partner_all=` finds over the API, at one address."""

import pytest

from partnerships.models import Organization
from tests import factories as make
from tests.partnerships.test_pages import Inline, text_of

pytestmark = pytest.mark.django_db
NOUNS = {"Agreements": "agreements", "Projects": "projects", "Contributions": "contributions", "Events": "events"}


@pytest.fixture
def world():
    eu = make.make_organization("European Union", acronym="EU", slug="eu")
    near = make.make_organization("DG NEAR", slug="dg-near", parent=eu)
    unodc = make.make_organization("Office on Drugs", acronym="UNODC", slug="unodc")
    fifa = make.make_organization("FIFA", slug="fifa")
    make.make_agreement("Direct", parties=[eu, unodc], signed="2015")
    through = make.make_agreement("Through a unit", parties=[near, unodc, fifa], signed="2016")
    through.parties.filter(organization=near).update(joined_on="2018-03-01", withdrew_on="2020-03-01")
    make.make_agreement("Alone", parties=[unodc], signed="2017")
    make.make_agreement("Hidden", parties=[eu, unodc], signed="2018", state="draft")
    joint = [(unodc, "implementing"), (unodc, "accountable"), (near, "funding")]
    project = make.make_project("Joint", participants=joint, agreements=[through], starts="2019", ends="2021")
    paid = make.make_project("Paid", participants=[(unodc, "implementing")], starts="2020")
    funder = make.make_funder(organization=eu)
    make.make_contribution(project=paid, funders=[funder])
    make.make_contribution(project=project)
    make.make_event("Meeting", participants=[(eu, "host"), (unodc, "participant")])
    make.make_event("Own meeting", participants=[(unodc, "organizer")])
    make.make_story("Of both", organizations=[near, unodc])
    make.make_story("Of one", organizations=[unodc])


def sections(response):
    return {str(section.title): section for section in response.context["sections"]}


@pytest.mark.parametrize(
    "slugs", [("eu", "unodc"), ("fifa", "unodc"), ("eu", "fifa", "unodc"), ("dg-near", "eu"), ("eu", "fifa")]
)
def test_the_page_shows_what_the_api_counts(client, world, slugs):
    response = client.get(f"/together/{'/'.join(slugs)}/")
    shown = sections(response)
    for title, noun in NOUNS.items():
        asked = {"partner_all": slugs, "count": "true"}
        answer = client.get(f"/api/v1/{noun}/", asked).json()
        rows = shown[title].rows if title in shown else []
        assert {row.slug for row in rows} == {row["slug"] for row in answer["results"]}, (title, slugs)
        assert (shown[title].count if title in shown else 0) == answer["count"]
    stories = client.get("/api/v1/news/", {"partner_all": slugs}).json()["results"]
    html = response.content.decode()
    assert all(f'href="/stories/{story["slug"]}/"' in html for story in stories)


def test_each_section_leads_to_the_same_question(client, world):
    for section in sections(client.get("/together/eu/unodc/")).values():
        assert section.more.endswith("/?partner_all=eu&partner_all=unodc")
        assert client.get(section.more).context["page"].paginator.count == section.count


def test_the_roles_of_each_are_told(client, world):
    shown = text_of(client.get("/together/eu/unodc/"))
    assert "DG NEAR: party 1 March 2018 – 1 March 2020; UNODC: party from the beginning" in shown
    assert "UNODC: implementing, accountable; DG NEAR: funding" in shown
    assert "EU: host; UNODC: participant" in shown
    assert "Hidden" not in shown
    assert "Stories 1" in shown


def test_agreements_and_projects_share_a_line_of_years(client, world):
    drawn = client.get("/together/eu/unodc/").context["drawing"].timeline
    assert [(str(row.record), row.depth) for row in drawn.rows] == [
        ("Direct", 0),
        ("Through a unit", 0),
        ("Joint", 1),
        ("Paid", 0),
    ]


def test_one_set_has_one_address(client, world):
    fifa = Organization.objects.get(slug="fifa")
    for other in ("unodc/fifa/", "fifa/fifa/unodc/", f"{fifa.pk}/UNODC/", "office on drugs/FIFA/"):
        response = client.get(f"/together/{other}")
        assert (response.status_code, response.headers["Location"]) == (301, "/together/fifa/unodc/"), other
    fifa.slug = "world-football"
    fifa.save()
    assert client.get("/together/fifa/unodc/").headers["Location"] == "/together/unodc/world-football/"
    assert client.get("/together/unodc/unodc/").headers["Location"] == "/together/?partner=unodc"


@pytest.mark.parametrize(
    "names", ["unodc/fif/", "unodc/%00/", "a/b/c/d/", "eu/fifa/unodc/dg-near/", "٣/²/", "unodc//fifa/"]
)
def test_unknown_names_are_a_404_that_helps(client, world, names):
    response = client.get(f"/together/{names}")
    assert response.status_code == 404
    assert b'action="/together/"' in response.content


def test_the_nearest_name_is_offered(client, world):
    html = client.get("/together/unodc/fif/").content.decode()
    assert 'href="/together/?partner=unodc&amp;partner=fifa"' in html


def test_drafts_are_unknown_to_visitors(client, world):
    Organization.objects.filter(slug="fifa").update(state="draft")
    assert client.get("/together/fifa/unodc/").status_code == 404
    client.force_login(make.make_user())
    assert client.get("/together/fifa/unodc/").status_code == 200


def test_the_form_finds_partners_by_any_name(client, world):
    assert client.get("/together/").status_code == 200
    chosen = client.get("/together/?partner=UNODC&partner=european union&partner=")
    assert (chosen.status_code, chosen.headers["Location"]) == (302, "/together/eu/unodc/")
    one = client.get("/together/?partner=unodc")
    assert one.status_code == 200
    assert b'name="partner" value="unodc"' in one.content
    wrong = client.get("/together/?partner=unodc&partner=nobody")
    assert wrong.status_code == 400
    assert "“nobody” is no organization of the register." in text_of(wrong)
    assert client.get("/together/?partner=eu&partner=fifa&partner=unodc&partner=dg-near").status_code == 400


def test_what_nobody_shares_is_said(client):
    make.make_organization(slug="here"), make.make_organization(slug="there")
    assert "The register knows of nothing that they share." in text_of(client.get("/together/here/there/"))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_takes_a_fixed_number_of_statements(client, django_assert_num_queries, rows):
    here, there = make.make_organization(slug="here"), make.make_organization(slug="there")
    both = [(here, "implementing"), (there, "funding")]
    for _number in range(rows):
        agreement = make.make_agreement(parties=[here, there], signed="2019")
        project = make.make_project(participants=both, agreements=[agreement], starts="2019")
        make.make_contribution(project=project)
        make.make_event(participants=[(here, "host"), (there, "participant")])
        make.make_story(organizations=[here, there], agreements=[agreement])
    with django_assert_num_queries(29):
        response = client.get("/together/here/there/")
    assert response.status_code == 200
    assert Inline(response.content.decode()).found == []
