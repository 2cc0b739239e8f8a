"""What every noun's endpoint does alike: the gate, the question, the page, the address."""

from django.http import HttpResponsePermanentRedirect
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from api.citing import CitedList
from api.downloads import DownloadMixin
from api.facets import FacetsMixin
from api.filters import refuse_unknown
from api.links import Links
from api.reading.listing import CardsMixin

ADDRESS = OpenApiParameter(
    "slug", str, OpenApiParameter.PATH, description="Its slug or id. A slug that it had before redirects to today's."
)


class RegisterViewSet(CitedList, DownloadMixin, FacetsMixin, CardsMixin, GenericViewSet):
    """A noun's viewset says which model, which FilterSet and which serializers; what may be seen is said by the model."""

    model = None
    filterset_class = None
    row_serializer = None
    record_serializer = None
    parameter_notes = {}
    lookup_field = "slug"
    lookup_value_regex = "[^/]+"

    def get_queryset(self):
        return self.model.objects.visible_to(self.request.user)

    def get_serializer_class(self):
        return self.row_serializer if self.action == "list" else self.record_serializer

    def get_serializer_context(self):
        return {"request": self.request, "view": self, "links": Links(self.request)}

    def make_etag(self):
        # What a signed-in person may write has its version for an ETag.
        return super().make_etag() if self.action == "list" or self.is_visitors() else None

    def with_rows(self, queryset):
        """With what a row of the list shows; only what the user may see."""
        return queryset.for_list(self.request.user)

    def with_record(self, queryset):
        """With what the record's own answer shows; only what the user may see."""
        return queryset.for_detail(self.request.user)

    @extend_schema(parameters=[ADDRESS])
    def retrieve(self, request, slug):
        refuse_unknown(request)
        visible = self.get_queryset()
        record = self.with_record(visible.at(slug)).first() if "\0" not in slug else None
        if record is None:
            return self.moved(visible, slug)
        return self.tagged(Response(self.get_serializer(record).data), record)

    def tagged(self, response, record):
        """The answer about one record, with what a noun adds to its headers."""
        return response

    def moved(self, visible, slug):
        """A redirect to the record that once had this slug. Raises NotFound if there is none that the user may see."""
        once_at = getattr(visible, "once_at", None)
        record = once_at(slug).first() if once_at and "\0" not in slug else None
        if record is None:
            raise NotFound
        query = self.request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(Links(self.request).resource(record) + ("?" + query if query else ""))
