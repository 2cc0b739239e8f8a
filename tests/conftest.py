"""People at the desk, for whoever tests what they may do."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from django.test import Client

from api.reading import memory, names
from tests.factories import make_user

THREADS = 5


@pytest.fixture(autouse=True)
def _nothing_remembered(settings):
    """What the process remembers belongs to the database of the test before; answers are remembered where a test says so."""
    names.forget()
    memory.figures.values = {}
    memory.answers.values = {}
    settings.API_MEMORY = 0


@pytest.fixture
def chief(db):
    return make_user("chief", is_superuser=True, first_name="Ada", last_name="Chief")


@pytest.fixture
def editor(db):
    return make_user("editor", group="editor", first_name="Edi", last_name="Tor")


@pytest.fixture
def publisher(db):
    return make_user("publisher", group="publisher")


@pytest.fixture
def as_chief(client, chief):
    client.force_login(chief)
    return client


@pytest.fixture
def as_editor(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def as_publisher(client, publisher):
    client.force_login(publisher)
    return client


@pytest.fixture
def at_once(transactional_db, tmp_path):
    """`at_once(work, many)`: what `work(client, n)` returns for each n, done by five threads with connections of their own."""

    def at_once(work, many):
        def job(number):
            try:
                return work(Client(), number)
            finally:
                connection.close()

        # On SQLite the threads meet in a file, as the processes of a server do; a database in memory is locked otherwise.
        if connection.vendor == "sqlite":
            path = tmp_path / "register.sqlite3"
            if not path.exists():
                file = sqlite3.connect(path)
                connection.connection.backup(file)
                file.close()
            settings["NAME"] = str(path)
        try:
            with ThreadPoolExecutor(THREADS) as pool:
                return list(pool.map(job, range(many)))
        finally:
            settings["NAME"] = name

    settings = connections.settings["default"]
    name = settings["NAME"]
    return at_once


def pytest_ignore_collect(collection_path, config):
    """The fuzz test makes its cases while it is collected, which takes seconds that no other run should pay."""
    return True if collection_path.name == "test_fuzz.py" and config.getoption("markexpr") != "fuzz" else None
