"""The commonest questions of visitors, answered from ties and cards before sessions, forms and serializers are set up.

The lane answers with the bytes and headers that the ordinary way would give, or steps aside; tests compare the two. What
it does not know to the letter (another parameter, another format, a typing error, a missing card) is not its business.
"""

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpResponse
from django.http.response import ResponseHeaders
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.security import SecurityMiddleware

from api.links import path_of
from api.reading import lane, memory, pages
from api.reading.listing import MEDIA_TYPE

LARGEST_KEPT = 256 * 1024


class FastLane:
    """Stands before everything else, and gives its answers the headers that every answer has."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.chain = SecurityMiddleware(CSPMiddleware(XFrameOptionsMiddleware(lambda request: HttpResponse())))
        self.headers = {}

    def __call__(self, request):
        if not lane.is_open(request) or (headers := self.headers_for(request)) is None:
            return self.get_response(request)
        try:
            return self.answer(request, headers)
        except DatabaseError:
            # The ordinary way asks its connection whether it lives, and says 503 if the database does not.
            return self.get_response(request)

    def answer(self, request, headers):
        key = state = None
        if settings.API_MEMORY or "HTTP_IF_NONE_MATCH" in request.META:
            version = pages.version()
            if response := lane.not_modified(request, version):
                return self.complete(response, headers)
            state, key = memory.state_of(version), (path_of(request), request.META.get("QUERY_STRING"))
            if known := memory.answers.get(state, key):
                return self.again(*known)
        try:
            response = self.complete(lane.answer(request), headers)
        except lane.NotHere:
            response = self.get_response(request)
        if settings.API_MEMORY and self.can_be_kept(response):
            size = len(response.content) + 1000
            memory.answers.put(state, key, (response.content, dict(response.headers)), size)
        return response

    def can_be_kept(self, response):
        """Whether it is a whole answer that nobody's session has shaped, and not a large one."""
        return (
            response.status_code == 200
            and not response.streaming
            and not response.cookies
            and response.headers.get("Content-Type") == MEDIA_TYPE
            and "ETag" in response.headers
            and len(response.content) < LARGEST_KEPT
        )

    def complete(self, response, headers):
        for name, value in headers:
            response.headers[name] = value
        return response

    def again(self, content, headers):
        response = HttpResponse(content)
        response.headers = ResponseHeaders(headers)
        return response

    def headers_for(self, request):
        """What the middleware adds to any answer; None if it would not let this request pass."""
        secure = request.is_secure()
        if secure not in self.headers:
            answer = self.chain(request)
            added = [pair for pair in answer.headers.items() if pair[0] not in ("Content-Type", "Content-Length")]
            self.headers[secure] = added if answer.status_code == 200 else None
        return self.headers[secure]
