"""Pages by key: a page begins after the last row of the one before, wherever that row stands by now.

A deep page costs what the first one costs, and no row comes twice or is skipped while others come and go.
"""

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.db.models import Q
from django.utils.translation import gettext as _
from rest_framework.pagination import BasePagination
from rest_framework.response import Response

from partnerships.filters import FlagField, refusal

from . import facets
from .errors import BadQuestion
from .links import with_query

PAGE_SIZE = 25
LARGEST_PAGE = 100
FLAG = FlagField()


class Ordering:
    """The columns that a list is sorted by, each with its direction; the record's number decides last."""

    def __init__(self, queryset):
        self.model = queryset.model
        words = [str(word) for word in queryset.query.order_by or self.model._meta.ordering]
        if words[-1].lstrip("-") != "pk":
            words.append("-pk" if words[-1].startswith("-") else "pk")
        self.columns = [(word.lstrip("-"), word.startswith("-")) for word in words]
        # A cursor is opaque: key values, signed for this list in this order, so that nothing else can be put into it.
        self.signer = Signer(salt=f"api.cursor {self.model._meta.label} {' '.join(words)}", sep=".")

    def words(self, backwards):
        return [f"-{column}" if descending is not backwards else column for column, descending in self.columns]

    def keys(self, row):
        """The key values of a row."""
        return [getattr(row, column) for column, _descending in self.columns]

    def cursor(self, keys, backwards):
        """Where the page after these key values begins (before them if `backwards`); without any, the last page."""
        keys = keys and [key.isoformat() if hasattr(key, "isoformat") else key for key in keys]
        return self.signer.sign_object([keys, backwards])

    def read(self, cursor):
        """The key values (or None) and the direction of a cursor. Raises ValidationError if it is not one of this list."""
        try:
            keys, backwards = self.signer.unsign_object(cursor)
            return keys and self.parsed(keys), backwards
        except (BadSignature, ValueError, TypeError, ValidationError):
            message = _("This cursor is damaged, or belongs to another list or order. Start from the first page.")
            raise refusal(message) from None

    def parsed(self, keys):
        pairs = zip(self.columns, keys, strict=True)
        values = [self.field(column).to_python(key) for (column, _descending), key in pairs]
        if None in values:
            raise ValueError("The columns that lists are sorted by are never empty.")
        return values

    def field(self, column):
        field = self.model._meta.pk if column == "pk" else self.model._meta.get_field(column)
        return getattr(field, "output_field", None) or field

    def beyond(self, keys, backwards):
        """A condition for the rows after these key values (before them if `backwards`)."""
        condition = None
        for (column, descending), key in reversed(list(zip(self.columns, keys, strict=True))):
            side = "lt" if descending is not backwards else "gt"
            strictly = Q(**{f"{column}__{side}": key})
            # The first half of the longer form makes it one range of the index, instead of two that are merged.
            condition = Q(**{f"{column}__{side}e": key}) & (strictly | condition) if condition else strictly
        return condition


def address(request, cursor):
    """The absolute address of the same question at this cursor; without one, of its first page."""
    pairs = [(name, value) for name, values in request.GET.lists() if name != "cursor" for value in values]
    return with_query(request, [*pairs, ("cursor", cursor)] if cursor else pairs)


class KeysetPagination(BasePagination):
    """`cursor`, `page_size` and `count`; the answer has `next`, `previous`, `results` and, if asked for, `count`."""

    parameters = ("cursor", "page_size", "count", facets.PARAMETER)
    next = previous = count = None

    def __init__(self):
        self.extras = {}  # what the answer says beside its page, such as its citation

    def paginate_queryset(self, queryset, request, view=None):
        ordering = Ordering(queryset)
        size, keys, backwards, counted = self.read(request.query_params, ordering)
        self.count = queryset.count() if counted else None
        rows = queryset.order_by(*ordering.words(backwards))
        if keys:
            rows = rows.filter(ordering.beyond(keys, backwards))
        # One row more than the page tells whether there is another page.
        rows = list(rows[: size + 1])
        more, rows = len(rows) > size, rows[:size]
        if backwards:
            rows.reverse()
        ends = (ordering.keys(rows[0]), ordering.keys(rows[-1])) if rows else (None, None)
        self.turn(request._request, ordering, ends, more, keys, backwards)
        return rows

    def turn(self, request, ordering, ends, more, keys, backwards):
        """Set `next` and `previous`. `ends` are the key values of the first and the last row; `more` rows were left."""
        self.next = self.previous = None
        first, last = ends
        if more if not backwards else keys:
            self.next = address(request, last and ordering.cursor(last, False))
        if more if backwards else keys:
            self.previous = address(request, ordering.cursor(first, True))

    def read(self, parameters, ordering):
        """The page's size, key values and direction, and whether to count. Raises BadQuestion naming what is wrong."""
        errors, size, keys, backwards = {}, parameters.get("page_size", ""), None, False
        if size and not (size.isascii() and size.isdecimal() and len(size) <= 3 and 1 <= int(size) <= LARGEST_PAGE):
            errors["page_size"] = refusal(_("A page has between 1 and %s rows.") % LARGEST_PAGE)
        try:
            counted = FLAG.clean(parameters.get("count"))
        except ValidationError as error:
            errors["count"] = error
        if cursor := parameters.get("cursor"):
            try:
                keys, backwards = ordering.read(cursor)
            except ValidationError as error:
                errors["cursor"] = error
        if errors:
            raise BadQuestion(errors)
        return int(size or PAGE_SIZE), keys, backwards, counted

    def get_paginated_response(self, data):
        return Response(self.page(data))

    def page(self, data):
        page = {"next": self.next, "previous": self.previous}
        if self.count is not None:
            page["count"] = self.count
        return page | self.extras | {"results": data}

    def get_paginated_response_schema(self, schema):
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "citation", "results"],
            "properties": {
                "next": link | {"description": "The address of the next page, or null on the last one."},
                "previous": link | {"description": "The address of the page before, or null on the first one."},
                "count": {"type": "integer", "description": "All rows of the question, where `count=true` asks."},
                "citation": {"$ref": "#/components/schemas/Citation"},
                facets.PARAMETER: facets.answer_schema(),
                "results": schema,
            },
        }

    def get_schema_operation_parameters(self, view):
        def parameter(name, description, **schema):
            return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}

        return [
            parameter(
                "cursor", "Where the page begins: taken from `next` or `previous`, never made up.", type="string"
            ),
            parameter(
                "page_size", "Rows on a page.", type="integer", minimum=1, maximum=LARGEST_PAGE, default=PAGE_SIZE
            ),
            parameter("count", "`true` adds the number of all rows to the answer.", type="boolean", default=False),
            facets.parameter(view.model),
        ]
