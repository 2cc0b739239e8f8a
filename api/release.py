"""Which code answers: the same data may be written differently after an upgrade, and a cached answer must then go."""

from functools import cache
from hashlib import sha256

from django.conf import settings

PLACES = ("config", "partnerships", "stories", "api")


@cache
def release():
    """A fingerprint of Concord's code and of what it depends on, the same in every process that runs it."""
    digest = sha256()
    for path in _files():
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@cache
def released_at():
    """When the newest of these files came to this machine, in seconds since 1970."""
    return max(int(path.stat().st_mtime) for path in _files())


@cache
def _files():
    found = [settings.BASE_DIR / "requirements.txt"]
    for place in PLACES:
        found += sorted((settings.BASE_DIR / place).rglob("*.py"))
    return found
