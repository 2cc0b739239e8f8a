"""What a question names, read off its words; the same on both databases."""

import pytest
from django.utils.translation import override

from partnerships.models import OrganizationName
from partnerships.search import understand
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def names():
    eu = make.make_organization("European Union", acronym="EU", slug="eu")
    intpa = make.make_organization("Directorate-General for International Partnerships", acronym="INTPA", slug="intpa")
    OrganizationName.objects.create(organization=intpa, name="DG DEVCO", kind="former")
    OrganizationName.objects.create(organization=eu, name="Union européenne", kind="translation", language="fr")
    make.make_organization("World Health Organization", acronym="WHO", slug="who")
    make.make_organization("Hidden Office", acronym="HID", slug="hidden", state="draft")
    sahel = make.make_region("sahel", "Sahel")
    niger = make.make_country("NE", "Niger", "NER", regions=[sahel])
    ivory = make.make_country("CI", "Cote dIvoire", "CIV")
    ivory.name_en = "Côte d’Ivoire"
    for country, name in ((niger, "Нигер"), (ivory, "Кот-д’Ивуар")):
        country.name_ru = name
        country.save()
    make.make_country("IN", "India", "IND")
    make.make_project("Emergency Trust Fund of the Sahel")


def understood(text, user=None):
    """((kind, values, …), the words that are left)"""
    found = understand(text, user)
    return [(term.kind, *map(said, term.values)) for term in found.terms], found.words


def said(value):
    return value.noun if isinstance(value, type) else getattr(value, "slug", value)


@pytest.mark.parametrize(
    ("text", "terms", "words"),
    [
        ("EU Niger 2019", [("partner", "eu"), ("country", "niger"), ("year", 2019)], ""),
        ("niger, 2019: eu", [("country", "niger"), ("year", 2019), ("partner", "eu")], ""),
        ("european UNION border", [("partner", "eu")], "border"),
        ("Union europeenne", [("partner", "eu")], ""),
        ("DG Devco", [("partner", "intpa")], ""),
        ("Directorate General for International Partnerships", [("partner", "intpa")], ""),
        ("cote d'ivoire", [("country", "cote-divoire")], ""),
        ("Sahel", [("region", "sahel")], ""),
        ("agreements with the EU in Niger", [("type", "agreement"), ("partner", "eu"), ("country", "niger")], ""),
        ("stories about border posts in 2018", [("type", "story"), ("year", 2018)], "border posts"),
        ("EU 2018-2020", [("partner", "eu"), ("span", 2018, 2020)], ""),
        ("EU 2018–2020 ports", [("partner", "eu"), ("span", 2018, 2020)], "ports"),
        ("٢٠١٩", [("year", 2019)], ""),
        # What is in quotation marks, and what nobody is called, stays words.
        ('"EU Niger"', [], '"EU Niger"'),
        ('EU "Niger border"', [("partner", "eu")], '"Niger border"'),
        ("“EU” Niger", [("country", "niger")], "“EU”"),
        ("Nigeria", [], "Nigeria"),
        ("border in the north", [], "border in the north"),
        # Codes of countries are words of many languages.
        ("in 2019", [("year", 2019)], ""),
        ("NE NER IN", [], "NE NER IN"),
        ("1944", [], "1944"),
        ("2199", [], "2199"),
        ("2019/4", [], "2019/4"),
        ("20190", [], "20190"),
        # An acronym that is also a little word is one in capitals only, unless all is.
        ("who works in Niger", [("country", "niger")], "works"),
        ("WHO in Niger", [("partner", "who"), ("country", "niger")], ""),
        # A title is taken as a whole, with the region in it.
        ("Emergency Trust Fund of the Sahel", [], "Emergency Trust Fund of the Sahel"),
        ("EU Emergency Trust Fund of the Sahel", [("partner", "eu")], "Emergency Trust Fund of the Sahel"),
        ("HID", [], "HID"),
        ("", [], ""),
        ("  ", [], "  "),
        ("?!", [], "?!"),
        ("🙂 联合国", [], "🙂 联合国"),
    ],
)
def test_understands_exactly(text, terms, words):
    assert understood(text) == (terms, words)


def test_the_languages_of_the_page():
    assert understood("Нигер") == ([], "Нигер")
    with override("ru"):
        assert understood("Нигер") == ([("country", "niger")], "")
        assert understood("Niger") == ([("country", "niger")], "")
    with override("fr"):
        assert understood("accords EU")[0] == [("type", "agreement"), ("partner", "eu")]
        assert understood("agreements EU")[0] == [("type", "agreement"), ("partner", "eu")]


def test_drafts_are_nobody_to_visitors():
    assert understood("HID 2019", make.make_user())[0] == [("partner", "hidden"), ("year", 2019)]
    assert understood("HID 2019")[0] == [("year", 2019)]


def test_the_same_name_twice_means_either():
    for place in ("CL", "PE"):
        make.make_organization("Ministry of Justice", country=make.make_country(place), slug=f"justice-{place.lower()}")
    assert understood("ministry of justice 2019")[0] == [("partner", "justice-cl", "justice-pe"), ("year", 2019)]


def test_a_country_comes_before_an_organization_of_its_name():
    make.make_organization("Niger", slug="niger-state")
    (term,) = understand("niger", None).terms
    assert (term.kind, [one.slug for one in term.others]) == ("country", ["niger-state"])


def test_taking_a_term_out_leaves_the_rest():
    found = understand("EU Niger 2019", None)
    assert [found.without(term) for term in found.terms] == ["Niger 2019", "EU 2019", "EU Niger"]


def test_the_number_of_statements_is_fixed(django_assert_num_queries):
    for number in range(30):
        make.make_organization(f"Further office {number}", acronym=f"FO{number}")
    with django_assert_num_queries(4):  # the names; organizations with theirs; countries
        understand("EU Niger 2019", None)
    with django_assert_num_queries(4):
        understand("EU INTPA FO1 FO2 Niger 2019 2020", None)
