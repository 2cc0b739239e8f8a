"""The settings are read in a process of their own, as a server reads them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
NAMES = (
    "SECRET_KEY",
    "DEBUG",
    "HTTPS",
    "DATABASE_URL",
    "ALLOWED_HOSTS",
    "DJANGO_SETTINGS_MODULE",
    "EMAIL_URL",
    "SITE_URL",
    "REQUIRE_SECOND_FACTOR",
    "SESSION_HOURS",
    "SESSION_IDLE_HOURS",
    "OIDC_ISSUER",
    "OIDC_CLIENT_ID",
    "OIDC_CLIENT_SECRET",
    "MEDIA_ROOT",
)


def read(expression, **environment):
    """What the expression gives with only these variables set."""
    inherited = {name: value for name, value in os.environ.items() if name not in NAMES}
    code = f"from config import settings; print({expression})"
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=inherited | environment, capture_output=True, text=True, check=False
    )


def test_a_server_without_a_secret_key_does_not_start_and_says_how_to_make_one():
    result = read("1")
    assert result.returncode != 0
    assert "SECRET_KEY is not set. Make one with" in result.stderr
    assert "secrets.token_urlsafe" in result.stderr


def test_a_command_without_settings_says_so_without_a_traceback():
    inherited = {name: value for name, value in os.environ.items() if name not in NAMES}
    command = [sys.executable, "manage.py", "check"]
    result = subprocess.run(command, cwd=ROOT, env=inherited, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert result.stderr.startswith("SECRET_KEY is not set.")


def test_what_is_not_set_is_safe():
    names = ["DEBUG", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"]
    result = read(", ".join(f"settings.{name}" for name in names), SECRET_KEY="x" * 50)
    assert result.stdout.split() == ["False", "True", "True", "True"]


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "True 43200 10800 {}"),
        ({"DEBUG": "true"}, "False 43200 10800 {}"),
        ({"REQUIRE_SECOND_FACTOR": "false", "SESSION_HOURS": "8", "SESSION_IDLE_HOURS": "0.5"}, "False 28800 1800 {}"),
    ],
)
def test_accounts_are_strict_unless_the_environment_says_otherwise(environment, expected):
    names = ["REQUIRE_SECOND_FACTOR", "SESSION_COOKIE_AGE", "SESSION_IDLE_AGE", "SOCIALACCOUNT_PROVIDERS"]
    result = read(", ".join(f"settings.{name}" for name in names), SECRET_KEY="x", **environment)
    assert result.stdout.strip() == expected


def test_signing_in_elsewhere_is_set_up_by_the_environment_whole_or_not_at_all():
    given = {"OIDC_ISSUER": "https://id.example.org/", "OIDC_CLIENT_ID": "concord"}
    assert "Set OIDC_CLIENT_SECRET too, or none of" in read("1", SECRET_KEY="x", **given).stderr
    app = "settings.SOCIALACCOUNT_PROVIDERS['openid_connect']['APPS'][0]"
    result = read(f"{app}['name'], {app}['settings']['server_url']", SECRET_KEY="x", OIDC_CLIENT_SECRET="s", **given)
    assert result.stdout.strip() == "OpenID Connect https://id.example.org"


@pytest.mark.parametrize(
    ("url", "engine"),
    [
        ("sqlite:///x.sqlite3", "django.db.backends.sqlite3"),
        ("postgres://u:p@h/n", "django.db.backends.postgresql"),
    ],
)
def test_the_database_is_chosen_by_its_address(url, engine):
    result = read("settings.DATABASES['default']['ENGINE']", SECRET_KEY="x", DATABASE_URL=url)
    assert result.stdout.strip() == engine


def test_another_database_is_refused():
    result = read("1", SECRET_KEY="x", DATABASE_URL="mysql://u:p@h/n")
    assert "Concord runs on SQLite or PostgreSQL" in result.stderr


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "https://localhost dummy"),
        ({"DEBUG": "true"}, "http://localhost console"),
        ({"ALLOWED_HOSTS": "register.example,x"}, "https://register.example dummy"),
        ({"SITE_URL": "https://x.example/", "EMAIL_URL": "smtp+tls://u:p@mail.example:587"}, "https://x.example smtp"),
    ],
)
def test_mail_is_set_up_by_an_address_and_links_lead_to_the_first_host(environment, expected):
    expression = "settings.SITE_URL, settings.EMAIL_BACKEND.split('.')[-2]"
    assert read(expression, SECRET_KEY="x", **environment).stdout.strip() == expected


def test_files_lie_where_the_environment_says():
    key = "a-key-that-is-long-enough-for-a-server-to-start-with-0123456789"
    assert read("settings.MEDIA_ROOT", SECRET_KEY=key).stdout.strip() == str(ROOT / "var" / "media")
    assert read("settings.MEDIA_ROOT", SECRET_KEY=key, MEDIA_ROOT="/srv/files").stdout.strip() == "/srv/files"
