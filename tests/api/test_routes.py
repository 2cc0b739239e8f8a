"""Every address × method × role of the API answers with the status that the checked-in table says, and none is missing."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from api.models import Token
from api.urls import NOUNS
from tests.factories import make_user

from .conftest import ROOT, fill
from .test_answers import NAMES
from .writing.conftest import make_token

TABLE = Path(__file__).with_name("routes.txt")
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
ROLES = ("visitor", "session", "read", "write", "publish", "expired")
PLACES = ("countries", "regions")


def routes(patterns, before=""):
    """The addresses below /api/v1/, with what varies in braces."""
    for pattern in patterns:
        written = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern.url_patterns, written)
        else:
            yield re.sub(r"\(\?P<(\w+)>.*?\)", r"{\1}", written).replace("^", "").replace("$", "").replace("\\Z", "")


def row_of(route):
    """The table's row for a route: the nine nouns that are written are alike, and so are the two kinds of places."""
    noun, _slash, rest = route.partition("/")
    if noun in NOUNS:
        return ("{places}/" if noun in PLACES else "{records}/") + rest
    return route or "/"


def table():
    """The statuses by row and method, one for each role."""
    lines = [line.split() for line in TABLE.read_text().splitlines() if line and not line.startswith("#")]
    return {(line[0], line[1]): tuple(map(int, line[2:])) for line in lines}


@pytest.fixture
def ask_as(client, db):
    """`ask_as(role, method, address)` gives the status."""
    people = {"session": make_user("editor", group="editor"), "publisher": make_user("publisher", group="publisher")}
    tokens = {scope: make_token(people["publisher"], scope)[1] for scope in ("read", "write", "publish")}
    expired, tokens["expired"] = make_token(people["publisher"])
    Token.objects.filter(pk=expired.pk).update(expires_on=timezone.localdate() - timedelta(days=1))

    signed_in = Client()
    signed_in.force_login(people["session"])

    def ask_as(role, method, address):
        asking = signed_in if role == "session" else client
        headers = {"Authorization": tokens[role]} if role in tokens else {}
        sent = {} if method in ("GET", "HEAD", "OPTIONS") else {"data": "{}"}
        return asking.generic(method, address, content_type="application/json", headers=headers, **sent).status_code

    return ask_as


def test_every_route_is_in_the_table_and_nothing_else():
    found = {row_of(route) for route in routes(get_resolver("api.urls").url_patterns)}
    assert {row for row, _method in table()} == found
    assert {method for _row, method in table()} == set(METHODS)


def test_every_route_answers_each_role_as_the_table_says(ask_as):
    fill()
    slugs = {**NAMES, "countries": "NA", "regions": "sahel"}
    expected = table()
    wrong = []
    for route in routes(get_resolver("api.urls").url_patterns):
        noun = route.partition("/")[0]
        address = ROOT + route.replace("{slug}", slugs.get(noun, "")).replace(".*/", "nothing/")
        for method in METHODS:
            statuses = tuple(ask_as(role, method, address) for role in ROLES)
            if expected.get((row_of(route), method)) != statuses:
                wrong.append(f"{row_of(route)} {method} {' '.join(map(str, statuses))}")
    assert not wrong, "\n".join(wrong)
