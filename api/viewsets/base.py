"""What every noun's endpoint does alike: the gate, the question, the page, the address."""

from django.http import HttpResponsePermanentRedirect
from django.utils.functional import cached_property
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from api.citing import CitedList
from api.commas import CommaListsMixin
from api.downloads import DownloadMixin
from api.facets import FacetsMixin
from api.filters import AS_OF, read_day, refuse_unknown
from api.links import Links, LinksOn
from api.reading.listing import CardsMixin
from api.selection import PARAMETERS, VIEWSETS, Selection

ADDRESS = OpenApiParameter(
    "slug", str, OpenApiParameter.PATH, description="Its slug or id. A slug that it had before redirects to today's."
)


class RegisterViewSet(CommaListsMixin, CitedList, DownloadMixin, FacetsMixin, CardsMixin, GenericViewSet):
    """A noun's viewset says which model, which FilterSet and which serializers; what may be seen is said by the model."""

    model = None
    filterset_class = None
    row_serializer = None
    record_serializer = None
    parameter_notes = {}
    lookup_field = "slug"
    lookup_value_regex = "[^/]+"

    shaping = frozenset({AS_OF, *PARAMETERS})
    on = None  # the day of which the question asks (`as_of`); None asks of today

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        if cls.model:
            VIEWSETS[cls.model] = cls

    def get_queryset(self):
        return self.model.objects.visible_to(self.request.user)

    def get_serializer_class(self):
        return self.row_serializer if self.action == "list" else self.record_serializer

    def get_serializer_context(self):
        links = LinksOn(self.request, self.on) if self.on else Links(self.request)
        return {
            "request": self.request,
            "view": self,
            "links": links,
            "on": self.on,
            "names": links.names if self.on else None,
            "selection": self.selection,
        }

    def get_paginated_response(self, data):
        return super().get_paginated_response(self.selection.finish(data, self))

    @cached_property
    def selection(self):
        """What the answer is to contain."""
        return Selection(self.request.query_params, self.get_serializer_class())

    @classmethod
    def answers_of_days(cls):
        """Whether the noun can be asked `as_of` a day."""
        return AS_OF in cls.filterset_class.base_filters

    @property
    def as_of(self):
        """The day as an argument for the phrases of nouns that can be asked of one."""
        return {"on": self.on} if self.on and self.answers_of_days() else {}

    @classmethod
    def rows_by_id(cls, ids, view):
        """The rows with these ids as the noun's own list gives them, for another view's question: {id: row}."""
        rows = cls(request=view.request, on=view.on, selection=Selection({}, cls.row_serializer), action="list")
        records = rows.with_rows(rows.get_queryset().filter(pk__in=ids))
        render = cls.row_serializer(context=rows.get_serializer_context()).to_representation
        return {record.pk: render(record) for record in records}

    def make_etag(self):
        # What a signed-in person may write has its version for an ETag.
        return super().make_etag() if self.action == "list" or self.is_visitors() else None

    def with_rows(self, queryset):
        """With what a row of the list shows; only what the user may see."""
        return queryset.for_list(self.request.user, **self.as_of)

    def with_record(self, queryset):
        """With what the record's own answer shows; only what the user may see."""
        return queryset.for_record(self.request.user, **self.as_of)

    @extend_schema(parameters=[ADDRESS])
    def retrieve(self, request, slug):
        refuse_unknown(request, [*PARAMETERS, *([AS_OF] if self.answers_of_days() else [])])
        self.on = read_day(request)
        visible, selection = self.get_queryset(), self.selection
        records = selection.without_idle_prefetches(self.with_record(visible.at(slug)))
        record = records.first() if "\0" not in slug else None
        if record is None:
            return self.moved(visible, slug)
        return self.tagged(Response(selection.finish([self.get_serializer(record).data], self)[0]), record)

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
