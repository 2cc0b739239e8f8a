"""What the lists can be asked, and exactly what they answer."""

import pytest

from partnerships.models import Organization, OrganizationName, Party
from tests.factories import (
    make,
    make_agreement,
    make_contribution,
    make_country,
    make_event,
    make_funder,
    make_indicator,
    make_organization,
    make_person,
    make_project,
    make_region,
    make_story,
)


@pytest.fixture
def family(db):
    """The EU with a unit, UNODC and FIFA; four agreements between them."""
    eu = make_organization("European Union", acronym="EU")
    near = make_organization("DG for Neighbourhood", acronym="DG NEAR", parent=eu)
    make(OrganizationName, organization=near, name="DG ELARG", kind="former")
    unodc = make_organization("UN Office on Drugs and Crime", acronym="UNODC")
    fifa = make_organization("Fédération Internationale de Football Association", acronym="FIFA")
    make_agreement("One", parties=[unodc, fifa], signed="2020")
    make_agreement("Two", parties=[unodc, near], signed="2019")
    make_agreement("Three", parties=[unodc, eu], signed="2018")
    make_agreement("Four", parties=[eu, near, fifa], signed="2017")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ({}, ["one", "two", "three", "four"]),
        ({"partner": "fifa"}, ["one", "four"]),
        ({"partner": "FIFA"}, ["one", "four"]),
        ({"partner": "Fédération Internationale de Football Association"}, ["one", "four"]),
        ({"partner": "eu"}, ["two", "three", "four"]),
        ({"partner": "eu", "partner_exact": "true"}, ["three", "four"]),
        ({"partner": "dg-near"}, ["two", "four"]),
        ({"partner": "DG ELARG"}, ["two", "four"]),
        ({"partner": "dg elarg"}, ["two", "four"]),
        ({"partner": ["dg-near", "fifa"]}, ["one", "two", "four"]),
        ({"partner_all": ["unodc", "eu"]}, ["two", "three"]),
        ({"partner_all": ["unodc", "eu"], "partner_exact": "true"}, ["three"]),
        ({"partner": "fifa", "partner_all": "eu"}, ["four"]),
        ({"partner": "fifa", "year_to": "2018"}, ["four"]),
        ({"partner": ""}, ["one", "two", "three", "four"]),
    ],
)
def test_partner_means_the_organization_or_a_unit_of_it(question, expected, family, slugs):
    assert slugs("agreements/", **question) == expected


def test_a_partner_may_be_given_by_its_number(family, slugs):
    assert slugs("agreements/", partner=Organization.objects.get(slug="fifa").pk) == ["one", "four"]


def test_a_partner_is_found_by_the_slug_it_had(family, slugs):
    fifa = Organization.objects.get(slug="fifa")
    fifa.slug = "world-football"
    fifa.save()
    assert slugs("agreements/", partner="fifa") == ["one", "four"]


def test_a_party_that_withdrew_stays_in_the_answer(family, slugs):
    fifa = Organization.objects.get(slug="fifa")
    Party.objects.filter(organization=fifa).update(withdrew_on="2021-01-01")
    assert slugs("agreements/", partner="fifa") == ["one", "four"]


@pytest.fixture
def places(db):
    africa = make_region("africa", kind="m49", code="002")
    west = make_region("western-africa", kind="m49", code="011", parent=africa)
    niger = make_country("NE", "Niger", alpha3="NER", regions=[west])
    chad = make_country("TD", "Chad", alpha3="TCD", regions=[africa])
    make_project("In Niger", countries=[niger], starts="2018")
    make_project("In both", countries=[niger, chad], starts="2017")
    make_project("In the west", regions=[west], starts="2016")
    make_project("Nowhere", starts="2015")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ({"country": "NE"}, ["in-niger", "in-both"]),
        ({"country": "ne"}, ["in-niger", "in-both"]),
        ({"country": "NER"}, ["in-niger", "in-both"]),
        ({"country": "niger"}, ["in-niger", "in-both"]),
        ({"country": "TCD"}, ["in-both"]),
        ({"country": ["NE", "TD"]}, ["in-niger", "in-both"]),
        ({"region": "011"}, ["in-niger", "in-both", "in-the-west"]),
        ({"region": "western-africa"}, ["in-niger", "in-both", "in-the-west"]),
        ({"region": "africa", "country": "TD"}, ["in-both"]),
        ({"region": "002"}, ["in-niger", "in-both", "in-the-west"]),
    ],
)
def test_countries_and_regions(question, expected, places, slugs):
    assert slugs("projects/", **question) == expected


def test_countries_of_a_region_and_regions_of_a_country(places, slugs):
    assert slugs("countries/", region="africa") == ["chad", "niger"]
    assert slugs("regions/", country="NE") == ["western-africa"]


@pytest.mark.parametrize(
    ("year", "expected"),
    [("2012", []), ("2013", ["a"]), ("2016", ["a"]), ("2018", ["a"]), ("2019", []), (["2012", "2018"], ["a"])],
)
def test_an_agreement_belongs_to_the_years_in_which_it_is_in_force(year, expected, db, slugs):
    make_agreement("A", signed="2013-05", ends="2018")
    assert slugs("agreements/", year=year) == expected


def test_the_year_of_signature_is_another_question(db, slugs):
    make_agreement("A", signed="2013-05", ends="2018")
    assert slugs("agreements/", signed_year="2013") == ["a"]
    assert slugs("agreements/", signed_year="2014") == []


def test_year_means_overlap_for_each_noun(db, slugs):
    project = make_project("P", starts="2016", ends="2018-02")
    make_contribution(project=project, dated="2017-03")
    make_event("E", starts="2018-12-31", ends="2019-01-01")
    make_indicator("I", project=project, measurements=[{"value": 1, "measured": "2018"}])
    make_story("S", published_on="2020-01-02", event_start="2019-12-30")
    one, two = make_organization("Out"), make_organization("In")
    make_person("Official", offices=[{"title": "Head", "organization": one, "held_from": "2015", "held_to": "2016"}])
    make_agreement("A", parties=[two], signed="2019", ends="2020")
    gift = project.contributions.get()

    def answer(noun):
        return [year for year in range(2014, 2022) if slugs(f"{noun}/", year=year)]

    assert answer("projects") == [2016, 2017, 2018]
    assert answer("contributions") == [2017]
    assert answer("funders") == [2017]
    assert answer("events") == [2018, 2019]
    assert answer("indicators") == [2018]
    assert answer("news") == [2019, 2020]
    assert answer("people") == [2015, 2016]
    assert slugs("organizations/", year=2019) == [two.slug]
    assert slugs("contributions/", year_from=2017, year_to=2017) == [gift.slug]
    assert slugs("contributions/", year_from=2018) == []


def test_role_narrows_the_partner(db, slugs):
    eu = make_organization("European Union", acronym="EU")
    make_project("Done", participants=[(eu, "implementing")], starts="2018")
    paid = make_project("Paid", starts="2017")
    make_contribution(funders=[make_funder(organization=eu)], project=paid)
    assert slugs("projects/", partner="eu") == ["done", "paid"]
    assert slugs("projects/", partner="eu", role="funding") == ["paid"]
    assert slugs("projects/", partner="eu", role="implementing") == ["done"]


def test_partner_of_money_events_people_and_stories(db, slugs):
    eu, other = make_organization("European Union", acronym="EU"), make_organization("Other")
    fund = make_funder("Trust fund", organization=eu)
    gift = make_contribution(funders=[fund], project=make_project("P"))
    make_contribution(project=make_project("Q"))
    make_event("E", participants=[(eu, "host")])
    make_event("F", participants=[(other, "host")])
    make_person("Official", offices=[{"title": "Head", "organization": eu}])
    make_story("S", organizations=[eu])
    make_story("T", organizations=[other])
    make_indicator("I", project=make_project("R", participants=[(eu, "funding")]))
    assert slugs("funders/", partner="eu") == ["trust-fund"]
    assert slugs("contributions/", partner="eu") == [gift.slug]
    assert slugs("events/", partner="eu") == ["e"]
    assert slugs("people/", partner="eu") == ["official"]
    assert slugs("news/", partner="eu") == ["s"]
    assert slugs("indicators/", partner="eu") == ["i"]


def test_organizations_with_a_tie_to_the_partner(family, slugs):
    assert slugs("organizations/", partner="fifa") == ["dg-near", "eu", "unodc"]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ({"kind": "mou"}, ["a"]),
        ({"kind": ["mou", "letters"]}, ["a", "b"]),
        ({"status": "in_force"}, ["b"]),
        ({"status": ["expired", "in_force"]}, ["a", "b"]),
        ({"sdg": "16"}, []),
        ({"parent": "a"}, ["b"]),
        ({"q": "cooperation"}, ["b"]),
    ],
)
def test_agreements_by_their_own_words(question, expected, db, slugs):
    first = make_agreement("A", signed="2013", ends="2014")
    make_agreement("B", kind="letters", signed="2012", parent=first, description="On cooperation")
    assert slugs("agreements/", **question) == expected


def test_stories_by_their_own_words(db, slugs):
    agreement = make_agreement("A")
    first = make_story("First", agreements=[agreement], speakers=[make_person("Ada Speaker")], event_start="2020")
    make_story("Seconde", language="fr", same_story_as=first, event_start="2019")
    assert slugs("news/", agreement="a") == ["first"]
    assert slugs("news/", person="ada-speaker") == ["first"]
    assert slugs("news/", language="FR") == ["seconde"]
    assert slugs("news/", original="true") == ["first"]
    assert slugs("news/", original="false") == ["seconde"]


def test_contributions_by_their_own_words(db, slugs):
    project = make_project("P")
    euros = make_contribution(project=project, amount="5", currency="EUR", stage="pledge", dated="2020")
    goods = make_contribution(project=project, in_kind=True, dated="2019")
    assert slugs("contributions/", currency="eur") == [euros.slug]
    assert slugs("contributions/", in_kind="true") == [goods.slug]
    assert slugs("contributions/", in_kind="false") == [euros.slug]
    assert slugs("contributions/", stage="pledge") == [euros.slug]
    assert slugs("contributions/", project="p") == [euros.slug, goods.slug]


@pytest.mark.parametrize(
    ("ordering", "expected"),
    [
        ("title", ["a", "b", "c"]),
        ("-title", ["c", "b", "a"]),
        ("date", ["b", "c", "a"]),
        ("-date", ["a", "c", "b"]),
        ("kind,-title", ["c", "a", "b"]),
        ("-kind,title", ["b", "a", "c"]),
    ],
)
def test_ordering(ordering, expected, db, slugs):
    make_agreement("A", kind="letters", signed="2020")
    make_agreement("B", kind="mou", signed="2018")
    make_agreement("C", kind="letters", signed="2019")
    assert slugs("agreements/", ordering=ordering) == expected


def test_a_record_without_a_date_comes_last(db, slugs):
    make_agreement("Undated")
    make_agreement("Dated", signed="1990")
    assert slugs("agreements/") == ["dated", "undated"]


def test_count_is_counted_when_it_is_asked_for(family, ask):
    assert "count" not in ask("agreements/").answer
    assert "count" not in ask("agreements/", count="false").answer
    assert ask("agreements/", count="true").answer["count"] == 4
    assert ask("agreements/", count="true", partner="eu", page_size=1).answer["count"] == 3
    assert ask("agreements/", count="true", partner=["eu", "dg-near", "fifa"]).answer["count"] == 4
