"""The real settings, with the few values that a test run must not take from the machine it runs on."""

import os

os.environ.setdefault("SECRET_KEY", "a-key-for-tests-only-which-protects-nothing-at-all-0123456789")
os.environ.setdefault("HTTPS", "false")
os.environ.setdefault("REQUIRE_SECOND_FACTOR", "false")

from config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
