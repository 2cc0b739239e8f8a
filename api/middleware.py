"""The commonest questions of visitors, answered from ties and cards before sessions, forms and serializers are set up.

The lane answers with the bytes and headers that the ordinary way would give, or steps aside; tests compare the two. What
it does not know to the letter (another parameter, another format, a typing error, a missing card) is not its business.
"""

from csp.middleware import CSPMiddleware
from django.db import DatabaseError
from django.http import HttpResponse
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.security import SecurityMiddleware

from api.reading import lane


class FastLane:
    """Stands before everything else, and gives its answers the headers that every answer has."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.chain = SecurityMiddleware(CSPMiddleware(XFrameOptionsMiddleware(lambda request: HttpResponse())))
        self.headers = {}

    def __call__(self, request):
        if request.method == "GET" and request.path_info.startswith(lane.ROOT):
            try:
                response = lane.answer(request)
            except (lane.NotHere, DatabaseError):
                response = None
            if response is not None and (headers := self.headers_for(request)) is not None:
                for name, value in headers:
                    response.headers[name] = value
                return response
        return self.get_response(request)

    def headers_for(self, request):
        """What the middleware adds to any answer; None if it would not let this request pass."""
        secure = request.is_secure()
        if secure not in self.headers:
            answer = self.chain(request)
            added = [pair for pair in answer.headers.items() if pair[0] not in ("Content-Type", "Content-Length")]
            self.headers[secure] = added if answer.status_code == 200 else None
        return self.headers[secure]
