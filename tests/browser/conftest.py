"""A real server on the demo register, and a real Chromium in front of it. No test here touches a database itself."""

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PASSWORD = secrets.token_urlsafe(12)


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in Path(item.path).parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The address of a server of the demo register, with an SQLite database of its own."""
    folder = tmp_path_factory.mktemp("site")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
        "DEBUG": "false",
        "HTTPS": "false",
        "ALLOWED_HOSTS": "127.0.0.1",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
    }
    for command in (
        ["migrate", "--verbosity=0"],
        ["collectstatic", "--noinput", "--verbosity=0"],
        ["load_demo", "--verbosity=0"],
        ["createsuperuser", "--noinput", "--username=desk", "--email=desk@example.org"],
    ):
        subprocess.run(
            [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True, capture_output=True
        )
    serve = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--blocking-threads", "4"]
    serve += ["--port", str(port), "config.wsgi:application"]
    server = subprocess.Popen(serve, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    for _attempt in range(100):
        try:
            urlopen(f"{address}/healthz")  # noqa: S310 - our own server
            break
        except URLError:
            time.sleep(0.1)
    yield address
    server.terminate()
    server.wait(10)


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


@pytest.fixture
def desk(page):
    """A page that is logged in at the desk."""
    page.goto("/admin/")
    page.fill("#id_username", "desk")
    page.fill("#id_password", PASSWORD)
    page.click("[type=submit]")
    page.wait_for_url("**/admin/")
    return page
