"""A lost telephone: an administrator takes the second factor away, of those whom they may change."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.test import Client

from tests.factories import make_user

from .signing import APP, DESK, FACTORS, set_up_app, sign_in

USERS = "/admin/auth/user/"
pytestmark = pytest.mark.django_db


def take_away(client, *people):
    data = {"action": "take_factors_away", "_selected_action": [one.pk for one in people]}
    return client.post(USERS, data, follow=True)


@pytest.fixture
def owner(client):
    user = make_user("owner", is_superuser=True, email="owner@example.org")
    sign_in(client, "owner")
    set_up_app(client)
    return user


def test_the_desk_is_closed_to_its_owner_until_there_is_a_new_one(owner, client, settings, mailoutbox):
    settings.REQUIRE_SECOND_FACTOR = True
    assert client.get(DESK).status_code == 200
    settings.REQUIRE_SECOND_FACTOR = False
    chief = Client()
    chief.force_login(make_user("chief", is_superuser=True))
    assert "The second factor of 1 person is taken away." in take_away(chief, owner).content.decode()
    settings.REQUIRE_SECOND_FACTOR = True
    assert not Authenticator.objects.exists()
    assert client.get(DESK)["Location"] == FACTORS
    assert LogEntry.objects.get().change_message == "second factor taken away"
    assert [(mail.subject, mail.to) for mail in mailoutbox] == [
        ("[Concord] Your second factor was taken away", ["owner@example.org"])
    ]
    assert client.get(APP).status_code == 200


def test_an_administrator_takes_none_from_a_superuser(owner):
    administrator = Client()
    administrator.force_login(make_user("administrator", group="administrator"))
    assert "0 persons" in take_away(administrator, owner).content.decode()
    assert Authenticator.objects.filter(user=owner, type="totp").exists()


def test_secrets_are_on_no_page_of_the_desk(owner):
    chief = Client()
    chief.force_login(make_user("chief", is_superuser=True))
    index = chief.get(DESK).content.decode()
    for label in ("mfa", "account", "socialaccount"):
        assert f'href="/admin/{label}/' not in index
        assert chief.get(f"/admin/{label}/").status_code == 404
