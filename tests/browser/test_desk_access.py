"""The desk for those who do not see it or do not use a mouse: axe on each kind of page, and the keys."""

import re

import pytest
from playwright.sync_api import expect

from . import accessibility
from .conftest import sign_in

NOUNS = ["partnerships/agreement", "partnerships/organization", "stories/newsitem"]
PAGES = [
    "/admin/",
    "/admin/duplicates/",
    "/admin/jump/?q=unodc",
    "/admin/partnerships/agreement/add/",
    "/admin/partnerships/binnedrecord/",
    "/admin/partnerships/event/import/",
    "/admin/partnerships/failedimport/",
    "/admin/partnerships/scheduledmove/",
    "/admin/reminders/",
    "/admin/stories/proposal/",
    "/admin/tokens/",
    *(f"/admin/{noun}/" for noun in NOUNS),
]


def faults(page):
    """What axe finds serious or critical. What axe itself tries to style and to fetch on the way is refused."""
    page.expected_complaints = (*getattr(page, "expected_complaints", ()), "Applying inline style", "status of 404")
    return accessibility.faults(page, impacts=("serious", "critical"))


def record_page(desk, noun, search, view):
    """Open a page of the first record that the list finds."""
    desk.goto(f"/admin/{noun}/?q={search}")
    address = desk.locator("#result_list tbody th a").first.get_attribute("href").split("?")[0]
    desk.goto(address.replace("change/", f"{view}/"))


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_accessible(desk, address):
    desk.goto(address)
    assert faults(desk) == []


@pytest.mark.parametrize("view", ["change", "history", "delete", "merge"])
@pytest.mark.parametrize("noun", NOUNS)
def test_a_records_pages_are_accessible(desk, noun, view):
    if view == "merge" and noun != "partnerships/organization":
        pytest.skip("Only organizations, funders and people are merged.")
    record_page(desk, noun, "fifa", view)
    assert faults(desk) == []


def test_two_changes_and_the_way_back_are_accessible(desk):
    record_page(desk, "partnerships/person", "waly", "change")
    other = desk.context.new_page()
    other.goto(desk.url)
    other.fill("#id_name", "Ghada Waly again")
    other.get_by_role("button", name="Save", exact=True).click()
    expect(other.locator(".messagelist .success")).to_be_visible()
    desk.expected_complaints = ("status of 409",)
    desk.fill("#id_name", "Ghada F. Waly")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.locator("h1")).to_have_text("Two changes to one record")
    assert faults(desk) == []
    desk.get_by_role("radio").last.check()
    desk.get_by_role("button", name="Save both together").click()
    expect(desk.locator(".messagelist .success")).to_have_text("Both changes are in the record.")
    expect(desk.locator("#id_name")).to_have_value("Ghada F. Waly")
    desk.goto(desk.url.replace("change/", "history/"))
    desk.get_by_role("link", name="Restore this version").first.click()
    assert faults(desk) == []
    desk.get_by_role("button", name="Restore").click()
    expect(desk.locator("#id_name")).to_have_value("Ghada Waly again")


def test_reviews_schedules_and_previews_are_accessible(desk):
    for view in ("review", "schedule", "preview"):
        record_page(desk, "partnerships/event", "mandela", view)
        assert faults(desk) == [], view


def test_proposals_are_accessible(desk, browser, base_url):
    context = browser.new_context(base_url=base_url)
    editor = context.new_page()
    editor.goto("/admin/")
    sign_in(editor, "editor")
    editor.wait_for_url("**/admin/")
    record_page(editor, "partnerships/event", "mandela", "change")
    record = editor.url
    editor.fill("#id_place", "Vienna International Centre")
    editor.fill("#proposal_comment", "As the invitation says.")
    editor.get_by_role("button", name="Propose this change").click()
    expect(editor.locator("#content")).to_contain_text("Vienna International Centre")
    assert faults(editor) == []
    proposal = editor.url
    context.close()
    desk.goto(record)
    desk.fill("#id_place", "Vienna")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.locator(".messagelist .success")).to_be_visible()
    desk.goto("/admin/partnerships/proposedchange/")
    assert faults(desk) == []
    desk.goto(proposal)
    assert faults(desk) == []
    desk.get_by_role("radio", name="Vienna International Centre").check()
    desk.get_by_role("button", name="Accept").click()
    expect(desk.locator(".messagelist .success")).to_have_text("The record says now what was proposed.")
    desk.goto(record)
    expect(desk.locator("#id_place")).to_have_value("Vienna International Centre")


def test_the_keys(desk):
    desk.keyboard.press("?")
    expect(desk.get_by_role("dialog")).to_be_visible()
    assert faults(desk) == []
    desk.keyboard.press("Escape")
    desk.keyboard.press("/")
    expect(desk.locator("#jump-to")).to_be_focused()
    desk.keyboard.type("fifa")
    expect(desk.get_by_role("option").first).to_contain_text("FIFA")
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("Enter")
    desk.wait_for_url(re.compile("/change/$"))
    desk.fill("#id_website", "https://www.example.org/football")
    desk.keyboard.press("Control+s")
    expect(desk.locator(".messagelist .success")).to_be_visible()


def test_unsaved_work_is_asked_about(desk):
    record_page(desk, "partnerships/person", "infantino", "change")
    asked = []
    desk.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    desk.goto("/admin/")
    assert asked == []
    record_page(desk, "partnerships/person", "infantino", "change")
    desk.fill("#id_honorific", "Mr")
    desk.goto("/admin/")
    assert asked == ["beforeunload"]


def test_who_else_has_the_record_open(desk, browser, base_url):
    record_page(desk, "partnerships/person", "infantino", "change")
    context = browser.new_context(base_url=base_url)
    other = context.new_page()
    other.goto("/admin/")
    sign_in(other, "colleague")
    other.wait_for_url("**/admin/")
    other.goto(desk.url)
    expect(other.locator("#presence")).to_contain_text("has this record open, too")
    context.close()
