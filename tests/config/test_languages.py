"""The language of a page is in its address, and nowhere else."""

import re

import pytest
from django.conf import settings
from django.utils import translation

from api.reading import rendering
from partnerships.models import Agreement
from tests import factories as make
from tests.partnerships.world import make_world

pytestmark = pytest.mark.django_db

CODES = [code for code, _name in settings.LANGUAGES]
PREFIXES = {code: "" if code == "en" else f"/{code}" for code in CODES}


@pytest.mark.parametrize("code", CODES)
def test_the_address_says_the_language_and_the_direction(client, code):
    page = client.get(f"{PREFIXES[code]}/agreements/").content.decode()
    assert f'<html lang="{code}" dir="{"rtl" if code == "ar" else "ltr"}">' in page


@pytest.mark.parametrize("address", ["/agreements/", "/nowhere/"])
def test_neither_headers_nor_cookies_choose_it(client, address):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "fr"
    response = client.get(address, headers={"accept-language": "fr"})
    assert '<html lang="en"' in response.content.decode()
    assert "Accept-Language" not in response.headers.get("Vary", "")


@pytest.mark.parametrize(
    "address", ["/en/agreements/", "/de/agreements/", "/zh/agreements/", "/fr/api/v1/", "/fr/admin/", "/fr/healthz"]
)
def test_there_is_one_address_for_each_page(client, address):
    assert client.get(address).status_code == 404


def test_a_page_that_is_not_there_says_so_in_its_language(client):
    response = client.get("/fr/nowhere/")
    assert response.status_code == 404
    assert '<html lang="fr"' in response.content.decode()


def test_a_missing_slash_stays_in_the_language(client):
    assert client.get("/fr/agreements").headers["Location"] == "/fr/agreements/"


@pytest.mark.parametrize("here", CODES)
def test_every_page_leads_to_itself_in_the_other_languages(client, here):
    page = client.get(f"{PREFIXES[here]}/agreements/?year=2020&q=a%26b").content.decode()
    switch = page[page.index('class="languages') : page.index('class="masthead"')]
    found = re.findall(r'<a href="([^"]+)" hreflang="([^"]+)" lang="\2" dir="(\w+)"( aria-current="true")?>', switch)
    assert found == [
        (
            f"{PREFIXES[code]}/agreements/?year=2020&amp;q=a%26b",
            code,
            "rtl" if code == "ar" else "ltr",
            ' aria-current="true"' if code == here else "",
        )
        for code in CODES
    ]


def test_search_engines_are_told_of_all_versions(client):
    page = client.get("/es/stories/").content.decode()
    found = re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', page)
    wanted = {(code, f"http://testserver{PREFIXES[code]}/stories/") for code in CODES}
    assert set(found) == wanted | {("x-default", "http://testserver/stories/")}
    assert 'rel="alternate"' not in client.get("/es/nowhere/").content.decode()


def test_links_stay_in_the_language(client):
    world = make_world(1)
    page = client.get(f"/ar{world.agreement.get_absolute_url()}").content.decode()
    addresses = {
        one for one in re.findall(r'href="(/[^"]*)"', page) if not one.startswith(("/static/", "/api/", "/admin/"))
    }
    versions = {f"{PREFIXES[code]}{world.agreement.get_absolute_url()}" for code in CODES}
    assert {one for one in addresses - versions if not one.startswith("/ar/")} == set()


def test_the_api_and_the_desk_have_one_language(client):
    world = make_world(1)
    before = client.get(f"/api/v1{world.agreement.get_absolute_url()}").content
    client.get("/ar/agreements/")
    after = client.get(f"/api/v1{world.agreement.get_absolute_url()}", headers={"accept-language": "ar"})
    assert after.content == before
    assert '<html lang="en"' in client.get("/accounts/login/").content.decode()


def test_a_card_never_takes_the_language_of_a_page():
    world = make_world(1)
    ids = [world.agreement.pk]
    for form in (0, 1):
        english = rendering.render(Agreement, form, ids)
        with translation.override("ar"):
            assert rendering.render(Agreement, form, ids) == english


def test_the_language_is_put_back_after_a_request(client):
    client.get("/fr/")
    assert translation.get_language() == "en"


def test_what_somebody_wrote_is_marked_where_the_page_has_another_language(client):
    make.make_agreement("Memorandum on harbours")
    assert '<span lang="en" dir="ltr">Memorandum on harbours</span>' in client.get("/ar/agreements/").content.decode()
    assert ">Memorandum on harbours</a>" in client.get("/agreements/").content.decode()


def test_robots_are_kept_from_what_a_search_finds_in_every_language(client):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert {f"Disallow: {PREFIXES[code]}/search/?" for code in CODES} <= set(lines)
    assert {f"Disallow: {PREFIXES[code]}/search/names/" for code in CODES} <= set(lines)
    assert not any(line.endswith("/search/") for line in lines)


def test_places_are_listed_in_the_alphabet_of_the_page(client):
    for code, name, french in (("DE", "Germany", "Allemagne"), ("EG", "Egypt", "Égypte"), ("FR", "France", "France")):
        country = make.make_country(code, name)
        type(country).objects.filter(pk=country.pk).update(name_fr=french)
    names = [country.name for country in client.get("/countries/").context["records"]]
    assert names == ["Egypt", "France", "Germany"]
    assert [country.slug for country in client.get("/fr/countries/").context["records"]] == [
        "germany",
        "egypt",
        "france",
    ]


@pytest.mark.parametrize(
    ("code", "colon"), [("", "Year:"), ("fr/", "Année\u00a0:"), ("ar/", "العام:"), ("zh-hans/", "年份：")]
)
def test_a_filter_has_the_colon_of_the_language(client, code, colon):
    page = client.get(f"/{code}search/?year=2019").content.decode()
    assert f'<span class="chip-label">{colon}</span>' in page
