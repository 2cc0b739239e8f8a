"""All rows of a list as a file: the same question, gate and order as its pages, sent while it is read."""

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from rest_framework.utils.encoders import JSONEncoder

from partnerships.exports import csv_bytes, ndjson_bytes, table_of, xlsx_bytes
from partnerships.exports.batches import ROWS_AT_ONCE, snapshot
from partnerships.exports.file_names import file_name
from partnerships.exports.xlsx import MOST_ROWS
from partnerships.filters import refusal

from .errors import BadQuestion
from .filters import AS_OF, FORMAT
from .links import Links
from .pagination import Ordering
from .renderers import DOWNLOADS

# What an answer of pages can be asked beside its rows, and a file of all rows cannot.
# (The columns of CSV and XLSX are today's; NDJSON has the rows of the pages, and can be asked of a day.)
OF_PAGES = ("cursor", "page_size", "count", "facets", "fields", "omit", "expand")


class DownloadMixin:
    """Lets a viewset's list be asked for with `format=csv`, `xlsx` or `ndjson`, or by the Accept header."""

    def get_renderers(self):
        # A method that there is not has no action; that it is not there is said in answer to any format.
        kinds = self.renderer_classes if self.action not in ("list", None) else [*self.renderer_classes, *DOWNLOADS]
        return [kind() for kind in kinds]

    def list(self, request, *args, **kwargs):
        renderer = request.accepted_renderer
        response = (
            self.download(renderer) if isinstance(renderer, DOWNLOADS) else super().list(request, *args, **kwargs)
        )
        patch_vary_headers(response, ["Accept"])
        return response

    def download(self, renderer):
        question = self.request.query_params
        refuse_parameters_of_pages(question, renderer.format)
        queryset = self.get_queryset()
        for backend in self.filter_backends:
            queryset = backend().filter_queryset(self.request, queryset, self)
        queryset = queryset.order_by(*Ordering(queryset).words(backwards=False))
        table = table_of(self.model)
        stream = () if self.request.method == "HEAD" else Started(self.pieces(renderer.format, table, queryset))
        name = file_name(table.name, question, timezone.localdate(), renderer.format)
        charset = f"; charset={renderer.charset}" if renderer.charset else ""
        return StreamingHttpResponse(
            stream,
            content_type=renderer.media_type + charset,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    def pieces(self, format, table, queryset):
        user = self.request.user
        if format == "ndjson":
            return ndjson_bytes(self.rows_of_answers(queryset), JSONEncoder)
        if format == "xlsx" and queryset[MOST_ROWS : MOST_ROWS + 1].exists():
            message = _(
                "A sheet of XLSX holds %s rows, and this list is longer. Take format=csv, or narrow the question."
            )
            raise BadQuestion({FORMAT: refusal(message % f"{MOST_ROWS:,}", "csv")})
        blocks = table.blocks(queryset, user, root=Links(self.request).root)
        if format == "xlsx":
            return xlsx_bytes(table.name, table.header, blocks)
        return csv_bytes(table.header, blocks)

    def rows_of_answers(self, queryset):
        """The rows as the list's pages give them."""
        render = self.get_serializer().to_representation
        with snapshot(queryset.db):
            for record in self.with_rows(queryset).iterator(chunk_size=ROWS_AT_ONCE):
                yield render(record)


class Started:
    """A stream whose first piece is there: what goes wrong before it is answered as an error, not as an empty file."""

    def __init__(self, pieces):
        self.pieces = pieces
        self.first = next(pieces)

    def __iter__(self):
        yield self.first
        yield from self.pieces

    def close(self):
        self.pieces.close()


def refuse_parameters_of_pages(question, format):
    message = _("“%(name)s” belongs to an answer in pages; %(format)s has all rows and columns at once. Leave it out.")
    of_pages = [*OF_PAGES, *([] if format == "ndjson" else [AS_OF])]
    errors = {name: refusal(message % {"name": name, "format": format}) for name in of_pages if name in question}
    if errors:
        raise BadQuestion(errors)
