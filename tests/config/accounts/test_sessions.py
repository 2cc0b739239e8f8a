"""Sessions end: twelve hours after the sign-in, after three hours of rest, and with the password."""

import time

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.test import Client

from config.accounts import sessions
from tests.factories import make_organization, make_user

from .signing import DESK, PASSWORD, sign_in

HOUR = 3600


@pytest.fixture
def clock(monkeypatch):
    """`clock(hours)` moves the time on."""
    start, passed = time.time(), [0]
    monkeypatch.setattr(sessions.time, "time", lambda: start + passed[0])

    def move(hours):
        passed[0] += hours * HOUR

    return move


@pytest.fixture
def signed_in(client, clock, db):
    make_user("ada", is_superuser=True)
    sign_in(client, "ada")
    return client


def test_three_hours_without_a_request_end_it(signed_in, clock):
    clock(2.99)
    assert signed_in.get(DESK).status_code == 200
    clock(3.01)
    assert signed_in.get(DESK)["Location"] == "/admin/login/?next=/admin/"
    assert SESSION_KEY not in signed_in.session


def test_twelve_hours_end_it_however_busy_it_was(signed_in, clock):
    answers = []
    for _hour in range(13):
        answers.append(signed_in.get(DESK).status_code)
        clock(1)
    assert answers == 12 * [200] + [302]


def test_the_api_too_forgets_who_it_was(signed_in, clock):
    make_organization("Draft", state="draft")
    assert len(signed_in.get("/api/v1/organizations/").json()["results"]) == 1
    clock(4)
    assert signed_in.get("/api/v1/organizations/").json()["results"] == []


def test_the_limits_are_settings(signed_in, clock, settings):
    settings.SESSION_IDLE_AGE = 60
    clock(0.02)
    assert signed_in.get(DESK).status_code == 302


def test_a_session_that_does_not_say_since_when_it_lasts_is_over(signed_in):
    session = signed_in.session
    del session[sessions.BEGAN]
    session.save()
    assert signed_in.get(DESK).status_code == 302


def test_an_old_session_is_gone_from_the_database(signed_in, clock):
    key = signed_in.session.session_key
    clock(13)
    signed_in.get(DESK)
    assert not Session.objects.filter(session_key=key).exists()


def test_use_is_noted_once_a_minute(signed_in, clock):
    first = signed_in.session[sessions.SEEN]
    clock(0.01)
    signed_in.get(DESK)
    assert signed_in.session[sessions.SEEN] == first
    clock(0.01)
    signed_in.get(DESK)
    assert signed_in.session[sessions.SEEN] == pytest.approx(first + 72)


def test_a_new_password_ends_every_other_session(signed_in):
    other = Client()
    sign_in(other, "ada")
    new = {"oldpassword": PASSWORD, "password1": "quite-another-one", "password2": "quite-another-one"}
    assert signed_in.post("/accounts/password/", new).status_code == 302
    assert signed_in.get(DESK).status_code == 200
    assert other.get(DESK).status_code == 302


def test_a_password_that_an_administrator_gives_ends_the_session_of_its_owner(signed_in, client):
    owner = make_user("owner")
    other = Client()
    sign_in(other, "owner")
    assert other.get(DESK).status_code == 200
    new = {"password1": "quite-another-one", "password2": "quite-another-one", "usable_password": "true"}
    assert signed_in.post(f"/admin/auth/user/{owner.pk}/password/", new).status_code == 302
    assert other.get(DESK).status_code == 302


def test_the_old_password_is_asked_for_and_a_weak_one_refused(signed_in):
    for old, new in (("wrong", "quite-another-one"), (PASSWORD, "short"), (PASSWORD, "123456789012")):
        data = {"oldpassword": old, "password1": new, "password2": new}
        assert signed_in.post("/accounts/password/", data).status_code == 200
    assert sign_in(Client(), "ada").status_code == 302


def test_the_desk_s_own_page_for_passwords_leads_there(signed_in):
    assert signed_in.get("/admin/password_change/")["Location"] == "/accounts/password/"
