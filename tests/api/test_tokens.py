"""Tokens: shown once, kept as an HMAC, ended by time, by hand and with their owner, and never more than their owner."""

import re
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.utils import timezone

from api.models import Token
from api.models.token import digest
from tests.factories import make_organization, make_user

from .conftest import ROOT
from .writing.conftest import make_token

TODAY = timezone.localdate()


def get(client, header, address="organizations/", **parameters):
    return client.get(ROOT + address, parameters, headers={"Authorization": header})


@pytest.fixture
def draft(db):
    return make_organization("Draft", state="draft")


def test_a_token_sees_what_its_owner_sees_at_the_desk(draft, editor, client):
    token, header = make_token(editor, "read")
    assert [row["slug"] for row in get(client, header).json()["results"]] == ["draft"]
    assert get(client, header, "organizations/draft/")["ETag"] == f'"organization-{draft.pk}-v1"'
    _token, outside = make_token(make_user("analyst", is_staff=False), "read")
    assert get(client, outside).json()["results"] == []
    assert get(client, outside, "organizations/draft/").status_code == 404
    token.refresh_from_db()
    assert token.last_used_at is not None


def test_only_an_hmac_of_the_secret_is_kept(editor):
    token, header = make_token(editor, "read")
    identity, secret = re.fullmatch(r"Bearer concord_([0-9a-f]{12})_([0-9A-Za-z]{43})", header).groups()
    token.refresh_from_db()
    assert (token.public_id, token.digest) == (identity, digest(secret))
    assert not any(secret in str(value) for value in vars(token).values())


def test_whatever_is_not_this_token_opens_nothing(draft, editor, client):
    token, header = make_token(editor, "read")
    _other, foreign = make_token(make_user(), "read")
    secret = header.rpartition("_")[2]
    wrong = [
        header[:-1],
        header[:-1] + ("a" if header[-1] != "a" else "b"),
        header + "x",
        header.upper(),
        header.replace("Bearer ", "Token "),
        header.replace("Bearer ", ""),
        "Basic ZWRpdG9yOmEtbG9uZy1wYXNzd29yZA==",
        "Bearer",
        "Bearer ",
        f"Bearer concord_{token.public_id}_",
        f"Bearer concord_{token.public_id}_{token.digest}",
        foreign.rpartition("_")[0] + "_" + secret,
        "Bearer " + "x" * 5000,
        "Bearer \u00e9\u00ff",
    ]
    for written in wrong:
        response = get(client, written)
        assert (response.status_code, response["Content-Type"]) == (401, "application/problem+json"), written
        assert response["WWW-Authenticate"] == 'Bearer realm="Concord"'
        assert "Draft" not in response.content.decode()


def test_it_ends_by_time_by_hand_and_with_its_owner(draft, editor, client):
    def status(**values):
        return get(client, header).status_code

    token, header = make_token(editor, "read", expires_on=TODAY)
    assert status() == 200
    Token.objects.update(expires_on=TODAY - timedelta(days=1))
    assert status() == 401
    Token.objects.update(expires_on=TODAY)
    token.revoke()
    assert status() == 401
    Token.objects.update(revoked_at=None)
    assert status() == 200
    editor.is_active = False
    editor.save()
    assert status() == 401
    for token in Token.objects.all():
        assert not token.is_usable()


def test_a_token_in_the_address_is_a_parameter_that_is_not_known(draft, editor, client):
    _token, header = make_token(editor, "read")
    for name in ("token", "access_token", "Authorization"):
        response = client.get(f"{ROOT}organizations/", {name: header.removeprefix("Bearer ")})
        assert response.status_code == 400
        assert client.get(f"{ROOT}organizations/draft/", {name: header}).status_code in (400, 404)


def test_a_token_without_the_scope_does_not_read(draft, editor, client):
    token, header = make_token(editor, "read")
    Token.objects.filter(pk=token.pk).update(scopes=["write"])
    for address in ("", "organizations/", "organizations/draft/", "countries/", "search/?q=draft"):
        assert get(client, header, address).status_code == 403, address


def test_its_use_is_noted_once_a_minute(draft, editor, client, django_assert_num_queries):
    token, header = make_token(editor, "read")
    get(client, header)
    token.refresh_from_db()
    first = token.last_used_at
    get(client, header)
    token.refresh_from_db()
    assert token.last_used_at == first
    Token.objects.update(last_used_at=first - timedelta(minutes=2))
    get(client, header)
    token.refresh_from_db()
    assert token.last_used_at > first


@pytest.mark.parametrize(
    "values",
    [
        {"expires_on": TODAY - timedelta(days=1)},
        {"expires_on": TODAY + timedelta(days=366)},
        {"scopes": []},
        {"scopes": ["admin"]},
        {"scopes": "read"},
    ],
)
def test_tokens_that_cannot_be(values, editor):
    token = Token(user=editor, name="x", **{"scopes": ["read"], **values})
    token.make_secret()
    with pytest.raises(ValidationError):
        token.full_clean()


def test_writing_includes_reading_and_ninety_days_are_the_default(editor):
    token, _header = make_token(editor, "publish")
    assert (token.scopes, token.expires_on) == (["read", "publish"], TODAY + timedelta(days=90))


# At the desk

ADD, LIST = "/admin/api/token/add/", "/admin/api/token/"


def made(response):
    """The token that the page shows."""
    return re.search(r'value="(concord_[0-9a-f]{12}_[0-9A-Za-z]{43})"', response.content.decode())[1]


def test_it_is_shown_once_and_then_nowhere(as_editor, editor):
    data = {"name": "Report", "scopes": ["read", "write"], "expires_on": TODAY.isoformat()}
    response = as_editor.post(ADD, data)
    written = made(response)
    assert "no-store" in response["Cache-Control"]
    token = Token.objects.get()
    assert (token.user, token.scopes, token.expires_on) == (editor, ["read", "write"], TODAY)
    assert get(as_editor, f"Bearer {written}").status_code == 200
    secret = written.rpartition("_")[2]
    for address in (LIST, f"{LIST}{token.pk}/change/", "/admin/"):
        page = as_editor.get(address)
        assert page.status_code == 200
        assert secret not in page.content.decode()
        assert token.digest not in page.content.decode()
    assert not any(secret in str(session.get_decoded()) for session in Session.objects.all())
    assert not any(secret in str(cookie) for cookie in as_editor.cookies.values())
    assert not LogEntry.objects.filter(change_message__contains=secret).exists()


def test_people_see_and_revoke_their_own(as_editor, editor, publisher):
    mine, _header = make_token(editor, "read", name="Mine")
    theirs, _header = make_token(publisher, "read", name="Theirs")
    page = as_editor.get(LIST).content.decode()
    assert ("Mine" in page, "Theirs" in page) == (True, False)
    assert as_editor.get(f"{LIST}{theirs.pk}/change/").status_code == 302
    as_editor.post(LIST, {"action": "revoke", "_selected_action": [mine.pk, theirs.pk]})
    assert set(Token.objects.filter(revoked_at=None)) == {theirs}
    assert as_editor.post(f"{LIST}{mine.pk}/delete/", {"post": "yes"}).status_code == 403
    assert as_editor.post(f"{LIST}{mine.pk}/change/", {"name": "x", "scopes": ["publish"]}).status_code == 403


def test_nobody_makes_a_token_for_somebody_above(client, editor, chief):
    administrator = make_user("administrator", group="administrator")
    client.force_login(administrator)
    data = {"name": "x", "scopes": ["read"], "expires_on": TODAY.isoformat()}
    assert "user" in client.post(ADD, data | {"user": chief.pk}).context["adminform"].form.errors
    assert made(client.post(ADD, data | {"user": editor.pk}))
    client.force_login(editor)
    assert made(client.post(ADD, data | {"user": chief.pk}))
    assert set(Token.objects.values_list("user__username", flat=True)) == {"editor"}
