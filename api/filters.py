"""The API asks in the same words as the pages: each noun's FilterSet reads the question, and answers typing errors."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from partnerships import filters, lookups
from partnerships.filters import nearest, refusal

from .errors import BadQuestion

FORMAT = "format"
AS_OF = "as_of"
SELECTION = ("fields", "omit", "expand")

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
    "status": "With this status today or, beside `as_of`, on that day. Repeat it for any of several.",
    "role": "Narrows `partner` to this role. Repeat it for any of several.",
    "type": "Of this type (IATI codelist OrganisationType). Repeat it for any of several.",
    "stage": "How far the money has come. Repeat it for any of several.",
    "sdg": "A Sustainable Development Goal by its number, such as `sdg=16`. Repeat it for any of several.",
    "parent": "Directly under this record, by slug or id.",
    "in_force_on": "In force on this day or, with `2014` or `2014-06`, on any day of it. Repeat it for any of several.",
    "expiring_within": "In force today (or `as_of` a day) and ending within this time, in days, weeks, months or years: "
    "`expiring_within=90d`, `12w`, `6m`, `1y`.",
    "as_of": "A day, such as `as_of=2014-06-30`: parties, signatures, status, names, acronyms and offices as the facts "
    "stood that day, in the answer and in what the other parameters mean. Records are not left out: an agreement signed "
    "later has the status `draft`. What had not happened by that day (signature, termination, withdrawal) is null. (What "
    "the register itself said that day is not asked here.)",
    "has_evidence": "`true` for what a story proves, `false` for what none does.",
    "signed_year": "Signed in this year, such as `signed_year=2013`. Repeat it for any of several.",
    "agreement": "Tied to this agreement, by slug or id. Repeat it for any of several.",
    "project": "Tied to this project, by slug or id. Repeat it for any of several.",
    "event": "Tied to this event, by slug or id. Repeat it for any of several.",
    "recipient": "Received by this organization itself, by slug or id. Repeat it for any of several.",
    "funder": "With money of this funder, by slug or id. Repeat it for any of several.",
    "funder_only": "With money of this funder and of no other, by slug or id. Repeat it for what several give together: "
    "`funder_only=bmz&funder_only=eutf`.",
    "joint": "`true` for amounts that several funders give together, `false` for all others.",
    "person": "In which this person speaks, by slug or id. Repeat it for any of several.",
    "in_kind": "`true` for goods, staff or premises; `false` for money.",
    "online": "`true` for what was held online, `false` for what was not.",
    "planned": "`true` for what was only announced: nothing says yet that it took place.",
    "fewer_is_better": "`true` for indicators that should fall, `false` for those that should rise.",
    "is_ldc": "`true` for the least developed countries.",
    "is_lldc": "`true` for landlocked developing countries.",
    "is_sids": "`true` for small island developing states.",
    "original": "`true` counts each story once, without its translations; `false` gives the translations only.",
}

# What the suffixes of a lookup mean; "" is plain equality.
SUFFIXES = {
    "": "`{field}` is exactly this. Repeat it for any of several.",
    "n": "`{field}` is not this. Repeat it for none of several.",
    "gte": "`{field}` is this or more.",
    "lte": "`{field}` is this or less.",
    "ic": "`{field}` contains this, whatever its case. Repeat it for any of several.",
    "isw": "`{field}` begins with this, whatever its case. Repeat it for any of several.",
    "empty": "`true` where `{field}` says nothing, `false` where it says something.",
}
DATE_SUFFIXES = {
    "": "`{field}` lies in this year, month or day for certain: `{field}=2013`. Repeat it for any of several.",
    "n": "`{field}` is not known to lie in this year, month or day. Repeat it for none of several.",
    "gte": "`{field}` is this day or later; a year or month counts from its first day: `{field}__gte=2013`.",
    "lte": "`{field}` is this day or earlier; a year or month counts to its last day: `{field}__lte=2013`.",
}
MOMENT_SUFFIXES = {
    "gte": "Changed at this moment or later: `{field}__gte=2020-05-21` or `{field}__gte=2020-05-21T10:30:00Z`.",
    "lte": "Changed at this moment or earlier; a day counts to its end.",
}


def meaning(name, found):
    """What a parameter means, in a sentence or two."""
    match found:
        case lookups.NegationFilter():
            return f"Not found by `{found.of}`, which takes the same values. Repeat it for none of several."
        case lookups.EmptyFilter():
            return f"`true` for those without any {found.of}, `false` for those with one."
        case lookups.LookupFilter(lookup=lookup, suffix=suffix):
            words = {lookups.Date: DATE_SUFFIXES, lookups.Day: DATE_SUFFIXES, lookups.Moment: MOMENT_SUFFIXES}
            return (SUFFIXES | words.get(type(lookup), {}))[suffix].format(field=found.of)
    return MEANINGS[name]


def read_day(request):
    """The day of `as_of`, or None. Raises BadQuestion if it is none."""
    try:
        days = lookups.DayField().clean([word for word in request.query_params.getlist(AS_OF) if word.strip()])
    except ValidationError as error:
        raise BadQuestion({AS_OF: error}) from None
    return days[0].first if days else None


def refuse_unknown(request, known=(), repeated=()):
    """Raise BadQuestion if the request has a parameter that is neither in `known` nor `format`, or has one twice.

    Those in `repeated` are known, too, and may be given several times.
    """
    known = [*known, *repeated, FORMAT]
    errors = {}
    for name, values in request.query_params.lists():
        if name not in known:
            errors[name] = refusal(_("There is no parameter “%s”.") % name, nearest(name, known), code="unknown")
        elif len(values) > 1 and name not in repeated:
            errors[name] = refusal(_("“%s” can be given once.") % name)
    if errors:
        raise BadQuestion(errors)


class RegisterFilterBackend:
    """Narrows a list by its noun's FilterSet, the view's `filterset_class`."""

    def filter_queryset(self, request, queryset, view):
        also = {FORMAT, *view.paginator.parameters, *SELECTION}
        question = view.filterset_class(request.query_params, queryset, request=request, also=also)
        if not question.is_valid():
            raise BadQuestion(question.errors.as_data())
        view.question = question
        view.on = question.on
        return question.qs

    def get_schema_operation_parameters(self, view):
        """The parameters of a list for its OpenAPI description."""
        notes = getattr(view, "parameter_notes", {})
        return [
            {
                "name": name,
                "in": "query",
                "required": False,
                "description": " ".join(filter(None, [notes.get(name), meaning(name, found)])),
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
        case lookups.NegationFilter():
            return describe(name, found.base)
        case lookups.LookupFilter(suffix="empty") | lookups.EmptyFilter() | filters.FlagFilter():
            return {"schema": {"type": "boolean"}}
        case lookups.DayFilter():
            return {"schema": {"type": "string", "format": "date"}}
        case lookups.SpanFilter():
            return {"schema": {"type": "string", "pattern": "^[0-9]{1,4}[dwmyDWMY]$"}}
        case lookups.PeriodFilter() | lookups.LookupFilter(lookup=lookups.Date()):
            item = {"type": "string", "pattern": r"^\d{4}(-\d\d(-\d\d)?)?$"}
        case lookups.LookupFilter(lookup=lookups.Number()):
            item = {"type": "number"}
        case lookups.LookupFilter(lookup=lookups.Id()):
            item = {"type": "integer", "minimum": 1}
        case lookups.LookupFilter():
            item = {"type": "string"}
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
