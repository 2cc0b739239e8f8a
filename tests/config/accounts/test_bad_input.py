"""What no browser would send is refused in words, and never breaks a page."""

import json

import pytest
from allauth.mfa.models import Authenticator

from tests.factories import make_user

from .signing import LOGIN, sign_in

PASSKEYS = "/accounts/factors/passkeys/"
PARTS = {
    "clientDataJSON": "e30",
    "authenticatorData": "YQ",
    "signature": "YQ",
    "userHandle": "MQ",
    "attestationObject": "YQ",
}
WHOLE = {"id": "YQ", "rawId": "YQ", "type": "public-key", "response": PARTS}
ODD = [
    "",
    "null",
    "[]",
    "{}",
    '"x"',
    "{",
    '{"id": 1}',
    json.dumps(WHOLE),
    json.dumps(WHOLE | {"response": None}),
    json.dumps(WHOLE | {"response": {}}),
    json.dumps(WHOLE | {"id": 5, "rawId": []}),
    *(
        json.dumps(WHOLE | {"response": PARTS | {name: odd}})
        for name in PARTS
        for odd in (None, 5, "YQ", "A" * 400, "\ufb00")
    ),
    "[" * 5000 + "]" * 5000,
]
pytestmark = pytest.mark.django_db


def test_a_passkey_s_answer_that_is_none(client):
    client.get(f"{PASSKEYS}sign-in/", headers={"accept": "application/json"})
    statuses = {client.post(f"{PASSKEYS}sign-in/", {"credential": odd}).status_code for odd in ODD}
    assert statuses <= {302, 400}


def test_a_new_passkey_that_is_none(client):
    make_user("ada")
    sign_in(client, "ada")
    for odd in ODD:
        client.get(f"{PASSKEYS}add/")
        assert client.post(f"{PASSKEYS}add/", {"credential": odd, "name": "x"}).status_code in (200, 400), odd[:200]
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("address", ["http://[", "//[", "/\0", "x" * 9000])
def test_a_page_to_go_to_that_is_none(client, address):
    assert client.get(LOGIN, {"next": address}).status_code in (200, 400)
    assert client.post(LOGIN, {"login": "x", "password": "y", "next": address}).status_code in (200, 400)
