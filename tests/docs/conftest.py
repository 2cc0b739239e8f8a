"""A server on the demo register, for what talks to Concord over HTTP."""

import pytest
from django.core.management import call_command

from tests.api.writing.conftest import make_token
from tests.demo import load_demo
from tests.factories import make_user


@pytest.fixture
def demo(live_server):
    """The address of a server with the demo register."""
    call_command("migrate", verbosity=0)
    load_demo()
    return live_server.url


@pytest.fixture
def token(demo):
    """The secret of a token that may read, write and publish."""
    return make_token(make_user("guide", is_superuser=True))[1].removeprefix("Bearer ")
