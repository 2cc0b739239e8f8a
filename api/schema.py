"""What the OpenAPI description says beyond what the serializers and filters say for themselves."""

from datetime import date

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from .citing import CitationSerializer
from .errors import MEDIA_TYPE, ProblemSerializer
from .filters import AS_OF, MEANINGS
from .questions import with_examples
from .renderers import DOWNLOADS
from .selection import described
from .writing.described import WRITING, WritingSchema, components

INTRODUCTION = (
    """\
An international organisation's partnerships: whom it works with, under which agreements, in which projects and countries,
with whose money, and which dated story says so. Reading what is published needs no key.

**Partner, country and year mean the same everywhere.** `partner=fifa` matches every tie of an organization or a unit below
it; `country=NE` takes ISO codes; `year=2019` asks what overlaps the year. Each list says what that means for it. Repeating
a parameter means any of its values; several parameters mean all of them. A list with commas may be repeated instead.

**A typing error is an error.** A parameter or value that is not known is answered with 400, naming it and the nearest right
one, and never with a list that looks like an answer.

**Dates are as exact as they are known**: `2013`, `2013-05`, `2013-05-21`, or `../2013-05-21` for “by that day”. **Amounts**
are strings, null where unknown, never 0.

**Lookups** end in a suffix: `__n` not, `__gte` and `__lte` from and up to, `__ic` contains and `__isw` begins with (whatever
the case), `__empty` nothing there. Each list says which of its fields take which. `signed_on__gte=2013` counts from the first
day of 2013, `signed_on__lte=2013` to its last.

**The shape of an answer**: `fields` keeps, `omit` leaves out, `expand` tells of a brief record as its own list would.
`as_of=2014-06-30` answers as the facts stood that day.

**Pages** are followed by their `next` and `previous`; no row comes twice and none is skipped, even while records change.
`count=true` adds the number of rows, `facets=country,year` the number for each country and year.

**Sums explain themselves.** `/stats/` counts and sums by group. It keeps currencies, stages, and money and goods apart, counts
a shared amount once, and says with each sum how many records are not in it, and why.

**Downloads.** Every list comes with `format=csv`, `xlsx` or `ndjson` as one file of all its rows, whose last line or sheet
counts them and gives the SHA-256 of what is before it: a file without it was cut. `fields` and `omit` choose its columns; a
table `as_of` a day has a column `as_of`. In CSV, cells with several values part
them with `; `, and text that a spreadsheet would take for a formula has an apostrophe before it. In pandas:
`pandas.read_csv(address, skipfooter=1, engine="python")`.

**Citing.** Every list has a `citation`: the question in its normal form and the number and time of the register's last public
change. An `ETag` sent back in `If-None-Match` gets 304 until something public has changed. `/changes/` tells every change in
order, for whoever keeps a copy.

Examples of all this in curl and Python, each of which is tested, are in `docs/api.md` of Concord's source.

"""
    + WRITING
)

PROBLEMS = {
    "400": "A parameter, a value or a place in the body that is not right; `errors` names each, and what was meant.",
    "401": "The token opens nothing: it is mistyped, has expired or was revoked.",
    "403": "The token was made without the scope for this, or its owner has no permission.",
    "404": "There is nothing at this address.",
    "405": "There is no such method here.",
    "406": "The answer cannot be given in the format that was asked for.",
    "503": "The register cannot be reached at the moment.",
}
MOVED = {
    "description": "The record has another slug today.",
    "headers": {"Location": {"schema": {"type": "string", "format": "uri"}, "description": "Its address today."}},
}
FORMAT = (
    "`csv`, `xlsx` and `ndjson` give all rows as one file, which proves at its end that it is whole. The `Accept` header "
    "says the same."
)
SUMMARIES = {
    "list": "List {nouns}",
    "retrieve": "One {noun}",
    "create": "Make a {noun}",
    "update": "Replace a {noun}",
    "partial_update": "Change a {noun}",
    "destroy": "Delete a {noun}",
    "bulk": "Make, change and delete many {nouns} at once",
    "publish": "Publish a {noun}",
    "review": "Send a {noun} to review",
    "archive": "Archive a {noun}",
    "draft": "Return a {noun} to draft",
}


class RegisterSchema(WritingSchema, AutoSchema):
    """Describes the problem documents and redirects of each endpoint, and names it in plain words."""

    def get_summary(self):
        model = getattr(self.view, "model", None)
        if model is None:
            return None
        names = {"noun": model._meta.verbose_name, "nouns": model._meta.verbose_name_plural}
        return SUMMARIES[self.view.action].format(**names)

    def get_override_parameters(self):
        parameters = super().get_override_parameters()
        if getattr(self.view, "action", "") not in ("list", "retrieve"):
            return parameters
        if self.view.action == "retrieve" and self.view.answers_of_days():
            parameters = [*parameters, OpenApiParameter(AS_OF, date, description=MEANINGS[AS_OF])]
        return [*parameters, *described(self.view.get_serializer_class())]

    def _get_parameters(self):
        return with_examples(super()._get_parameters(), self.get_description() if self.method == "GET" else "")

    def _get_format_parameters(self):
        return [parameter | {"description": FORMAT} for parameter in super()._get_format_parameters()]

    def _insert_field_validators(self, field, schema):
        super()._insert_field_validators(field, schema)
        model = getattr(getattr(field.parent, "Meta", None), "model", None)
        if isinstance(field, serializers.URLField) and model and model._meta.get_field(field.source).blank:
            # Where there is no address the answer has an empty text, which is no URI.
            schema.pop("format", None)
            schema["pattern"] = "^(https?://.*)?$"

    def _get_response_bodies(self, direction="response"):
        if getattr(self.view, "action", "") == "list":
            self.resolve_serializer(CitationSerializer, direction)
        responses = super()._get_response_bodies(direction)
        if getattr(self.view, "action", "") == "retrieve":
            responses["301"] = MOVED
        elif getattr(self.view, "action", "") == "list":
            for kind in DOWNLOADS:
                schema = {"type": "string", "description": kind.about}
                responses["200"]["content"][kind.media_type] = {"schema": schema}
        for status, description in (PROBLEMS | self.problems_of_writing()).items():
            if status != "404" or "{slug}" in self.path:
                body = self._get_response_for_code(ProblemSerializer, status, [MEDIA_TYPE], direction)
                responses[status] = body | {"description": description}
        return responses


def introduce(result, generator, request, public):
    """A post-processing hook: the introduction that readers of the documentation see first, and the bodies' schemas."""
    result["info"]["description"] = INTRODUCTION
    schemas = result["components"]["schemas"] | components()
    result["components"]["schemas"] = dict(sorted(schemas.items()))
    return result
