"""Tokens, and a way to write with them."""

import json

import pytest

from api.models import Token
from tests.api.conftest import ROOT, fill
from tests.factories import make_user


def make_token(user, *scopes, name="report", **values):
    """A token and how it is sent."""
    token = Token(user=user, name=name, scopes=list(scopes or ("read", "write", "publish")), **values)
    written = token.make_secret()
    token.full_clean()
    token.save()
    return token, f"Bearer {written}"


class Writer:
    """Writes with one token. Each method gives the response, its JSON as `.answer`; `status` is what must come."""

    def __init__(self, client, header):
        self.client, self.header = client, header

    def __call__(self, method, address, body=None, status=200, **headers):
        address = address if address.startswith("/") else ROOT + address
        headers = {"Authorization": self.header} | {name.replace("_", "-"): value for name, value in headers.items()}
        headers = {name: value for name, value in headers.items() if value is not None}
        sent = {} if body is None else {"data": body if isinstance(body, str | bytes) else json.dumps(body)}
        response = self.client.generic(
            method.upper(), address, content_type="application/json", headers=headers, **sent
        )
        assert response.status_code == status, response.content[:1500].decode()
        response.answer = json.loads(response.content) if response.content else None
        return response

    def get(self, address, status=200, **headers):
        return self("get", address, None, status, **headers)

    def post(self, address, body=None, status=201, **headers):
        return self("post", address, body, status, **headers)

    def change(self, method, address, body, status=200, **headers):
        """PUT or PATCH over the version that is there now."""
        headers.setdefault("If_Match", self.get(address)["ETag"])
        return self(method, address, body, status, **headers)

    def put(self, address, body, status=200, **headers):
        return self.change("put", address, body, status, **headers)

    def patch(self, address, body, status=200, **headers):
        return self.change("patch", address, body, status, **headers)

    def delete(self, address, status=204, **headers):
        return self.change("delete", address, None, status, **headers)


@pytest.fixture
def as_token(client):
    """`as_token(user, "read", "write")` gives a Writer."""

    def as_token(user, *scopes, **values):
        return Writer(client, make_token(user, *scopes, **values)[1])

    return as_token


@pytest.fixture
def write(as_token, publisher):
    """Writes with a publisher's token of all scopes."""
    return as_token(publisher)


@pytest.fixture
def edit(as_token, editor):
    """Writes with an editor's token of all scopes."""
    return as_token(editor)


@pytest.fixture
def analyst(db):
    return make_user("analyst", is_staff=False)


@pytest.fixture
def one(db):
    return fill()


def places(response):
    """The places of a problem's errors."""
    return {error["parameter"] for error in response.answer["errors"]}
