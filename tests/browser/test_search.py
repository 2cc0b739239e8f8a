"""The suggestions below the search box, by keyboard and pointer, and the form without them."""

from playwright.sync_api import expect


def test_names_are_chosen_by_keyboard(page):
    page.goto("/search/")
    box = page.get_by_role("combobox", name="Search the register")
    box.press_sequentially("unodc")
    first = page.get_by_role("option").first
    expect(first).to_contain_text("United Nations Office on Drugs and Crime")
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == first.get_attribute("id")
    box.press("Enter")
    page.wait_for_url("**/organizations/unodc/")


def test_escape_closes_and_enter_searches(page):
    page.goto("/")
    box = page.get_by_role("combobox", name="Search the register")
    box.press_sequentially("fifa")
    expect(page.get_by_role("option").first).to_be_visible()
    box.press("Escape")
    expect(page.get_by_role("option").first).to_be_hidden()
    expect(box).to_have_value("fifa")
    box.press("Enter")
    page.wait_for_url("**/search/?q=fifa")


def test_a_name_is_chosen_by_pointer(page):
    page.goto("/search/")
    page.get_by_role("combobox").press_sequentially("sahel")
    page.get_by_role("option", name="Sahel Region", exact=True).click()
    page.wait_for_url("**/regions/sahel/")


def test_without_scripts_the_form_searches(browser, base_url):
    context = browser.new_context(java_script_enabled=False, base_url=base_url)
    page = context.new_page()
    page.goto("/")
    page.fill("#q", "EU 2019")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("Understood as")).to_be_visible()
    context.close()
