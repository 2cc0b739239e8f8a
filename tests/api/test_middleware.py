"""The shortcut before Django's handler says what the handler says, and leaves it what it does not know."""

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import DatabaseError, connection
from django.test import RequestFactory
from django.urls import clear_script_prefix

from api.middleware import Shortcut
from api.reading import cards, pages
from partnerships import ledger
from tests.api.conftest import fill

ROOT = "/api/v1/"
LANE = ("projects/", "projects/?partner=pa&count=true", "projects/project/")
ORDINARY = (
    "projects/?year=2019",
    "projects/?yaer=2019",
    "projects/none/",
    "organizations/?facets=country",
    "none/",
    "",
)


class Told:
    """An application that tells whether it was asked."""

    def __init__(self):
        self.application, self.asked = WSGIHandler(), 0

    def __call__(self, environ, start_response):
        self.asked += 1
        return self.application(environ, start_response)


@pytest.fixture
def world(db, monkeypatch):
    # As in Django's own test client: a connection in the test's transaction would be taken for one that was left in it.
    one, looked = fill(), []
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: looked.append(True))
    one.looked = looked
    cards.keep_all()
    ledger.head(None)
    ask(WSGIHandler(), f"{ROOT}projects/")  # now the names of the organizations are read
    return one


def ask(application, path, **extra):
    answers = []
    environ = RequestFactory().get(path, **extra).environ
    environ["PATH_INFO"] = environ["PATH_INFO"].encode().decode("latin-1")  # as a server has it, before any request
    body = application(environ, lambda status, headers: answers.append((status, dict(headers))))
    content = b"".join(body)
    if hasattr(body, "close"):
        body.close()
    clear_script_prefix()  # the handler sets one for the thread, and expects the next request to set its own
    return *answers[0], content


@pytest.mark.parametrize("size", [0, 16])
@pytest.mark.parametrize("path", [*LANE, *ORDINARY])
def test_it_says_what_the_handler_says(world, settings, path, size):
    settings.API_MEMORY = size
    told = Told()
    shortcut = Shortcut(told)
    first, again, expected = (ask(one, ROOT + path) for one in (shortcut, shortcut, WSGIHandler()))
    assert first[0] == again[0] == expected[0]
    assert first[2] == again[2] == expected[2]
    assert first[1] == again[1] == expected[1]
    is_kept = size and expected[0] == "200 OK" and path != ""
    assert told.asked == (0 if path in LANE else 1 if is_kept else 2)


def test_who_has_the_answer_gets_304(world):
    _status, headers, _content = ask(Shortcut(Told()), f"{ROOT}projects/")
    told = Told()
    status, again, content = ask(Shortcut(told), f"{ROOT}projects/", HTTP_IF_NONE_MATCH=headers["ETag"])
    assert (status, content, told.asked) == ("304 Not Modified", b"", 0)
    assert again["ETag"] == headers["ETag"]


@pytest.mark.parametrize(
    "extra",
    [{"HTTP_AUTHORIZATION": "Bearer x"}, {"HTTP_ACCEPT": "text/csv"}, {"SCRIPT_NAME": "/below"}, {"HTTP_HOST": "evil"}],
)
def test_it_leaves_the_handler_what_it_does_not_know(world, extra):
    told = Told()
    ask(Shortcut(told), f"{ROOT}projects/", **extra)
    assert told.asked == 1


@pytest.mark.parametrize("name", ["f\xfaza", "\u0424\u0418\u0424\u0410", "\U000a2e29"])
def test_the_handler_finds_the_address_as_it_was_asked(world, name):
    told = Told()
    status, _headers, content = ask(Shortcut(told), f"{ROOT}projects/{name}/")
    assert (status, told.asked) == ("404 Not Found", 1)
    assert content == ask(WSGIHandler(), f"{ROOT}projects/{name}/")[2]


def test_a_page_is_the_handlers(world):
    told = Told()
    assert ask(Shortcut(told), "/healthz")[0] == "200 OK"
    assert told.asked == 1


def test_connections_are_looked_at_before_and_after(world):
    world.looked.clear()
    told = Told()
    assert ask(Shortcut(told), f"{ROOT}projects/")[0] == "200 OK"
    assert (told.asked, len(world.looked)) == (0, 2)


def test_the_handler_answers_when_the_database_fails(world, monkeypatch):
    def fail(*_arguments):
        raise DatabaseError

    monkeypatch.setattr(pages, "fetch", fail)
    told = Told()
    assert ask(Shortcut(told), f"{ROOT}projects/")[0] == "200 OK"
    assert told.asked == 1
