"""The API asks in the same words as the pages: each noun's FilterSet reads the question, and answers typing errors."""

from django.utils.translation import gettext as _

from partnerships import filters
from partnerships.filters import nearest, refusal

from .errors import BadQuestion

FORMAT = "format"

# What each word means, for the documentation. A viewset's `parameter_notes` adds what is particular to its noun.
MEANINGS = {
    "q": "Words that all occur in the record, whatever their case and accents. `q=money laundering`",
    "partner": "A partner, by slug, id, acronym, name or former name: `partner=fifa`. Finds it and every unit below it: "
    "`partner=eu` finds DG NEAR. Repeat it for any of several: `partner=fifa&partner=unv`.",
    "partner_all": "Like `partner`, but repeated it means all of them: `partner_all=unodc&partner_all=fifa`.",
    "partner_exact": "`true` leaves out the units below the partner.",
    "country": "A country by ISO 3166-1 code (`country=NE`, `country=NER`) or slug. Repeat it for any of several.",
    "region": "A region by UN M49 code (`region=011`) or a grouping by slug (`region=sahel`), with all that lies in it.",
    "year": "A year, such as `year=2019`. Repeat it for any of several.",
    "year_from": "Like `year`, for a span that begins with this year.",
    "year_to": "Like `year`, for a span that ends with this year.",
    "ordering": "What the list is sorted by, several keys with commas between them; a minus turns one round: "
    "`ordering=-updated`.",
    "kind": "Of this kind. Repeat it for any of several.",
    "status": "With this status today. Repeat it for any of several.",
    "role": "Narrows `partner` to this role. Repeat it for any of several.",
    "type": "Of this type (IATI codelist OrganisationType). Repeat it for any of several.",
    "stage": "How far the money has come. Repeat it for any of several.",
    "sdg": "A Sustainable Development Goal by its number, such as `sdg=16`. Repeat it for any of several.",
    "parent": "Directly under this record, by slug or id.",
    "signed_year": "Signed in this year, such as `signed_year=2013`. Repeat it for any of several.",
    "agreement": "Tied to this agreement, by slug or id. Repeat it for any of several.",
    "project": "Tied to this project, by slug or id. Repeat it for any of several.",
    "event": "Tied to this event, by slug or id. Repeat it for any of several.",
    "funder": "With money of this funder, by slug or id. Repeat it for any of several.",
    "person": "In which this person speaks, by slug or id. Repeat it for any of several.",
    "currency": "In this currency, by ISO 4217 code, such as `currency=EUR`.",
    "in_kind": "`true` for goods, staff or premises; `false` for money.",
    "online": "`true` for what was held online, `false` for what was not.",
    "language": "In this language, by ISO 639 code, such as `language=fr`.",
    "original": "`true` counts each story once, without its translations; `false` gives the translations only.",
}


def refuse_unknown(request, known=()):
    """Raise BadQuestion if the request has a parameter that is neither in `known` nor `format`, or has one twice."""
    known = [*known, FORMAT]
    errors = {}
    for name, values in request.query_params.lists():
        if name not in known:
            errors[name] = refusal(_("There is no parameter “%s”.") % name, nearest(name, known), code="unknown")
        elif len(values) > 1:
            errors[name] = refusal(_("“%s” can be given once.") % name)
    if errors:
        raise BadQuestion(errors)


class RegisterFilterBackend:
    """Narrows a list by its noun's FilterSet, the view's `filterset_class`."""

    def filter_queryset(self, request, queryset, view):
        also = {FORMAT, *view.paginator.parameters}
        question = view.filterset_class(request.query_params, queryset, request=request, also=also)
        if not question.is_valid():
            raise BadQuestion(question.errors.as_data())
        return question.qs

    def get_schema_operation_parameters(self, view):
        """The parameters of a list for its OpenAPI description."""
        notes = getattr(view, "parameter_notes", {})
        return [
            {
                "name": name,
                "in": "query",
                "required": False,
                "description": " ".join(filter(None, [notes.get(name), MEANINGS[name]])),
                **describe(name, found),
            }
            for name, found in view.filterset_class.base_filters.items()
        ]


def describe(name, found):
    """The schema of one filter's values, and how several of them are written."""
    match found:
        case filters.OrderingFilter():
            keys = found.extra["keys"]
            words = [sign + key for key in keys for sign in ("", "-")]
            return {"schema": array({"type": "string", "enum": words}), "style": "form", "explode": False}
        case filters.FlagFilter():
            return {"schema": {"type": "boolean"}}
        case filters.ChoicesFilter():
            values = [str(value) for value in found.extra["choices"].values]
            item = {"type": "string", "enum": values}
        case filters.YearFilter():
            item = {"type": "integer", "minimum": 1000, "maximum": 9999}
        case filters.GoalFilter():
            item = {"type": "integer", "minimum": 1, "maximum": 17}
        case filters.RecordFilter():
            item = {"type": "string"}
        case _:
            return {"schema": {"type": "string"}}
    if found.extra.get("single"):
        return {"schema": item}
    return {"schema": array(item), "style": "form", "explode": True}


def array(item):
    return {"type": "array", "items": item, "maxItems": filters.MOST_VALUES}
