"""The OpenAPI description of `/stats/`: its parameters are those of all lists, and its answer explains itself."""

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse

from partnerships import reporting

from .filters import describe, meaning
from .schema import RegisterSchema

COUNT = {"type": "integer", "minimum": 0}
REASONS = {"type": "object", "additionalProperties": COUNT}
SUM = {
    "type": "object",
    "required": ["summed"],
    "properties": {
        "currency": {"type": "string", "description": "Of contributions: ISO 4217."},
        "stage": {"type": "string"},
        "stage_label": {"type": "string"},
        "in_kind": {"type": "boolean"},
        "amount": {"type": "string", "description": "Exact."},
        "unit": {"type": "string", "description": "Of indicators: what is counted."},
        "figure": {"type": "string", "description": "`baseline`, `target` or `actual`: the latest of each indicator."},
        "value": {"type": ["string", "null"], "description": "Null where no indicator has such a figure."},
        "summed": COUNT | {"description": "How many records are in it."},
        "left_out": REASONS | {"description": "Of indicators: how many of this unit are not in it (`no_figure`)."},
    },
}
VALUE = {
    "type": "object",
    "required": ["value", "label"],
    "properties": {"value": {"type": ["string", "null"]}, "label": {"type": ["string", "null"]}},
    "description": "As the filter of the same name takes it. Null: the records have none. Several, joined by “ + ”: shared.",
}
TOTAL = {
    "count": COUNT | {"description": "All records: those that are summed, and those that are left out."},
    "sums": {"type": "array", "items": SUM, "description": "For contributions and indicators."},
    "left_out": REASONS | {"description": "How many contributions are in no sum: `no_amount`, `other_currency`."},
}
ANSWER = {
    "type": "object",
    "required": ["of", "group_by", "citation", "total", "groups", "more"],
    "properties": {
        "of": {"type": "string"},
        "group_by": {"type": "array", "items": {"type": "string"}},
        "citation": {"$ref": "#/components/schemas/Citation"},
        "total": {"type": "object", "required": ["count"], "properties": TOTAL},
        "groups": {
            "type": "array",
            "maxItems": reporting.MOST_GROUPS,
            "items": {
                "type": "object",
                "required": ["count"],
                "properties": {"shared": {"type": "boolean"}} | TOTAL,
                "additionalProperties": VALUE,
            },
            "description": "In the order of their values; the largest, if there are more than these.",
        },
        "more": COUNT | {"description": "Groups that are not listed."},
    },
}
EXAMPLE = OpenApiExample(
    "EU contributions by year and funder",
    summary="/stats/?of=contributions&partner=eu&group_by=year,funder&currency=EUR",
    value={
        "of": "contributions",
        "group_by": ["year", "funder"],
        "citation": {
            "permalink": "https://concord.example/api/v1/stats/?currency=EUR&group_by=year%2Cfunder&of=contributions&partner=eu",
            "data_version": "1204",
            "changed_at": "2020-10-02T09:30:00Z",
        },
        "total": {
            "count": 3,
            "sums": [
                {
                    "currency": "EUR",
                    "stage": "commitment",
                    "stage_label": "commitment",
                    "in_kind": False,
                    "amount": "6500000.00",
                    "summed": 1,
                }
            ],
            "left_out": {"no_amount": 1, "other_currency": 1},
        },
        "groups": [
            {
                "year": {"value": "2019", "label": "2019"},
                "funder": {"value": "eutf + gif", "label": "EU Trust Fund for Africa + Global Illicit Flows Programme"},
                "shared": True,
                "count": 3,
                "sums": [
                    {
                        "currency": "EUR",
                        "stage": "commitment",
                        "stage_label": "commitment",
                        "in_kind": False,
                        "amount": "6500000.00",
                        "summed": 1,
                    }
                ],
                "left_out": {"no_amount": 1, "other_currency": 1},
            }
        ],
        "more": 0,
    },
)


class StatsSchema(RegisterSchema):
    """Describes `of`, `group_by` and, as one list, what the nouns' lists can be asked."""

    def get_operation_id(self):
        return "stats"

    def get_summary(self):
        return "Count and sum by group"

    def get_tags(self):
        return ["stats"]

    def get_override_parameters(self):
        models = {word: viewset.model for word, viewset in self.view.nouns.items()}
        dimensions = {word: list(reporting.dimensions_for_groups(model)) for word, model in models.items()}
        names = sorted({name for known in dimensions.values() for name in known})
        lists = " ".join(f"{word.capitalize()}: {', '.join(known)}." for word, known in dimensions.items())
        array = {"type": "array", "items": {"type": "string", "enum": names}, "maxItems": reporting.MOST_DIMENSIONS}
        described = [
            OpenApiParameter(
                "of", {"type": "string", "enum": list(models)}, required=True, description="What is counted."
            ),
            OpenApiParameter(
                "group_by",
                array,
                description="Up to three dimensions, with commas between them; without it, there is only the total. "
                + lists,
                style="form",
                explode=False,
            ),
        ]
        return described + [self.filter(*one) for one in sorted(self.filters().items())]

    def filters(self):
        """Each filter by its name, and the nouns that have it."""
        found = {}
        for word, viewset in self.view.nouns.items():
            for name, one in viewset.filterset_class.base_filters.items():
                if name != "ordering":
                    found.setdefault(name, (one, []))[1].append(word)
        return found

    def filter(self, name, found):
        one, nouns = found
        of = "" if len(nouns) == len(self.view.nouns) else f"For {', '.join(nouns)}. "
        described = describe(name, one)
        schema = described.pop("schema")
        if name in ("kind", "status", "role"):
            schema = {"type": "array", "items": {"type": "string"}}  # each noun has its own words
        return OpenApiParameter(name, schema, description=of + meaning(name, one), **described)

    def get_response_serializers(self):
        return OpenApiResponse(ANSWER, "Counts, sums, and what is not in them.", examples=[EXAMPLE])
