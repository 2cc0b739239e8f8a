"""The commonest questions of visitors, answered from ties and cards before sessions, forms and serializers are set up.

It answers with the bytes that the ordinary way would give, or steps aside; tests compare the two. What it does not
know to the letter (another parameter, another format, a typing error, a missing card) is not its business.
"""

from django.db import DatabaseError

from api.reading import lane


class FastLane:
    """Stands after the middleware whose headers every answer has, and before all that depends on who asks."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method == "GET" and request.path_info.startswith(lane.ROOT):
            try:
                response = lane.answer(request)
            except (lane.NotHere, DatabaseError):
                response = None
            if response is not None:
                return response
        return self.get_response(request)
