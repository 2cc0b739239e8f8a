"""Where it is required, whoever works at the desk has a second factor, and until then is a visitor everywhere."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth import SESSION_KEY
from django.test import Client

from tests.factories import make_organization, make_user

from .signing import APP, CODES, DESK, FACTORS, SECOND, code_of, problems, set_up_app, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _required(settings):
    settings.REQUIRE_SECOND_FACTOR = True


@pytest.fixture
def ada():
    return make_user("ada", is_superuser=True, email="ada@example.org")


@pytest.fixture
def unproved(client, ada):
    sign_in(client, "ada")
    return client


@pytest.fixture
def secret(unproved):
    return set_up_app(unproved)


def next_code(secret):
    """A code that was not used yet, within what the clock of a telephone may be wrong."""
    return code_of(secret, time.time() + 30)


@pytest.mark.parametrize(
    "address", ["", "partnerships/agreement/", "tokens/", "reminders/", "auth/user/", "password_change/", "jsi18n/"]
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_nothing_at_the_desk_comes_before_setting_one_up(unproved, address, method):
    answer = getattr(unproved, method)(DESK + address)
    assert (answer.status_code, answer["Location"]) == (302, FACTORS)


def test_the_api_and_the_pages_answer_as_they_answer_visitors(unproved):
    make_organization("Draft", state="draft"), make_organization("Public")
    for address in (
        "/api/v1/organizations/",
        "/api/v1/organizations/draft/",
        "/api/v1/changes/",
        "/api/v1/search/?q=draft",
    ):
        mine, visitors = unproved.get(address), Client().get(address)
        assert (mine.status_code, mine.content) == (visitors.status_code, visitors.content)
    assert unproved.get("/organizations/draft/").status_code == 404
    assert "Draft" not in unproved.get("/organizations/").content.decode()


def test_the_page_says_why_and_leads_nowhere_but_to_the_factors(unproved):
    page = unproved.get(FACTORS).content.decode()
    assert "Set one up, then the desk opens." in page
    assert 'href="/admin/partnerships' not in page
    assert f'href="{APP}"' in page


def test_an_app_opens_the_desk_and_is_asked_for_next_time(unproved, secret):
    assert unproved.get(DESK).status_code == 200
    again = Client()
    assert sign_in(again, "ada")["Location"] == SECOND
    assert again.get(DESK).status_code == 302
    assert SESSION_KEY not in again.session
    assert problems(again.post(SECOND, {"code": "000000"})) == ["Incorrect code."]
    assert again.post(SECOND, {"code": next_code(secret)})["Location"] == DESK
    assert again.get(DESK).status_code == 200


def test_a_code_opens_once(secret):
    code = next_code(secret)
    for expected in (302, 200):
        client = Client()
        sign_in(client, "ada")
        assert client.post(SECOND, {"code": code}).status_code == expected


def test_codes_are_guessed_five_times_at_most(secret, monkeypatch):
    client = Client()
    sign_in(client, "ada")
    said = [problems(client.post(SECOND, {"code": f"{number:06}"})) for number in range(6)]
    assert said == 5 * [["Incorrect code."]] + [["Too many failed login attempts. Try again later."]]
    assert problems(client.post(SECOND, {"code": next_code(secret)})) == [
        "Too many failed login attempts. Try again later."
    ]


def test_each_recovery_code_opens_once(unproved, secret):
    codes = unproved.get(CODES).context["unused_codes"]
    assert len(set(codes)) == 10
    assert unproved.get(f"{CODES}download/").content.decode().split() == codes
    for expected in (302, 200):
        client = Client()
        sign_in(client, "ada")
        assert client.post(SECOND, {"code": codes[0]}).status_code == expected
    assert unproved.get(CODES).context["unused_codes"] == codes[1:]


def test_new_codes_end_the_old_ones(unproved, secret):
    codes = unproved.get(CODES).context["unused_codes"]
    unproved.post(f"{CODES}new/")
    assert not set(codes) & set(unproved.get(CODES).context["unused_codes"])


def test_a_session_with_the_password_alone_ends_when_the_owner_sets_one_up(ada):
    """Whoever knows only the password must not add a factor of their own beside the owner's."""
    thief, owner = Client(), Client()
    sign_in(thief, "ada"), sign_in(owner, "ada")
    set_up_app(owner)
    assert thief.get("/accounts/factors/passkeys/add/").status_code == 302
    assert SESSION_KEY not in thief.session
    assert owner.get(DESK).status_code == 200


def test_without_its_last_factor_the_desk_is_closed_again(unproved, secret, ada):
    assert unproved.post("/accounts/factors/app/remove/")["Location"] == FACTORS
    assert not Authenticator.objects.exists()
    assert unproved.get(DESK)["Location"] == FACTORS


def test_the_factors_are_changed_only_after_showing_once_more_who_one_is(unproved, secret, monkeypatch):
    later = time.time() + 600
    monkeypatch.setattr(time, "time", lambda: later)
    for address in (CODES, f"{CODES}new/", f"{APP}remove/", "/accounts/factors/passkeys/add/"):
        assert unproved.get(address)["Location"].startswith("/accounts/confirm/?next="), address
    answer = unproved.post(f"/accounts/confirm/?next={CODES}", {"password": "a-long-password", "next": CODES})
    assert answer["Location"] == CODES
    assert unproved.get(CODES).status_code == 200


def test_a_person_who_does_not_work_at_the_desk_needs_none(client):
    client.force_login(make_user("analyst", is_staff=False))
    assert client.get("/organizations/").status_code == 200
    assert client.get(FACTORS).status_code == 200


def test_where_it_is_not_required_the_desk_is_open(unproved, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    assert unproved.get(DESK).status_code == 200


def test_one_can_sign_out_without_a_factor(unproved):
    assert unproved.post("/admin/logout/").status_code == 200
    assert SESSION_KEY not in unproved.session


def test_secrets_are_kept_encrypted_and_another_key_opens_nothing(unproved, secret, ada, settings):
    kept = Authenticator.objects.get(type="totp")
    assert secret not in str(kept.data)
    assert kept.wrap().validate_code(next_code(secret))
    seed = Authenticator.objects.get(type="recovery_codes")
    codes = seed.wrap().generate_codes()
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another key " * 5
    assert seed.wrap().generate_codes() != codes
    assert not kept.wrap().validate_code(code_of(secret))
    assert totp.format_hotp_value(totp.hotp_value(totp.generate_totp_secret(), 1)).isdigit()
    settings.SECRET_KEY_FALLBACKS = [old]
    assert seed.wrap().generate_codes() == codes


def test_a_request_without_a_session_costs_no_query(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/robots.txt")


def test_a_proved_session_costs_one_query(unproved, secret, settings, django_assert_num_queries):
    unproved.get("/.well-known/security.txt")
    with django_assert_num_queries(3):  # session, user, factor
        unproved.get("/.well-known/security.txt")
