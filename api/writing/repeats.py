"""A POST that is sent again with its Idempotency-Key gets the first answer again, and makes nothing twice."""

import hashlib
import json

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException
from rest_framework.renderers import JSONRenderer

from api.errors import BadQuestion
from api.models import StoredAnswer
from partnerships.filters import refusal

from .turns import turn

HEADER = "Idempotency-Key"
LONGEST = 255
KEPT_HEADERS = ("ETag", "Location")


class AnotherRequest(APIException):
    status_code = 422
    default_detail = _("This Idempotency-Key came with another request before. Use a new key for each new request.")


def answered_once(request, answer):
    """What `answer()` returns; with an Idempotency-Key, what it returned the first time.

    The key is kept in the transaction that writes: after a crash there are both or neither. Refusals are not kept,
    because nothing was written; a corrected or repeated request is looked at afresh.
    """
    key = request.headers.get(HEADER)
    if key is None:
        with turn():
            return answer()
    if not (key.isascii() and key.isprintable() and 1 <= len(key) <= LONGEST):
        message = _("An Idempotency-Key has 1 to %s printable ASCII characters, such as a UUID.") % LONGEST
        raise BadQuestion({HEADER: refusal(message)})
    print_ = fingerprint(request)
    # Who only asks again need not wait for those who write.
    if stored := StoredAnswer.objects.kept().filter(user=request.user, key=key).first():
        return again(stored, print_)
    with turn():
        stored, new = StoredAnswer.objects.claim(user=request.user, key=key, fingerprint=print_)
        if not new:
            return again(stored, print_)
        response = answer()
        stored.status, stored.body = response.status_code, JSONRenderer().render(response.data).decode()
        stored.headers = {name: response[name] for name in KEPT_HEADERS if name in response}
        stored.save()
        return response


def fingerprint(request):
    """SHA-256 of what is asked: the method, the address, what is in If-Match, and the body however it is spaced."""
    body = json.dumps(request.data, sort_keys=True, default=str)
    parts = [request.method, request.get_full_path(), request.headers.get("If-Match", ""), body]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def again(stored, print_):
    if stored.fingerprint != print_:
        raise AnotherRequest
    return HttpResponse(
        stored.body,
        status=stored.status,
        content_type="application/json",
        headers={**stored.headers, "Idempotency-Replayed": "true"},
    )
