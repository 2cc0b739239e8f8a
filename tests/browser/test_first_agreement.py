"""A new editor brings a memorandum in from nothing, a publisher lets it go out: in Chromium, under the strict policy.

An interaction is a click, a field that is filled, a choice from a list, a file that is picked, a suggestion that is taken.
"""

from playwright.sync_api import expect

from .conftest import sign_in

TITLE = "Memorandum of understanding on sport against crime"
AREAS = ["Sport for young people", "Integrity in sport", "Coaches and life skills", "Safe stadiums", "Joint research"]
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


class Hands:
    """What somebody does at a page, counted."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def click(self, target):
        self.count += 1
        target.click()

    def fill(self, selector, text):
        self.count += 1
        self.page.fill(selector, text)

    def select(self, selector, **wanted):
        self.count += 1
        self.page.select_option(selector, **wanted)

    def attach(self, selector, **file):
        self.count += 1
        self.page.set_input_files(selector, file)

    def suggest(self, field, text, expected):
        """Open a box, type, and take the first suggestion."""
        self.click(self.page.locator(f"#id_{field} + .select2-container .select2-selection"))
        self.page.keyboard.type(text)
        first = self.page.locator(".select2-results__option--highlighted")
        expect(first).to_contain_text(expected)
        self.count += 1
        self.page.keyboard.press("Enter")


def test_a_memorandum_from_nothing_to_the_public(page, browser, base_url, api):
    page.goto("/admin/")
    sign_in(page, "editor")
    page.wait_for_url("**/admin/")
    hands = Hands(page)
    hands.click(page.locator(".model-agreement .addlink"))
    hands.fill("#id_title", TITLE)
    hands.select("#id_kind", value="mou")
    hands.fill("#id_signed", "2026-11-20")
    for number, (who, name, person, full) in enumerate(
        [
            ("unodc", "United Nations Office on Drugs and Crime", "waly", "Ghada Waly"),
            ("fifa", "Fédération Internationale de Football Association", "infantino", "Gianni Infantino"),
        ]
    ):
        hands.suggest(f"parties-{number}-organization", who, name)
        hands.suggest(f"signatures-{number}-organization", who, name)
        hands.suggest(f"signatures-{number}-person", person, full)
        hands.fill(f"#id_signatures-{number}-signed", "2026-11-20")
    for number, area in enumerate(AREAS):
        if not page.locator(f"#id_areas-{number}-text").count():
            hands.click(page.locator("#areas-group .add-row a"))
        hands.fill(f"#id_areas-{number}-text", area)
    hands.click(page.locator("#files-group .add-row a"))
    hands.fill("#id_files-0-title", "The signed memorandum")
    hands.select("#id_files-0-category", label="Memorandum of understanding, agreed by all parties")
    hands.attach("#id_files-0-file", name="signed.pdf", mimeType="application/pdf", buffer=PDF)
    hands.click(page.locator("#id_files-0-public"))
    hands.click(page.locator("#evidence-group .add-row a"))
    hands.suggest("evidence-0-story", "kick out corruption", "UNODC and FIFA partner")
    hands.select("#id_evidence-0-claim", value="signed")
    hands.fill("#id_evidence-0-excerpt", "today signed a Memorandum of Understanding")
    hands.click(page.locator("#id_state input[value=in_review]"))
    hands.click(page.get_by_role("button", name="Save", exact=True))
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert hands.count < 40
    record = page.url

    context = browser.new_context(base_url=base_url)
    publisher = context.new_page()
    complaints = []
    publisher.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    publisher.goto("/admin/")
    sign_in(publisher, "publisher")
    publisher.wait_for_url("**/admin/")
    publisher.goto(record.replace("change/", "review/"))
    for words in (TITLE, "Gianni Infantino", "The signed memorandum", *AREAS):
        expect(publisher.locator("#content")).to_contain_text(words)
    publisher.get_by_role("button", name="Publish", exact=True).click()
    expect(publisher.locator(".messagelist .success")).to_contain_text("is published")
    assert complaints == []
    context.close()

    visitor = browser.new_context(base_url=base_url).new_page()
    visitor.goto("/agreements/")
    visitor.get_by_role("link", name=TITLE).click()
    for words in ("Ghada Waly", "Gianni Infantino", "The signed memorandum", *AREAS):
        expect(visitor.locator("main")).to_contain_text(words)
    [found] = api("agreements/?signed_on=2026-11-20")["results"]
    assert found["display"] == TITLE
    whole = api(f"agreements/{found['slug']}/")
    assert whole["areas"] == AREAS
    assert {party["organization"]["slug"] for party in whole["parties"]} == {"unodc", "fifa"}
    [document] = whole["files"]
    assert (document["title"], document["size"]) == ("The signed memorandum", len(PDF))
    context = visitor.context
    context.close()
