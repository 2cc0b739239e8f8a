"""Five wrong guesses at most for an account, whoever asks and from wherever; and nobody else is kept out by them."""

import time

import pytest
from django.contrib.auth import SESSION_KEY, hashers
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connection
from django.test import Client

from tests.factories import make_user

from .signing import DESK, LOGIN, PASSWORD, problems, sign_in

WRONG = ["The username and/or password you specified are not correct."]
TOO_MANY = ["Too many failed login attempts. Try again later."]


@pytest.fixture
def ada(db):
    return make_user("ada")


def guesses(client, username, many, **extra):
    return [problems(sign_in(client, username, f"wrong {number}", **extra)) for number in range(many)]


def test_the_desk_leads_to_the_sign_in_and_back(ada, client):
    way = client.get("/admin/partnerships/agreement/", follow=True)
    assert way.redirect_chain[-1][0].startswith(LOGIN)
    answer = client.post(way.redirect_chain[-1][0], {"login": "ada", "password": PASSWORD})
    assert answer["Location"].startswith("/admin/partnerships/agreement/") or "next=" in answer["Location"]
    assert client.get(DESK).status_code == 200


@pytest.mark.parametrize("username", ["ada", "nobody"])
def test_the_sixth_guess_is_not_looked_at(ada, client, username):
    assert guesses(client, username, 6) == 5 * [WRONG] + [TOO_MANY]
    assert problems(sign_in(client, username)) == TOO_MANY
    assert SESSION_KEY not in client.session


@pytest.mark.parametrize(
    "varied",
    [
        lambda n: {"headers": {"x-forwarded-for": f"203.0.113.{n}"}},
        lambda n: {"headers": {"forwarded": f"for=203.0.113.{n}", "x-real-ip": f"203.0.113.{n}"}},
        lambda n: {"REMOTE_ADDR": f"203.0.113.{n}"},
        lambda n: {"headers": {"host": f"testserver:{8000 + n}"}},
        lambda n: {"headers": {"host": f"{'localhost' if n % 2 else 'testserver'}:{n + 1}"}},
    ],
)
def test_no_header_and_no_address_begins_a_new_count(ada, varied, settings):
    settings.ALLOWED_HOSTS = ["testserver", "localhost"]
    said = [problems(sign_in(Client(), "ada", f"wrong {n}", **varied(n))) for n in range(20)]
    assert said == 5 * [WRONG] + 15 * [TOO_MANY]


def test_another_spelling_is_the_same_account(ada, client):
    said = [problems(sign_in(client, name, "wrong")) for name in ("ada", " ada", "ADA", "Ada ", "aDa", "ada")]
    assert said == 5 * [WRONG] + [TOO_MANY]


def test_guessing_at_one_account_keeps_nobody_else_at_the_address_out(ada, db):
    make_user("colleague")
    for number in range(40):
        sign_in(Client(), f"user {number}", "wrong")
    guesses(Client(), "ada", 40)
    assert sign_in(Client(), "colleague").status_code == 302


def test_right_passwords_cost_nothing(ada):
    for _time in range(12):
        assert sign_in(Client(), "ada").status_code == 302


def test_after_five_minutes_it_counts_anew(ada, client, monkeypatch):
    guesses(client, "ada", 6)
    later = time.time() + 301
    monkeypatch.setattr(time, "time", lambda: later)
    assert sign_in(client, "ada").status_code == 302


def test_guesses_at_once_are_counted_too(at_once):
    make_user("ada")
    said = at_once(lambda client, number: problems(sign_in(client, "ada", f"wrong {number}")), 20)
    assert said.count(WRONG) <= 5
    assert said.count(WRONG) + said.count(TOO_MANY) == 20


def test_an_unknown_user_costs_as_many_hashes_as_a_known_one(ada, client, monkeypatch):
    asked = []
    hasher = type(hashers.get_hasher())
    encode = hasher.encode
    monkeypatch.setattr(hasher, "encode", lambda self, *args: asked.append(1) or encode(self, *args))
    counts = []
    for username in ("ada", "nobody"):
        asked.clear()
        sign_in(client, username, "wrong")
        counts.append(len(asked))
    assert counts == [1, 1]


def test_a_closed_account_is_answered_as_an_unknown_one(client, db):
    make_user("gone", is_active=False)
    assert problems(sign_in(client, "gone")) == WRONG


def test_the_key_of_the_session_is_a_new_one_and_the_old_one_opens_nothing(ada, client):
    session = client.session
    session["before"] = True
    session.save()
    client.cookies["sessionid"] = before = session.session_key
    sign_in(client, "ada")
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_a_signed_in_user_cannot_guess_through_the_desk_s_own_form(ada, client):
    make_user("chief", is_superuser=True)
    client.force_login(ada)
    answer = client.post("/admin/login/", {"username": "chief", "password": PASSWORD, "next": "/admin/"})
    assert (answer.status_code, answer["Location"]) == (302, DESK)
    assert client.session[SESSION_KEY] == str(ada.pk)


@pytest.mark.parametrize("data", [{}, {"login": "a" * 5000, "password": "x"}, {"login": "a\0", "password": "\0"}])
def test_bad_input_is_an_error_on_the_page(data, client, db):
    answer = client.post(LOGIN, data)
    assert answer.status_code == 200
    assert problems(answer)


@pytest.mark.parametrize("next_page", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_nobody_is_led_away_after_signing_in(ada, client, next_page):
    assert client.post(LOGIN, {"login": "ada", "password": PASSWORD, "next": next_page})["Location"] == DESK


def test_nobody_signs_up(client, db):
    assert client.get("/accounts/signup/").status_code == 404
    assert client.post("/accounts/signup/", {"username": "new", "password1": PASSWORD}).status_code == 404


def test_the_counts_are_kept_where_every_process_finds_them(ada, client):
    guesses(client, "ada", 1)
    assert isinstance(caches["default"], DatabaseCache)
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM cache WHERE cache_key LIKE %s", ["%login_failed%"])
        assert cursor.fetchone() == (1,)
