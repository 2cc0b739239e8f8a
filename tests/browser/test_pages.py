"""The public pages as people see them: in light and dark, on a wide screen and on a telephone."""

import re
from urllib.parse import urlsplit

import pytest

from .accessibility import faults

# One of each kind of page.
PAGES = [
    "/",
    "/organizations/",
    "/organizations/unodc/",
    "/agreements/",
    "/agreements/?partner=fifa",
    "/agreements/unodc-fifa-mou/",
    "/projects/",
    "/projects/?country=NE",
    "/projects/bmm-2/",
    "/funders/",
    "/funders/giz/",
    "/contributions/",
    "/indicators/",
    "/indicators/niger-pre-trial-detainees/",
    "/events/",
    "/people/",
    "/people/ghada-waly/",
    "/stories/",
    "/stories/unodc-fifa-memorandum/",
    "/stories/nelson-mandela-day-central-asia/",
    "/countries/",
    "/countries/niger/",
    "/regions/",
    "/regions/sahel/",
    "/network/",
    "/network/?country=NE&through=projects",
    "/search/?q=prison",
    "/agreements/?partner=nobody-at-all",
    "/nothing-here/",
]


def refuse_quietly(page, address):
    """Go there; the browser's console names a 400 or 404 as an error, which these two addresses are meant to be."""
    page.expected_complaints = ("status of 400", "status of 404")
    return page.goto(address)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_accessible_and_fits_a_narrow_screen(page, address):
    refuse_quietly(page, address)
    assert faults(page, best_practice=True) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_home_leads_to_what_it_counts(page, api):
    page.goto("/")
    figures = {
        link.get_attribute("href"): int(re.sub(r"\D", "", link.inner_text()))
        for link in page.locator("main .figures a").all()
    }
    nouns = {"/stories/": "news"}
    assert set(figures) >= {"/organizations/", "/agreements/", "/projects/", "/funders/", "/stories/"}
    for address, figure in figures.items():
        noun = nouns.get(address, address.strip("/"))
        assert api(f"{noun}/?count=true&page_size=1")["count"] == figure, address


def test_an_agreement_tells_its_whole_story(page):
    page.goto("/agreements/unodc-fifa-mou/")
    text = page.locator("main").inner_text()
    for fact in ("In force since 14 September 2020", "Ghada Waly", "Gianni Infantino", "Vienna"):
        assert fact in text
    assert page.locator("main .areas li").count() == 5
    quotation = page.locator("main blockquote").first
    assert "signed a Memorandum of Understanding" in quotation.inner_text()
    page.locator("main .spread").get_by_role("link", name="UNODC and FIFA partner to kick out corruption").first.click()
    assert page.url.endswith("/stories/unodc-fifa-memorandum/")


def test_a_visitor_filters_and_takes_the_filter_back(page, api):
    page.goto("/agreements/")
    page.get_by_text("Other filters").click()
    page.get_by_label("Partner").fill("fifa")
    page.get_by_role("button", name="Show").last.click()
    assert [
        link.get_attribute("href")
        for link in page.locator("main .rows .title a, main .spread .ledger th[scope=row] > a").all()
    ] == ["/agreements/unodc-fifa-mou/"]
    page.locator("main .chips a").first.click()
    assert page.locator("main .rows > li").count() == min(25, api("agreements/?count=true")["count"])


def test_a_visitor_narrows_the_list_by_the_rail(page, api):
    page.goto("/projects/")
    page.locator(".facet a", has_text="Niger").first.click()
    count = api("projects/?country=NE&count=true")["count"]
    assert page.locator("main .sentence").inner_text().startswith(f"{count} project")
    page.locator(".facet .chosen").click()
    assert page.url.endswith("/projects/?")


def test_a_misspelt_filter_is_answered_with_the_right_one(page):
    refuse_quietly(page, "/stories/?yaer=2020")
    assert "yaer" in page.locator("main").inner_text()
    page.get_by_role("link", name="year").first.click()
    assert page.url.endswith("/stories/?year=2020")


@pytest.mark.parametrize(
    ("page_address", "question"),
    [
        ("/agreements/?partner=unv&year=2019", "agreements/?partner=unv&year=2019"),
        ("/projects/?partner=eu", "projects/?partner=eu"),
        ("/projects/?country=NE", "projects/?country=NE"),
        ("/contributions/?funder=giz", "contributions/?funder=giz"),
        ("/stories/?year=2020&country=KG", "news/?year=2020&country=KG"),
        ("/stories/?country=LB", "news/?country=LB"),
        ("/organizations/?partner=fifa", "organizations/?partner=fifa"),
        ("/events/?year=2019", "events/?year=2019"),
        ("/people/?partner=eu", "people/?partner=eu"),
    ],
)
def test_page_and_api_show_the_same_records(page, api, page_address, question):
    answer = api(f"{question}&count=true&page_size=100")
    page.goto(page_address)
    rows = page.locator("main .rows .title a, main .spread .ledger th[scope=row] > a").all()
    addresses = [urlsplit(record["page_url"]).path for record in answer["results"]]
    assert [row.get_attribute("href") for row in rows] == addresses[:25]
    assert page.locator("main .sentence").inner_text().startswith(f"{answer['count']} ")
