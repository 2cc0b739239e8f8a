"""All rows of a list as a file: the same question, gate and order as its pages, sent while it is read."""

import re

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from rest_framework.utils.encoders import JSONEncoder

from partnerships.exports import csv_bytes, ndjson_bytes, table_of, xlsx_bytes
from partnerships.exports.batches import growing, snapshot
from partnerships.exports.file_names import file_name
from partnerships.exports.xlsx import MOST_ROWS
from partnerships.filters import nearest, refusal

from .errors import BadQuestion
from .filters import FORMAT
from .links import Links
from .pagination import Ordering
from .reading import names
from .renderers import DOWNLOADS

# What an answer of pages can be asked beside its rows, and a file of all rows cannot.
OF_PAGES = ("cursor", "page_size", "count", "facets")
OF_OBJECTS = ("expand",)  # a cell of a table has no record in it to be told of
CHOOSING = ("fields", "omit")
CARDS_AT_ONCE = 500
# Pages escape two characters for the sake of JavaScript, files do not. Pairs of backslashes are matched to be passed over.
ESCAPED = re.compile(r"\\\\|\\u202[89]")
UNESCAPED = {r"\u2028": "\u2028", r"\u2029": "\u2029"}

dumps = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


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
        table = table_of(self.model)
        columns = self.selection if renderer.format == "ndjson" else chosen_columns(table, question)
        queryset = self.get_queryset()
        for backend in self.filter_backends:
            queryset = backend().filter_queryset(self.request, queryset, self)
        queryset = queryset.order_by(*Ordering(queryset).words(backwards=False))
        stream = () if self.request.method == "HEAD" else Started(self.pieces(renderer.format, columns, queryset))
        name = file_name(table.name, question, timezone.localdate(), renderer.format)
        charset = f"; charset={renderer.charset}" if renderer.charset else ""
        return StreamingHttpResponse(
            stream,
            content_type=renderer.media_type + charset,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    def pieces(self, format, columns, queryset):
        """The bytes of a file: of a Table with these columns or, as NDJSON, of rows with this Selection."""
        if format == "ndjson":
            return ndjson_bytes(self.rows_of_answers(queryset, columns))
        if format == "xlsx" and queryset[MOST_ROWS : MOST_ROWS + 1].exists():
            message = _(
                "A sheet of XLSX holds %s rows, and this list is longer. Take format=csv, or narrow the question."
            )
            raise BadQuestion({FORMAT: refusal(message % f"{MOST_ROWS:,}", "csv")})
        table = columns.as_of() if self.on else columns
        blocks = table.blocks(queryset, self.request.user, self.on, Links(self.request).root)
        if format == "xlsx":
            return xlsx_bytes(table.name, table.header, blocks)
        return csv_bytes(table.header, blocks)

    def rows_of_answers(self, queryset, selection):
        """The rows as the list's pages give them, each a line of JSON."""
        with snapshot(queryset.db):
            if self.has_cards():
                known = names.read()  # those of the process may be newer than the snapshot
                for ids in growing(queryset.values_list("pk", flat=True), CARDS_AT_ONCE):
                    texts = self.texts(ids, lambda: known)
                    yield from (line_of(texts[pk]) for pk in ids)
            else:
                render = self.get_serializer().to_representation
                records = selection.without_idle_prefetches(self.with_rows(queryset))
                for some in growing(records, CARDS_AT_ONCE):
                    rows = selection.finish([render(record) for record in some], self)
                    yield from map(dumps, rows)


def line_of(text):
    """A row of a page as a line of a file."""
    return ESCAPED.sub(lambda found: UNESCAPED.get(found[0], found[0]), text) if "\\u202" in text else text


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
    message = _("“%(name)s” belongs to an answer in pages; %(format)s has all rows at once. Leave it out.")
    errors = {name: refusal(message % {"name": name, "format": format}) for name in OF_PAGES if name in question}
    if format != "ndjson":
        message = _(
            "“%(name)s” needs records within records; %(format)s has columns. Take format=ndjson, or leave it out."
        )
        errors |= {name: refusal(message % {"name": name, "format": format}) for name in OF_OBJECTS if name in question}
    if errors:
        raise BadQuestion(errors)


def chosen_columns(table, question):
    """The table with the columns that `fields` keeps and `omit` does not. Raises BadQuestion naming each that it has not."""
    words = {name: [word.strip() for word in question.get(name, "").split(",") if word.strip()] for name in CHOOSING}
    unknown = [(name, word) for name in CHOOSING for word in words[name] if word not in table.header]
    message = _("There is no column “%(word)s” in this file. Possible are: %(known)s.")
    errors = {}
    for name, word in unknown:
        known = {"word": word, "known": ", ".join(table.header)}
        errors.setdefault(name, refusal(message % known, nearest(word, table.header)))
    kept = [name for name in words["fields"] or table.header if name not in words["omit"]]
    if not kept and not errors:
        errors["omit"] = refusal(_("No column would be left. Omit fewer."))
    if errors:
        raise BadQuestion(errors)
    return table.with_columns(kept)
