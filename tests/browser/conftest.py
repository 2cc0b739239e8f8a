"""A real server on the demo register, and a real Chromium in front of it. No test here touches a database itself."""

import fcntl
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PASSWORD = "correct-horse-battery-staple"  # the same in all workers, which share what one of them prepared


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in Path(item.path).parents:
            item.add_marker(pytest.mark.browser)


# One of each role, named like it; and superusers, of whom the last two set up second factors, which the others must not meet.
MAKE_DEMO = """
import os
import django
from django.core.management import call_command
django.setup()
for command in ("migrate", "collectstatic", "load_demo"):
    call_command(command, verbosity=0, **({"interactive": False} if command == "collectstatic" else {}))
from django.contrib.auth.models import Group, User
password = os.environ["DJANGO_SUPERUSER_PASSWORD"]
for role in ("editor", "publisher"):
    user = User.objects.create_user(role, f"{role}@example.org", password, is_staff=True)
    user.groups.add(Group.objects.get(name=role))
for one in ("desk", "colleague", "holder", "finger"):
    User.objects.create_superuser(one, f"{one}@example.org", password)
"""


@pytest.fixture(scope="session")
def environment(tmp_path_factory, worker_id):
    """The settings of a server of the demo register, with an SQLite database of its own that is ready."""
    folder = tmp_path_factory.mktemp("site")
    if worker_id == "master":
        prepare(folder)
    else:
        # Made by the first of the workers that comes here, and copied by the others.
        made = tmp_path_factory.getbasetemp().parent / "made"
        with (made.parent / "making").open("w") as making:
            fcntl.flock(making, fcntl.LOCK_EX)
            if not made.exists():
                prepare(made.parent / "unfinished")
                (made.parent / "unfinished").rename(made)
        shutil.copytree(made, folder, dirs_exist_ok=True)
    return settings_in(folder)


def settings_in(folder):
    return os.environ | {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
        "MEDIA_ROOT": str(folder / "media"),
        "DEBUG": "false",
        "HTTPS": "false",
        "REQUIRE_SECOND_FACTOR": "false",
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
    }


def prepare(folder):
    """Make the demo register in this folder, with people at its desk."""
    folder.mkdir(exist_ok=True)
    subprocess.run(
        [sys.executable, "-c", MAKE_DEMO], cwd=ROOT, env=settings_in(folder), check=True, capture_output=True
    )


@contextmanager
def serving(environment):
    """The port of a server with these settings, while the block lasts."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    serve = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--blocking-threads", "4"]
    serve += ["--port", str(port), "config.wsgi:application"]
    server = subprocess.Popen(serve, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz")
        yield port
    finally:
        server.terminate()
        server.wait(10)


def wait_for(address, seconds=60):
    """Return when the server answers. On a busy machine it takes its time to start."""
    end = time.monotonic() + seconds
    while True:
        try:
            return urlopen(address)  # noqa: S310 - our own server
        except URLError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


@pytest.fixture(scope="session")
def site(environment):
    """The address of a server of the demo register."""
    with serving(environment) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="session")
def strict_site(environment):
    """The address of another on the same database, at which staff need a second factor; passkeys want a name in it."""
    with serving(environment | {"REQUIRE_SECOND_FACTOR": "true"}) as port:
        yield f"http://localhost:{port}"


@pytest.fixture(scope="session")
def api(site):
    """Ask the API of the same server: `api("agreements/?partner=fifa")`."""

    def ask(question):
        with urlopen(f"{site}/api/v1/{question}") as response:  # noqa: S310 - our own server
            return json.load(response)

    return ask


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        pytest.fail("No Chromium was found. Install it, or name it: CHROMIUM=/path/to/chromium make test-browser")
    # Root has no sandbox of its own; the background services would only look for hosts that are not there.
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    return {**browser_type_launch_args, "executable_path": chromium, "args": quiet}


@pytest.fixture(scope="session")
def base_url(site):
    return site


@pytest.fixture
def page(page):
    """A page that fails the test if the browser refuses or misses anything: the CSP, a script, a style sheet."""
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.expected_complaints = ()
    yield page
    assert [text for text in complaints if not any(known in text for known in page.expected_complaints)] == []


def sign_in(page, username="desk", password=PASSWORD):
    page.fill("#id_login", username)
    page.fill("#id_password", password)
    page.click("#login-form [type=submit]")


@pytest.fixture(scope="session")
def key_to_the_desk(browser, site):
    """The cookies of whoever has signed in at the desk once."""
    context = browser.new_context(base_url=site)
    page = context.new_page()
    page.goto("/admin/")
    sign_in(page)
    page.wait_for_url("**/admin/")
    cookies = context.cookies()
    context.close()
    return cookies


@pytest.fixture
def desk(page, key_to_the_desk):
    """A page that is logged in at the desk, and stands on its first page."""
    page.context.add_cookies(key_to_the_desk)
    page.goto("/admin/")
    return page
