"""Where the API begins, and where it ends."""

from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.response import Response
from rest_framework.views import APIView

from api.filters import refuse_unknown

MORE = ("search", "stats", "changes", "schema", "docs")


class RootView(APIView):
    """The addresses of everything that can be asked for."""

    names = {}  # the word in the address -> the route's name

    @extend_schema(
        operation_id="root",
        tags=["start here"],
        responses={200: {"type": "object", "additionalProperties": {"type": "string", "format": "uri"}}},
    )
    def get(self, request):
        refuse_unknown(request)
        return Response({word: request.build_absolute_uri(reverse(name)) for word, name in self.names.items()})


class NothingView(APIView):
    """Addresses that nobody knows get the API's own answer, not a page of HTML."""

    schema = None

    def initial(self, request, *args, **kwargs):
        raise NotFound
