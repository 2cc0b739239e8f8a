"""The public pages in the other official languages of the United Nations, as people see and hear them."""

import pytest

from .accessibility import faults
from .test_pages import PAGES, refuse_quietly

LANGUAGES = {"ar": "rtl", "zh-hans": "ltr", "fr": "ltr", "ru": "ltr", "es": "ltr"}
OTHER_LETTERS = ("ar", "zh-hans", "ru")
NARROW, WIDE = {"width": 320, "height": 640}, {"width": 1280, "height": 720}

# Words in Latin letters that a reader by ear would be told are in the language of the page. Names that are written at the
# desk are marked as English; acronyms, codes and addresses belong to every language.
LEFT_IN_LATIN = """() => {
    const page = document.documentElement.lang, found = new Set();
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const text = texts.currentNode.data.trim(), parent = texts.currentNode.parentElement;
        // The title of a point in a drawing says its day in the language of the page, and the story's name as it is.
        if (parent.closest("script, style, code, option, svg title") || parent.closest("[lang]").lang !== page) continue;
        if (!/\\s/.test(text) && /[./]/.test(text)) continue;
        const said = text.replaceAll("Concord", "").replace(/[“«].*?[”»]/g, "");  // what was asked is quoted
        if (/[A-Za-z][a-z]{2,}/.test(said)) found.add(text);
    }
    return [...found];
}"""


def address_in(language, address):
    return f"/{language}{address}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_speaks_its_language_in_its_direction_on_any_screen(page, language):
    page.set_viewport_size(NARROW)
    for address in PAGES:
        refuse_quietly(page, address_in(language, address))
        root = page.evaluate("[document.documentElement.lang, document.documentElement.dir]")
        assert root == [language, LANGUAGES[language]], address
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
        if language in OTHER_LETTERS:
            assert page.evaluate(LEFT_IN_LATIN) == [], address
        if LANGUAGES[language] == "rtl":
            page.set_viewport_size(WIDE)
            assert faults(page, best_practice=True, contrast=False) == [], address
            page.set_viewport_size(NARROW)


@pytest.mark.parametrize(
    "address", ["/", "/agreements/unodc-fifa-mou/", "/contributions/", "/people/ghada-waly/", "/search/?q=prison"]
)
@pytest.mark.parametrize("language", ["ru", "zh-hans"])
def test_a_page_is_accessible_in_its_language(page, language, address):
    page.goto(address_in(language, address))
    assert faults(page, best_practice=True, contrast=False) == []


def test_the_switch_leads_to_the_same_page_in_every_language(page):
    page.goto("/agreements/?partner=fifa")
    for language in LANGUAGES:
        page.click(f'.languages a[lang="{language}"]')
        page.wait_for_url(f"**/{language}/agreements/?partner=fifa")
        assert page.locator(".languages [aria-current]").get_attribute("lang") == language
    page.click('.languages a[lang="en"]')
    page.wait_for_url("**/agreements/?partner=fifa")
    assert page.locator("html").get_attribute("lang") == "en"


def test_words_stand_on_the_right_in_arabic(page):
    page.goto("/ar/agreements/")
    wordmark, first = page.locator(".wordmark").bounding_box(), page.locator(".row .margin").first.bounding_box()
    title = page.locator(".row .title").first.bounding_box()
    assert wordmark["x"] > page.viewport_size["width"] / 2
    assert first["x"] > title["x"]
