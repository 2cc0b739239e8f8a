"""Which code answers: the same data may be written differently after an upgrade, and a cached answer must then go."""

from functools import cache
from hashlib import sha256

from django.conf import settings

PLACES = ("config", "partnerships", "stories", "api", "templates", "locale")
WRITTEN_BY = (".py", ".html", ".svg", ".txt", ".css", ".js", ".mo")


@cache
def release():
    """A fingerprint of Concord's code, of its templates and of what it depends on, the same in every process that runs it."""
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
        found += sorted(path for path in (settings.BASE_DIR / place).rglob("*") if path.suffix in WRITTEN_BY)
    return found
