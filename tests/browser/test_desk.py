"""The desk as staff use it, under the strict Content Security Policy."""

import pytest
from playwright.sync_api import expect

from .conftest import PASSWORD, sign_in

LISTS = ["agreement", "organization", "project", "contribution", "funder", "event", "person", "indicator"]


def test_a_wrong_password_is_refused(page):
    page.goto("/admin/")
    sign_in(page, password=PASSWORD + "x")
    expect(page.locator("#login-form .errornote")).to_be_visible()


def test_staff_change_an_organization_and_see_who_did(desk):
    desk.goto("/admin/partnerships/organization/?q=fifa")
    desk.get_by_role("link", name="Fédération Internationale de Football Association").first.click()
    desk.fill("#id_description", "World football's governing body, seen at the desk.")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.locator(".messagelist .success")).to_be_visible()
    desk.get_by_role("link", name="History").first.click()
    expect(desk.locator("#content")).to_contain_text("seen at the desk")
    expect(desk.locator("#content")).to_contain_text("desk")
    desk.goto("/organizations/fifa/")
    expect(desk.locator("main")).to_contain_text("seen at the desk")


def test_staff_make_an_agreement(desk):
    desk.goto("/admin/partnerships/agreement/add/")
    desk.fill("#id_title", "Exchange of letters on archives")
    desk.select_option("#id_kind", "letters")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.locator(".messagelist .success")).to_be_visible()
    desk.goto("/agreements/exchange-of-letters-on-archives/")
    assert "Exchange of letters on archives" in desk.locator("h1").inner_text()
    # It is a draft: a visitor sees nothing of it.
    desk.expected_complaints = ("status of 404",)
    desk.context.clear_cookies()
    assert desk.goto("/agreements/exchange-of-letters-on-archives/").status == 404


def test_staff_pick_a_partner_by_its_acronym(desk):
    desk.goto("/admin/partnerships/organization/add/")
    desk.locator(".field-parent .select2-selection").click()
    desk.keyboard.type("unodc")
    option = desk.locator(".select2-results__option", has_text="United Nations Office on Drugs and Crime").first
    option.click()
    expect(desk.locator(".field-parent .select2-selection")).to_contain_text("United Nations Office on Drugs and Crime")


def test_staff_choose_their_reminders(desk):
    desk.get_by_role("link", name="Reminders").click()
    desk.get_by_label("Days before").first.fill("60, 14")
    desk.get_by_label("Saturday").check()
    desk.get_by_label("Language").select_option("Français")
    desk.get_by_role("button", name="Save").click()
    expect(desk.locator(".messagelist .success")).to_be_visible()
    expect(desk.get_by_label("Days before").first).to_have_value("60, 14")
    expect(desk.get_by_label("Saturday")).to_be_checked()


@pytest.mark.parametrize("noun", LISTS)
def test_lists_and_forms_need_nothing_that_the_policy_forbids(desk, noun):
    desk.goto(f"/admin/partnerships/{noun}/")
    desk.locator("#result_list tbody th a").first.click()
    expect(desk.locator(".submit-row").first).to_be_visible()
