"""Second factors as people use them: an app whose code the test computes, and a passkey of a virtual authenticator."""

import re

import pytest
from playwright.sync_api import expect

from tests.config.accounts.signing import code_of

from .accessibility import faults
from .conftest import sign_in

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def authenticator(page):
    """A fingerprint reader that Chromium takes for a real one."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    return devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})


def sign_out(page):
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_text("Thanks for spending")).to_be_visible()


def test_staff_set_up_an_app_and_sign_in_with_it(page, strict_site):
    page.goto(f"{strict_site}/admin/partnerships/agreement/")
    sign_in(page, "holder")
    page.wait_for_url(f"{strict_site}/accounts/factors/")
    expect(page.get_by_text("Set one up, then the desk opens.")).to_be_visible()
    page.get_by_role("link", name="Set up an app").click()
    secret = page.get_by_label("Key").input_value()
    expect(page.get_by_alt_text("The key as a picture for the app")).to_be_visible()
    page.get_by_label("Authenticator code").fill(code_of(secret))
    page.get_by_role("button", name="Use this app").click()
    codes = page.locator(".codes code").all_inner_texts()
    assert len(codes) == 10
    page.get_by_role("link", name="To the desk").click()
    expect(page.get_by_role("heading", name="To do today")).to_be_visible()
    sign_out(page)

    page.goto(f"{strict_site}/admin/")
    sign_in(page, "holder")
    expect(page.get_by_role("heading", name="Second factor")).to_be_visible()
    page.get_by_label("Code").fill("000000" if code_of(secret) != "000000" else "111111")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("Incorrect code.")).to_be_visible()
    page.get_by_label("Code").fill(code_of(secret))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{strict_site}/admin/")
    sign_out(page)

    page.goto(f"{strict_site}/admin/")
    sign_in(page, "holder")
    page.get_by_label("Code").fill(codes[0])
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{strict_site}/admin/")


def test_staff_add_a_passkey_and_sign_in_with_it_alone(page, strict_site, authenticator):
    page.goto(f"{strict_site}/admin/")
    sign_in(page, "finger")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Name").fill("Office key")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.get_by_role("link", name="To the desk").click()
    sign_out(page)

    # After the password, as a second factor.
    page.goto(f"{strict_site}/admin/")
    sign_in(page, "finger")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(f"{strict_site}/admin/")
    sign_out(page)

    # And alone, with the page that was asked for.
    page.goto(f"{strict_site}/admin/reminders/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{strict_site}/admin/reminders/")
    page.goto(f"{strict_site}/accounts/factors/")
    expect(page.locator(".kept")).to_contain_text(re.compile(r"Office key[\s\S]*last used"))
    page.get_by_role("link", name="Remove Office key").click()
    page.get_by_role("button", name="Remove the passkey").click()
    page.wait_for_url(f"{strict_site}/accounts/factors/")
    expect(page.get_by_text("Set one up, then the desk opens.")).to_be_visible()


OPEN = [
    "login/",
    "password/reset/",
    "password/reset/sent/",
    "password/reset/1-abc/",
    "inactive/",
    "elsewhere/cancelled/",
]
OWN = ["factors/", "factors/app/", "factors/passkeys/add/", "password/", "password/none/", "confirm/", "logout/"]


def look_over(page, addresses):
    """No page asks for what the policy forbids (says the fixture), and none is wider than a small phone."""
    page.set_viewport_size({"width": 320, "height": 640})
    for address in addresses:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address


def ask_axe(page, addresses):
    """No page shuts anybody out. What axe itself tries to style and to fetch on the way is refused."""
    page.expected_complaints = ("Applying inline style", "status of 404")
    for address in addresses:
        page.goto(address)
        assert faults(page) == [], address


@pytest.mark.parametrize("check", [look_over, ask_axe])
def test_the_pages_before_the_sign_in_are_for_everybody(page, strict_site, check):
    check(page, [f"{strict_site}/accounts/{one}" for one in OPEN])


@pytest.mark.parametrize("check", [look_over, ask_axe])
def test_the_pages_of_one_s_account_are_for_everybody(desk, site, check):
    check(desk, [f"{site}/accounts/{one}" for one in OWN] + [f"{site}/admin/tokens/"])


def test_staff_make_a_token_and_revoke_it(desk):
    desk.get_by_role("link", name="API tokens").first.click()
    desk.get_by_label("Name").fill("quarterly report")
    desk.get_by_role("button", name="Make the token").click()
    expect(desk.get_by_label("Token")).to_have_value(re.compile(r"concord_[0-9a-f]{12}_\w{43}"))
    desk.get_by_role("link", name="Your API tokens").click()
    desk.get_by_role("button", name="Revoke quarterly report").click()
    expect(desk.locator(".messagelist .success")).to_contain_text("opens nothing any more")
    expect(desk.get_by_role("row", name="quarterly report")).to_contain_text("revoked on")


def test_where_passkeys_cannot_be_had_the_page_says_so(page, site):
    page.goto(f"{site}/accounts/login/")
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    expect(page.get_by_text("Passkeys cannot be used here")).to_be_visible()
    expect(page.locator("#passkey-problem")).to_be_hidden()
