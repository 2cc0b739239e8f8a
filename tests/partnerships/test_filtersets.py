"""What partner, country and year mean, noun by noun. The API and the pages ask through these."""

import pytest
from django.http import QueryDict

from partnerships.filtersets import (
    AgreementFilterSet,
    ContributionFilterSet,
    CountryFilterSet,
    EventFilterSet,
    FunderFilterSet,
    IndicatorFilterSet,
    OrganizationFilterSet,
    PersonFilterSet,
    ProjectFilterSet,
    RegionFilterSet,
)
from partnerships.models import (
    Agreement,
    Contribution,
    Country,
    Event,
    Funder,
    Indicator,
    Organization,
    OrganizationName,
    Person,
    Project,
    Region,
)
from stories.filtersets import NewsItemFilterSet
from stories.models import NewsItem
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
    make_signature,
    make_story,
)

pytestmark = pytest.mark.django_db

NOUNS = {
    Organization: OrganizationFilterSet,
    Agreement: AgreementFilterSet,
    Project: ProjectFilterSet,
    Funder: FunderFilterSet,
    Contribution: ContributionFilterSet,
    Indicator: IndicatorFilterSet,
    Event: EventFilterSet,
    Person: PersonFilterSet,
    Country: CountryFilterSet,
    Region: RegionFilterSet,
    NewsItem: NewsItemFilterSet,
}


def ask(model, question, user=None):
    """The slugs that answer the question, or {parameter: suggestion} where it cannot be asked."""
    filterset = NOUNS[model](QueryDict(question), model.objects.visible_to(user))
    if filterset.is_valid():
        return [record.slug for record in filterset.qs]
    return {name: error.suggestion for name, errors in filterset.errors.as_data().items() for error in errors}


@pytest.fixture
def register():
    """A little of everything: the EU with a unit pays a project of UNODC in Niger under an agreement; UNV stands apart."""
    africa = make_region("africa", code="002", kind="m49")
    western = make_region("western-africa", code="011", kind="m49", parent=africa)
    sahel = make_region("sahel")
    niger = make_country("NE", "Niger", "NER", regions=[western, sahel])
    make_country("KG", "Kyrgyzstan", "KGZ")
    eu = make_organization("European Union", acronym="EU")
    near = make_organization("DG Neighbourhood", acronym="DG NEAR", parent=eu)
    unodc = make_organization("Office on Drugs and Crime", acronym="UNODC")
    unv = make_organization("Volunteers", acronym="UNV", country=niger)
    make(OrganizationName, organization=unodc, name="ODCCP", kind="former")
    memorandum = make_agreement("mou", parties=[near, unodc], signed="2013", ends="2015", countries=[niger])
    signer = make_person("Ada Signer", offices=[{"title": "Director", "organization": unodc, "held_from": "2012"}])
    make_signature(memorandum, unodc, person=signer, signed="2013")
    make_agreement("other", parties=[unv], signed="2019-05-21", kind="joint_action_plan", regions=[sahel])
    project = make_project(
        "legal-aid", participants=[(unodc, "implementing")], countries=[niger], starts="2017", ends="2019", goals=[]
    )
    make_project("volunteers", participants=[(unv, "implementing")], starts="../2020-01-30")
    funder = make_funder("Budget line", organization=near)
    money = make_contribution(slug="money", funders=[funder], project=project, dated="2018")
    make_indicator("detainees", project=project, measurements=[{"kind": "baseline", "value": 1600, "measured": "2017"}])
    make_event(
        "meeting", participants=[(unodc, "organizer"), (unv, "participant")], countries=[niger], starts="2019-05-21"
    )
    make_story("signing", organizations=[near], countries=[niger], event_start="2013", published_on="2014-01-05")
    make_story("later", organizations=[unv], event_start="2020-01-21", event_end="2020-01-23")
    return money


@pytest.mark.parametrize(
    ("model", "question", "slugs"),
    [
        # Partner: every tie, and the units below.
        (Agreement, "partner=eu", ["mou"]),
        (Agreement, "partner=eu&partner_exact=true", []),
        (Agreement, "partner=dg-near&partner_exact=true", ["mou"]),
        (Agreement, "partner=eu&partner=unv", ["other", "mou"]),
        (Agreement, "partner_all=eu&partner_all=unodc", ["mou"]),
        (Agreement, "partner_all=eu&partner_all=unv", []),
        (Agreement, "partner=ODCCP", ["mou"]),
        (Agreement, "partner=DG NEAR", ["mou"]),
        (Project, "partner=eu", ["legal-aid"]),
        (Project, "partner=eu&role=funding", ["legal-aid"]),
        (Project, "partner=eu&role=implementing", []),
        (Project, "partner=unodc&role=implementing&role=extending", ["legal-aid"]),
        (Organization, "partner=unodc&ordering=name", ["dg-near", "unv"]),
        (Funder, "partner=eu", ["budget-line"]),
        (Contribution, "partner=eu", ["money"]),
        (Contribution, "partner=unodc", ["money"]),
        (Contribution, "partner=unv", []),
        (Indicator, "partner=eu", ["detainees"]),
        (Event, "partner=unv", ["meeting"]),
        (Event, "partner=unv&role=organizer", []),
        (Person, "partner=unodc", ["ada-signer"]),
        (Person, "partner=unv", []),
        (Country, "partner=eu", ["niger"]),
        (Region, "partner=unv&ordering=name", ["sahel", "western-africa"]),
        (NewsItem, "partner=eu", ["signing"]),
        # Country and region: a record without a country is not in every country.
        (Agreement, "country=NE", ["mou"]),
        (Agreement, "country=ner", ["mou"]),
        (Agreement, "country=KG", []),
        (Agreement, "region=002", ["mou"]),
        (Agreement, "region=sahel", ["other", "mou"]),
        (Project, "country=NE", ["legal-aid"]),
        (Project, "region=africa", ["legal-aid"]),
        (Organization, "country=NE", ["unv"]),
        (Organization, "region=sahel", ["unv"]),
        (Contribution, "country=NE", ["money"]),
        (Contribution, "region=011", ["money"]),
        (Indicator, "country=NE", ["detainees"]),
        (Indicator, "region=sahel", ["detainees"]),
        (Event, "country=NE&country=KG", ["meeting"]),
        (Event, "region=africa", ["meeting"]),
        (Person, "country=NE", []),
        (Person, "region=sahel", []),
        (Funder, "region=sahel", []),
        (Country, "region=africa", ["niger"]),
        (Region, "country=NE&ordering=name", ["sahel", "western-africa"]),
        (Region, "region=africa&ordering=name", ["africa", "western-africa"]),
        (NewsItem, "country=niger", ["signing"]),
        (NewsItem, "region=011", ["signing"]),
        # Year: overlap, not containment.
        (Agreement, "year=2014", ["mou"]),
        (Agreement, "year=2016", []),
        (Agreement, "year=2012", []),
        (Agreement, "year=2012&year=2015", ["mou"]),
        (Agreement, "year_from=2015&year_to=2018", ["mou"]),
        (Agreement, "year_to=2012", []),
        (Agreement, "year_from=2016", ["other"]),
        (Agreement, "signed_year=2013", ["mou"]),
        (Project, "year=2019", ["legal-aid"]),
        (Project, "year=2020", ["volunteers"]),
        (Organization, "year=2014&ordering=name", ["dg-near", "unodc"]),
        (Funder, "year=2018", ["budget-line"]),
        (Contribution, "year=2018", ["money"]),
        (Contribution, "year=2017", []),
        (Indicator, "year=2017", ["detainees"]),
        (Event, "year=2019", ["meeting"]),
        (Person, "year=2013", ["ada-signer"]),
        (Person, "year=2011", []),
        (Country, "year=2018", ["niger"]),
        (NewsItem, "year=2013", ["signing"]),
        (NewsItem, "year=2014", ["signing"]),
        (NewsItem, "year=2015", []),
        # The rest.
        (Agreement, "kind=mou", ["mou"]),
        (Agreement, "status=expired", ["mou"]),
        (Agreement, "status=expired&status=in_force", ["other", "mou"]),
        (Agreement, "ordering=-title", ["other", "mou"]),
        (Project, "status=closed", ["legal-aid"]),
        (Project, "funder=budget-line", ["legal-aid"]),
        (Contribution, "funder=budget-line&in_kind=false", ["money"]),
        (Agreement, "partner=unv&country=NE", []),
    ],
)
def test_a_question_has_exactly_this_answer(register, model, question, slugs):
    assert ask(model, question) == slugs


@pytest.mark.parametrize(
    ("question", "refused"),
    [
        ("yaer=2020", {"yaer": "year"}),
        ("partner=unodcc", {"partner": "unodc"}),
        ("partner=dg-neer", {"partner": "dg-near"}),
        ("country=NGR", {"country": "NE"}),
        ("region=sahell", {"region": "sahel"}),
        ("year=20", {"year": None}),
        ("year=٢٠١٩", {"year": None}),
        ("kind=memorandum of understanding", {"kind": "mou"}),
        ("status=inforce", {"status": "in_force"}),
        ("ordering=titel", {"ordering": "title"}),
        ("ordering=version", {"ordering": None}),
        ("sdg=18", {"sdg": None}),
        ("partner_exact=perhaps", {"partner_exact": None}),
        ("internal_note__contains=x", {"internal_note__contains": None}),
        ("focal_points=1", {"focal_points": None}),
        ("q=%00&partner=%00", {"q": None, "partner": None}),
        ("partner=" + "9" * 4000, {"partner": None}),
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_nearest_word(register, question, refused):
    assert ask(Agreement, question) == refused


def test_a_draft_cannot_be_asked_for_and_ties_nothing(register):
    hidden = make_organization("Hidden", acronym="HIDE", state="draft", parent=Organization.objects.get(slug="eu"))
    make_agreement("shown", parties=[hidden], signed="2020")
    make_agreement("draft", parties=[Organization.objects.get(slug="eu")], signed="2020", state="draft")
    assert ask(Agreement, "partner=hide") == {"partner": None}
    assert ask(Agreement, "partner=eu") == ["mou"]
    assert ask(Organization, "partner=eu") == ["unodc"]


def test_two_of_the_same_name_are_not_guessed(register):
    make_organization("Other Union", acronym="EU")
    make(OrganizationName, organization=Organization.objects.get(slug="unv"), name="Same")
    make(OrganizationName, organization=Organization.objects.get(slug="unodc"), name="Same")
    refused = ask(Agreement, "partner=Same")
    assert refused["partner"] in {"unv", "unodc"}


@pytest.mark.parametrize("model", NOUNS)
def test_the_widest_question_is_not_too_deep_for_the_database(register, model):
    years = "&".join(f"year={year}" for year in range(2000, 2020))
    answers = {Event: ["meeting"], Country: ["niger"], Region: ["western-africa"]}
    question = f"partner=eu&partner=unodc&partner_all=unv&country=NE&region=africa&{years}&year_from=2001"
    assert ask(model, question) == answers.get(model, [])


def test_the_number_of_statements_does_not_grow_with_the_register(register, django_assert_num_queries):
    with django_assert_num_queries(5):  # the partner, its units, the country, the region, the list
        ask(Agreement, "partner=eu&country=NE&region=africa&year=2014")
    eu = Organization.objects.get(slug="eu")
    for _number in range(3):
        make_agreement(parties=[eu], signed="2014")
    with django_assert_num_queries(5):
        ask(Agreement, "partner=eu&country=NE&region=africa&year=2014")
