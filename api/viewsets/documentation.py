"""The API's description for programs, and the page that shows it to people."""

from functools import cache

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.response import Response

from api.filters import refuse_unknown


@cache
def description():
    """The same for everybody, and made once: it takes longer than a hundred ordinary answers."""
    return SchemaGenerator().get_schema(request=None, public=True)


class SchemaView(SpectacularAPIView):
    """The OpenAPI description of this API."""

    @extend_schema(exclude=True)
    def get(self, request, *args, **kwargs):
        refuse_unknown(request)
        return Response(description())


class DocumentationView(SpectacularSwaggerSplitView):
    """The API's description, with a form to try it."""

    url_name = "api:schema"
    template_name = "api/docs.html"

    @extend_schema(exclude=True)
    def get(self, request, *args, **kwargs):
        refuse_unknown(request, ["script"])
        return super().get(request, *args, **kwargs)
