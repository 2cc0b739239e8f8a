"""Pages on paper: nothing to click, everything unfolded, black on white."""

import pytest

PAGES = [
    "/",
    "/organizations/eu/",
    "/agreements/unodc-fifa-mou/",
    "/projects/bmm-2/",
    "/stories/unodc-fifa-memorandum/",
    "/contributions/",
    "/network/?country=NE",
    "/ar/contributions/",
]
WAYS_ELSEWHERE = (
    ".masthead nav, .languages, .colophon, .filters, .facet, .chips, .orders, .downloads, .pager ol, .search"
)


@pytest.fixture
def paper(page):
    """A page of A4 as it is printed, by somebody whose screen is dark."""
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size({"width": 673, "height": 971})
    return page


@pytest.mark.parametrize("address", PAGES)
def test_paper_shows_no_navigation_and_all_that_is_folded_away(paper, address):
    paper.goto(address)
    assert [one for one in paper.locator(WAYS_ELSEWHERE).all() if one.is_visible()] == []
    tables = paper.locator("main details table").all()
    assert [one.evaluate("one => one.caption.textContent") for one in tables if not one.is_visible()] == []
    assert paper.evaluate("document.documentElement.scrollWidth") <= 673
    assert paper.evaluate("getComputedStyle(document.documentElement).color") == "rgb(0, 0, 0)"
    assert paper.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert paper.pdf(format="A4").startswith(b"%PDF-")


def test_links_in_the_text_have_their_addresses(paper):
    paper.goto("/projects/bmm-2/")
    after = "one => getComputedStyle(one, '::after').content"
    row, cite = paper.locator(".row .title a").first, paper.locator(".quoted cite a").first
    assert "/agreements/unodc-giz-funding-agreement/" in row.evaluate(after)
    assert "/stories/better-migration-management/" in cite.evaluate(after)


def test_a_picture_of_money_keeps_its_hatching(paper):
    paper.goto("/projects/bmm-2/")
    joint = paper.locator(".bar-joint").first
    assert joint.is_visible()
    assert joint.get_attribute("fill") == "url(#money-year-hatch)"
