"""Whoever changes a record says which version of it they have seen (RFC 9110, If-Match)."""

import re

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException

from api.errors import Stale
from api.links import NAMES

TAG = re.compile(r'(?:W/)?"([^"]*)"')


class PreconditionRequired(APIException):
    status_code = 428
    default_detail = _(
        "Say which version you change, so that nobody's work is overwritten: GET the record with your token and send "
        "its ETag back, as in If-Match: “agreement-12-v7” (with straight quotation marks)."
    )


def etag(record):
    """The record's version as an entity tag, such as `"agreement-12-v7"`, quotation marks included."""
    return f'"{NAMES[type(record)]}-{record.pk}-v{record.version}"'


def require_match(request, record):
    """Raise PreconditionRequired or Stale unless the request's If-Match names this version of the record."""
    header = request.headers.get("If-Match", "").strip()
    # “*” would mean “whatever it says by now”, which is what the condition is there to prevent.
    if header in ("", "*"):
        raise PreconditionRequired
    # A proxy that compresses marks tags as weak; the version in them is as exact as before.
    if etag(record).strip('"') not in TAG.findall(header):
        raise stale(record)


def stale(record):
    message = _("“%(record)s” is at version %(version)s by now. Read it again and repeat the change.")
    words = {"record": record, "version": record.version}
    return Stale(str(message % words), version=record.version, etag=etag(record))
