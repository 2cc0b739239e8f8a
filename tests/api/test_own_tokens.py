"""One's own tokens at the desk: seen, made and revoked by their owner, and by nobody else on this page."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from api.models import Token
from tests.factories import make_user

from .conftest import ROOT
from .writing.conftest import make_token

PAGE = "/admin/tokens/"
pytestmark = pytest.mark.django_db


def names(page):
    return [token.name for token in page.context["tokens"]]


def test_the_head_of_the_desk_leads_there(as_editor, client):
    assert f'href="{PAGE}"' in as_editor.get("/admin/").content.decode()
    client.force_login(make_user("nothing"))
    assert f'href="{PAGE}"' not in client.get("/admin/").content.decode()
    assert client.get(PAGE).status_code == 403


def test_people_see_their_own_an_administrator_too(as_chief, chief, editor):
    make_token(editor, "read", name="theirs"), make_token(chief, "read", name="mine")
    assert names(as_chief.get(PAGE)) == ["mine"]


def test_a_token_is_shown_once_and_opens_the_api(as_editor, editor, client):
    made = as_editor.post(PAGE, {"name": "report", "scopes": ["read", "write"], "expires_on": ""})
    assert made.status_code == 200
    assert "This field is required." in made.content.decode()
    day = Token._meta.get_field("expires_on").get_default()
    made = as_editor.post(PAGE, {"name": "report", "scopes": ["write"], "expires_on": str(day), "user": "1"})
    [written] = re.findall(r'value="(concord_\w+)"', made.content.decode())
    assert "no-store" in made["Cache-Control"]
    token = Token.objects.get()
    assert (token.user, token.name, token.scopes, token.expires_on) == (editor, "report", ["read", "write"], day)
    assert client.get(ROOT, headers={"Authorization": f"Bearer {written}"}).status_code == 200
    assert written not in as_editor.get(PAGE).content.decode()
    secret = written.rpartition("_")[2]
    assert not any(secret in str(session.get_decoded()) for session in Session.objects.all())
    assert [(entry.object_repr, entry.user) for entry in LogEntry.objects.all()] == [("report", editor)]


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"name": "x", "scopes": ["everything"], "expires_on": "2030-01-01"},
        {"name": "x", "scopes": ["read"], "expires_on": "2001-01-01"},
        {"name": "x" * 61, "scopes": ["read"]},
        {"name": "x\0", "scopes": ["read"], "expires_on": "never"},
    ],
)
def test_what_cannot_be_is_told_on_the_page(as_editor, data):
    answer = as_editor.post(PAGE, data)
    assert answer.status_code == 200
    assert answer.context["errors"]
    assert not Token.objects.exists()


def test_a_revoked_token_opens_nothing_from_the_next_request_on(as_editor, editor, client):
    token, header = make_token(editor, "read")
    assert as_editor.post(PAGE, {"revoke": token.public_id})["Location"] == PAGE
    assert client.get(ROOT, headers={"Authorization": header}).status_code == 401
    assert "revoked on" in as_editor.get(PAGE).content.decode()


@pytest.mark.parametrize("which", ["theirs", "", "nonsense", "0" * 5000])
def test_nobody_revokes_another_s(as_editor, publisher, which):
    token, _header = make_token(publisher, "read")
    revoked = token.public_id if which == "theirs" else which
    assert as_editor.post(PAGE, {"revoke": revoked}).status_code == 404
    token.refresh_from_db()
    assert token.revoked_at is None


def test_the_list_asks_as_much_for_three_as_for_one(as_editor, editor):
    counts = []
    for many in (1, 2):
        for _number in range(many):
            make_token(editor, "read")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            as_editor.get(PAGE)
        counts.append(len(queries))
    assert counts[0] == counts[1]
