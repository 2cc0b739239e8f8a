"""A forgotten password: a link by mail, in text, that opens once; and not a word about which addresses are known."""

import re

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client

from tests.factories import make_user

from .signing import APP, DESK, SECOND, code_of, set_up_app, sign_in

RESET = "/accounts/password/reset/"
NEW = {"password1": "quite-another-one", "password2": "quite-another-one"}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _address(settings):
    settings.SITE_URL = "https://register.example.org"


@pytest.fixture
def ada():
    return make_user("ada", email="Ada@Example.org")


def link_in(mail):
    return re.search(r"https://register\.example\.org(/\S+)", mail.body)[1]


def test_a_link_sets_a_new_password_once(ada, client, mailoutbox):
    assert client.post(RESET, {"email": "ada@example.ORG"})["Location"] == f"{RESET}sent/"
    [mail] = mailoutbox
    assert (mail.subject, mail.to, mail.alternatives) == ("[Concord] A new password", ["Ada@example.org"], [])
    assert "for the account ada." in mail.body
    page = client.get(link_in(mail), follow=True)
    assert client.post(page.redirect_chain[-1][0], NEW)["Location"] == f"{RESET}done/"
    assert SESSION_KEY not in client.session
    assert sign_in(Client(), "ada", NEW["password1"]).status_code == 302
    assert "This link opens nothing" in Client().get(link_in(mail)).content.decode()


def test_it_does_not_go_round_the_second_factor(ada, client, mailoutbox):
    sign_in(client, "ada")
    secret = set_up_app(client)
    mailoutbox.clear()
    other = Client()
    other.post(RESET, {"email": "ada@example.org"})
    page = other.get(link_in(mailoutbox[0]), follow=True)
    other.post(page.redirect_chain[-1][0], NEW)
    assert sign_in(other, "ada", NEW["password1"])["Location"] == SECOND
    assert other.get(DESK).status_code == 302
    assert other.post(SECOND, {"code": code_of(secret)}).status_code == 302


def test_unknown_closed_and_passwordless_accounts_get_none_and_the_page_is_the_same(ada, client, mailoutbox):
    make_user("gone", email="gone@example.org", is_active=False)
    elsewhere = make_user("elsewhere", email="elsewhere@example.org")
    elsewhere.set_unusable_password()
    elsewhere.save()
    answers = {
        (answer.status_code, answer["Location"])
        for name in ("nobody", "gone", "elsewhere", "ada")
        if (answer := client.post(RESET, {"email": f"{name}@example.org"}))
    }
    assert answers == {(302, f"{RESET}sent/")}
    assert [mail.to for mail in mailoutbox] == [["Ada@example.org"]]


@pytest.mark.parametrize("address", ["mıke@example.org", "mi\u212ae@example.org"])
def test_an_address_that_only_looks_like_it_gets_no_mail(client, mailoutbox, address):
    make_user("mike", email="mike@example.org")
    client.post(RESET, {"email": address})
    assert {one for mail in mailoutbox for one in mail.to} <= {"mike@example.org"}


def test_an_address_is_mailed_five_times_at_most(ada, mailoutbox):
    codes = [Client().post(RESET, {"email": "ada@example.org"}).status_code for _time in range(7)]
    assert codes == 5 * [302] + 2 * [429]
    assert len(mailoutbox) == 5


def test_links_lead_to_the_register_whatever_the_request_says(ada, client, mailoutbox, settings):
    settings.ALLOWED_HOSTS = ["*"]
    client.post(RESET, {"email": "ada@example.org"}, headers={"host": "evil.example"})
    assert "evil.example" not in mailoutbox[0].body


def test_a_mail_server_that_is_down_tells_nothing(ada, client, monkeypatch):
    monkeypatch.setattr(
        "django.core.mail.message.EmailMessage.send", lambda self: (_ for _ in ()).throw(OSError("down"))
    )
    assert client.post(RESET, {"email": "ada@example.org"}).status_code == 302


@pytest.mark.parametrize("key", ["x", "set-password", "0-0", "zzzzzzzzzzzzzz-abc"])
def test_a_link_that_is_none_is_told_in_words(client, key):
    answer = client.get(f"{RESET}1-{key}/")
    assert answer.status_code == 200
    assert "This link opens nothing" in answer.content.decode()


def test_a_change_of_the_account_is_told_by_mail(ada, client, mailoutbox, django_capture_on_commit_callbacks):
    sign_in(client, "ada")
    with django_capture_on_commit_callbacks(execute=True):
        set_up_app(client)
    client.post("/accounts/password/", {"oldpassword": "a-long-password", **NEW})
    assert [mail.subject for mail in mailoutbox] == [
        "[Concord] Authenticator App Activated",
        "[Concord] Password Changed",
    ]
    for mail in mailoutbox:
        assert mail.alternatives == []
        assert "If it was not you, tell an administrator of the register at once." in mail.body
        assert "https://register.example.org" in mail.body
    assert APP.startswith("/accounts/")
