"""The commonest questions of visitors, answered from ties and cards before sessions, forms and serializers are set up.

The lane answers with the bytes and headers that the ordinary way would give, or steps aside; tests compare the two. What
it does not know to the letter (another parameter, another format, a typing error, a missing card) is not its business.
"""

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.security import SecurityMiddleware

from api.links import path_of
from api.reading import lane, memory, pages
from api.reading.listing import MEDIA_TYPE

TRIED = "concord.lane"  # in the environ: the lane has been tried; with it what an answer is remembered under
LARGEST_KEPT = 256 * 1024


class FastLane:
    """Stands before everything else, and gives its answers the headers that every answer has.

    `Shortcut` uses it before there is a handler at all; as middleware it serves every other way to run Django.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.chain = SecurityMiddleware(CSPMiddleware(XFrameOptionsMiddleware(lambda request: HttpResponse())))
        self.headers = {}

    def __call__(self, request):
        if response := self.answer(request):
            return response
        response = self.get_response(request)
        self.remember(request, response)
        return response

    def answer(self, request):
        """The answer that is remembered, or the lane's, or None. A request is looked at once."""
        if TRIED in request.META:
            return None
        request.META[TRIED] = None
        if not lane.is_open(request) or (headers := self.headers_for(request)) is None:
            return None
        try:
            if settings.API_MEMORY or "HTTP_IF_NONE_MATCH" in request.META:
                version = pages.version()
                if response := lane.not_modified(request, version):
                    return self.complete(response, headers)
                state, key = memory.state_of(version), (path_of(request), request.META.get("QUERY_STRING"))
                if known := memory.answers.get(state, key):
                    return self.again(*known)
                request.META[TRIED] = state, key
            response = self.complete(lane.answer(request), headers)
        except (lane.NotHere, DatabaseError):
            # The ordinary way asks its connection whether it lives, and says 503 if the database does not.
            return None
        self.remember(request, response)
        return response

    def remember(self, request, response):
        if settings.API_MEMORY and (kept := request.META.get(TRIED)) and self.can_be_kept(response):
            size = len(response.content) + 1000
            memory.answers.put(*kept, (response.content, response.headers), size)

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
        response.headers = headers  # nobody changes what has left this middleware
        return response

    def headers_for(self, request):
        """What the middleware adds to any answer; None if it would not let this request pass."""
        secure = request.is_secure()
        if secure not in self.headers:
            answer = self.chain(request)
            added = [pair for pair in answer.headers.items() if pair[0] not in ("Content-Type", "Content-Length")]
            self.headers[secure] = added if answer.status_code == 200 else None
        return self.headers[secure]


class Shortcut:
    """A WSGI application that tries the fast lane before Django's handler, which costs more than most of its answers."""

    def __init__(self, application):
        self.application, self.lane = application, FastLane(None)

    def __call__(self, environ, start_response):
        if lane.leads_here(environ):
            path = environ["PATH_INFO"]
            if response := self.answer(WSGIRequest(environ)):
                start_response(f"{response.status_code} {response.reason_phrase}", list(response.headers.items()))
                return [response.content]
            environ["PATH_INFO"] = path  # Django's request decodes it in its place, and the handler's would again
        return self.application(environ, start_response)

    def answer(self, request):
        # What the handler's signals do for the connections at the start and the end of each request.
        connection.close_if_unusable_or_obsolete()
        response = self.lane.answer(request)
        connection.close_if_unusable_or_obsolete()
        return response
