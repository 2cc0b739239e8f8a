"""People at the desk, for whoever tests what they may do."""

import pytest

from api.reading import memory, names
from tests.factories import make_user


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


def pytest_ignore_collect(collection_path, config):
    """The fuzz test makes its cases while it is collected, which takes seconds that no other run should pay."""
    return True if collection_path.name == "test_fuzz.py" and config.getoption("markexpr") != "fuzz" else None
