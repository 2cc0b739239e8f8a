"""Answers that can be cited and need not be sent twice.

An answer is a function of the question, of the register as the asker may know it, of today's date (a status follows from
dates) and of the code. The ETag says which of each it was; the citation says it in words that last.
"""

import time
from datetime import datetime
from datetime import time as clock_time
from functools import lru_cache
from hashlib import sha256

from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.functional import cached_property
from django.utils.http import http_date, parse_etags, parse_http_date_safe
from rest_framework import serializers

from partnerships import ledger
from partnerships.release import release, released_at
from partnerships.views.question import normal_pairs

from .links import path_of, with_query

# What an answer depends on beside its address: the format that was asked for, and who asks.
VARIES = ("Accept", "Authorization", "Cookie")


class NotModified(Exception):
    """The asker has this answer already."""


class CitationSerializer(serializers.Serializer):
    """How to cite this answer. It does not change as long as the register does not."""

    permalink = serializers.URLField(
        help_text="The question in its normal form: parameters sorted, records by their slugs, from the first page."
    )
    data_version = serializers.CharField(
        help_text="The number of the last change of the register that is public; see `/changes/`."
    )
    changed_at = serializers.DateTimeField(
        allow_null=True, help_text="When that change was made. The time of the answer is in the `Date` header."
    )


class CitedView:
    """Goes before an APIView: ETag and Last-Modified, 304 for those who have the answer, and citations for lists."""

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        self.etag = self.make_etag() if request.method in ("GET", "HEAD") else None
        if self.etag and (self.is_known() or (self.is_whole_list() and self.is_unchanged_since())):
            raise NotModified

    def handle_exception(self, exc):
        return HttpResponse(status=304) if isinstance(exc, NotModified) else super().handle_exception(exc)

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        if getattr(self, "etag", None) and response.status_code in (200, 304):
            # A file whose reading has begun is sent: closing it here would end the request for everything else, too.
            if response.status_code == 200 and not response.streaming and self.is_unchanged_since():
                response = HttpResponse(status=304)
            response["ETag"] = self.etag
            if self.last_modified:
                response["Last-Modified"] = http_date(self.last_modified)
        # Whoever keeps an answer asks whether it still holds before showing it again; a signed-in person's is nobody else's.
        response.setdefault("Cache-Control", "no-cache" if self.is_visitors() else "private, no-cache")
        patch_vary_headers(response, VARIES)
        return response

    def is_visitors(self):
        """Whether a session or a token has shaped the answer."""
        return not getattr(self.request.user, "is_authenticated", False) and self.request.auth is None

    @cached_property
    def data_version(self):
        """The data version as the asker may know it. It is read before the data, which may be newer, but never older."""
        return ledger.head(self.request.user)

    def make_etag(self):
        """A strong ETag of the answer to come, or None where the view has none to give."""
        request = self.request
        asker = "" if self.is_visitors() else f"{request.user.pk} {request.auth}"
        renderer = getattr(request, "accepted_renderer", None)
        media_type = getattr(request, "accepted_media_type", "")
        return make_etag(request, self.data_version, getattr(renderer, "format", ""), media_type, asker)

    @cached_property
    def last_modified(self):
        return last_modified(self.data_version)

    def is_known(self):
        known = parse_etags(self.request.headers.get("If-None-Match", ""))
        return self.etag in known or f"W/{self.etag}" in known

    def is_unchanged_since(self):
        """Whether the asker has an answer that is as new as the data; If-None-Match, which is exact, goes before."""
        header = self.request.headers.get("If-Modified-Since")
        if not header or self.request.headers.get("If-None-Match") or not self.last_modified:
            return False
        since = parse_http_date_safe(header)
        return since is not None and since >= self.last_modified

    def is_whole_list(self):
        """Whether nothing can be wrong with the question. Only then may its date alone answer it: a 304 hides no 400."""
        return getattr(self, "action", "") == "list" and not self.request.query_params

    def citation(self):
        return cite(self.request, self.data_version, self.normal_pairs())

    def normal_pairs(self):
        """The question as pairs of a parameter and one of its values."""
        question = getattr(self, "question", None)
        cleaned = question.form.cleaned_data if question else {}
        return normal_pairs(self.request.query_params, cleaned, beside=("cursor",))


def make_etag(request, version, format, media_type, asker=""):
    """A strong ETag of the answer to this request at this Head of the ledger."""
    address, query = path_of(request), request.META.get("QUERY_STRING", "")
    parts = [release(), version.number, version.day, address, query, format, media_type, asker]
    return f'"{sha256(chr(10).join(map(str, parts)).encode()).hexdigest()[:32]}"'


def last_modified(version):
    """Seconds since 1970, or None in the second of the last change: another one in it would look the same."""
    midnight = midnight_of(version.day)
    changed_at = int(version.changed_at.timestamp()) if version.changed_at else midnight
    newest = max(changed_at, midnight, released_at())
    return newest if newest < int(time.time()) else None


@lru_cache(maxsize=2)
def midnight_of(day):
    """The first second of a day, in seconds since 1970."""
    return int(timezone.make_aware(datetime.combine(day, clock_time())).timestamp())


def cite(request, version, pairs):
    """A citation; the permalink is the question's address in its normal form."""
    return {
        "permalink": with_query(request, sorted(pairs)),
        "data_version": str(version.number),
        "changed_at": version.changed_at and version.changed_at.isoformat().replace("+00:00", "Z"),
    }


class CitedList(CitedView):
    """A list whose pages carry their citation."""

    def get_paginated_response(self, data):
        self.paginator.extras["citation"] = self.citation()
        return super().get_paginated_response(data)
