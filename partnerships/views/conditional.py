"""Pages that need not be sent twice.

A public page is a function of its address, of the language, of the register as visitors know it, of today's date (a status
follows from dates) and of the code. Its ETag says which of each it was, and costs one query.
"""

import time
from datetime import datetime
from functools import wraps
from hashlib import sha256

from django.http import HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import get_language

from partnerships import ledger
from partnerships.release import release, released_at


def conditional(view):
    """Decorate a public page: a visitor who has it as it would be written now gets 304, before anything is looked up.

    What a session shaped is kept by nobody but the browser that it was made for.
    """

    @wraps(view)
    def answered(request, *args, **kwargs):
        if request.user.is_authenticated:
            response = view(request, *args, **kwargs)
            response.setdefault("Cache-Control", "private, no-cache")
            return response
        # The head is read before the data, which may then be newer than it says, but never older.
        head = ledger.head(request.user)
        request.changed_at = last_modified(head)
        etag = make_etag(request, head) if request.method in ("GET", "HEAD") else None
        if etag and etag in parse_etags(request.headers.get("If-None-Match", "")):
            response = HttpResponseNotModified()
        else:
            response = view(request, *args, **kwargs)
        if etag and response.status_code in (200, 304):
            response["ETag"] = etag
            response.setdefault("Cache-Control", "no-cache")
        patch_vary_headers(response, ("Cookie",))
        return response

    return answered


def last_modified(head):
    """Seconds since 1970, or None in the second of the last change: another one in it would look the same."""
    midnight = timezone.make_aware(datetime.combine(head.day, datetime.min.time()))
    newest = max(int(max(head.changed_at or midnight, midnight).timestamp()), released_at())
    return newest if newest < int(time.time()) else None


def make_etag(request, version):
    """A weak ETag, since a proxy may compress the page, of what this address shows visitors at this Head of the ledger."""
    address = request.build_absolute_uri()
    parts = [release(), version.number, version.day, get_language(), address]
    return f'W/"{sha256(chr(10).join(map(str, parts)).encode()).hexdigest()[:32]}"'
