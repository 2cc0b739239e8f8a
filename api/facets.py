"""`facets=country,year` on a list: what the same question would find if it were narrowed further."""

from dataclasses import asdict

from django.core.exceptions import ValidationError

from partnerships import reporting

from .errors import BadQuestion
from .reading import memory

PARAMETER = "facets"
MEANING = (
    "Counts the records of this question, of all pages, by these, with commas between them: `facets=country,year`. Each "
    "value is written as the filter of the same name takes it, and has the count that this filter would find; `partner` "
    "counts direct ties, as with `partner_exact=true`. The {most} largest are given, `more` says how many others there "
    "are, and `without` how many records have no value. Records with several values count for each. What has no end "
    "counts up to the current year. Labels are today's."
)


class FacetsMixin:
    """Answers `facets` on the list of a viewset."""

    def paginate_queryset(self, queryset):
        names = self.facet_names()  # a typing error is told before anything is read
        page = super().paginate_queryset(queryset)
        if names:
            self.paginator.extras[PARAMETER] = {name: self.facet(queryset, name) for name in names}
        return page

    def facet_names(self):
        text = self.request.query_params.get(PARAMETER)
        try:
            return reporting.read_names(text, reporting.dimensions_of(self.model))
        except ValidationError as error:
            raise BadQuestion({PARAMETER: error}) from None

    def facet(self, queryset, name):
        if not self.is_visitors():
            return self.counted(queryset, name)
        state = memory.state_of(self.data_version)
        key = (*memory.question_of(self.model, self.normal_pairs()), name)
        known = memory.figures.get(state, key)
        return memory.figures.put(state, key, self.counted(queryset, name)) if known is None else known

    def counted(self, queryset, name):
        return asdict(reporting.facet(queryset, name, self.request.user, self.question.on))


def parameter(model):
    """The parameter `facets` of a noun's list, for its OpenAPI description."""
    names = {"type": "string", "enum": list(reporting.dimensions_of(model))}
    return {
        "name": PARAMETER,
        "in": "query",
        "required": False,
        "description": MEANING.format(most=reporting.MOST_VALUES),
        "schema": {"type": "array", "items": names},
        "style": "form",
        "explode": False,
    }


def answer_schema():
    """What the list's answer has under `facets`."""
    count = {"type": "integer", "minimum": 0}
    value = {
        "type": "object",
        "required": ["value", "label", "count"],
        "properties": {
            "value": {"type": "string", "description": "As the filter of the same name takes it."},
            "label": {"type": "string"},
            "count": count,
        },
    }
    facet = {
        "type": "object",
        "required": ["values", "more", "without"],
        "properties": {
            "values": {"type": "array", "items": value, "description": "The largest first."},
            "more": count | {"description": "Values that are not listed."},
            "without": count | {"description": "Records without a value."},
        },
    }
    return {"type": "object", "additionalProperties": facet, "description": "By name, where `facets` asks."}
