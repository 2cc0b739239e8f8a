"""What a table of the demo's files may say about a record, read from the models themselves."""

import difflib
from collections import Counter
from decimal import Decimal
from functools import cache

from django.core.exceptions import ValidationError

from partnerships import models as register
from partnerships.dates import DatedModel
from stories.models import NewsItem

# In the order in which they are read: no file refers to a later one.
FILES = {
    "organizations": register.Organization,
    "people": register.Person,
    "agreements": register.Agreement,
    "projects": register.Project,
    "funders": register.Funder,
    "events": register.Event,
    "contributions": register.Contribution,
    "indicators": register.Indicator,
    "stories": NewsItem,
}
# The tables below a record, and the relation that each one fills. A bare word in a list fills the field after the colon.
CHILDREN = {
    register.Organization: {"other_name": "names"},
    register.Person: {"office": "offices"},
    register.Agreement: {
        "party": "parties", "areas": "areas:text", "commitment": "commitments", "document": "documents",
    },
    register.Party: {"signature": "signatures"},
    register.Project: {
        "participation": "participations", "country": "project_countries", "countries": "project_countries:country",
    },
    register.Event: {"participation": "participations"},
    register.Indicator: {"measurement": "measurements"},
    NewsItem: {"image": "images", "link": "links", "speaker": "speakers", "evidence": "evidence"},
}  # fmt: skip
RELATIONS = {model: {name.partition(":")[0] for name in tables.values()} for model, tables in CHILDREN.items()}
PARENT = {
    relation.related_model: relation.field.name
    for model, names in RELATIONS.items()
    for relation in map(model._meta.get_field, names)
}
KEYS = {register.Country: "alpha2", register.Goal: "number"}  # what others call it by, where that is not the slug
# What a story keeps from the document that it was read from, where its table does not say it.
KEPT = {"body", "source_line", "source_url"}
NAMED = {*FILES.values(), *KEYS, register.Region, register.Measurement}


class Refused(Exception):
    """What is wrong, with file, record and field, in words for whoever wrote the file."""


def dates(model):
    """The short names of its dates, such as `signed`."""
    return model.date_names() if issubclass(model, DatedModel) else []


@cache
def plain_fields(model):
    """The fields that are named directly, links to one record among them; a date's two columns go by its short name."""
    columns = tuple(f"{name}_on" for name in dates(model))
    return {
        one.name: one
        for one in model._meta.concrete_fields
        if one.editable
        and not (one.primary_key or one.generated or one.name == PARENT.get(model) or one.name.startswith(columns))
        and (not one.remote_field or one.related_model in NAMED)
    }


def derived_columns(model):
    """What neither the files nor people write, such as the sizes of a picture."""
    return [one.attname for one in model._meta.concrete_fields if not one.editable and not one.generated]


@cache
def many_fields(model):
    return {one.name: one for one in model._meta.many_to_many if one.remote_field.through._meta.auto_created}


def refuse_unknown(row, model, where):
    known = {*plain_fields(model), *dates(model), *many_fields(model), *CHILDREN.get(model, {})}
    for name in row:
        if name not in known:
            raise Refused(f"{where}: there is no field “{name}”.{nearest(name, known)}")


def values(record):
    """What the files decide about it, in a form that can be compared."""
    names = [one.attname for one in plain_fields(type(record)).values()]
    names += [f"{name}{end}" for name in dates(type(record)) for end in ("_on", "_on_precision")]
    found = [getattr(record, name) for name in names]
    return tuple(value.normalize() if isinstance(value, Decimal) else value for value in found)


def stored(record, name):
    """The children that the register has now, each with its own."""
    children = list(getattr(record, name).all())
    for child in children:
        child.children = {below: stored(child, below) for below in RELATIONS.get(type(child), ())}
    return children


def shape(child):
    """A child and what is below it, in a form that can be compared."""
    return values(child), tuple((name, shapes(rows)) for name, rows in sorted(child.children.items()))


def shapes(children):
    return frozenset(Counter(map(shape, children)).items())


def check(record, where, exclude=None, constraints=True):
    """Validate as a form would; raises Refused with a line for each thing that is wrong."""
    try:
        record.full_clean(exclude=exclude, validate_unique=constraints, validate_constraints=constraints)
    except ValidationError as error:
        lines = [
            f"{where}: {'' if name == '__all__' else f'{name}: '}{message}"
            for name, messages in error.message_dict.items()
            for message in messages
        ]
        raise Refused("\n".join(lines)) from None


def listed(row, name, where):
    value = row.get(name, [])
    if not isinstance(value, list):
        raise Refused(f"{where}: {name}: write a list, such as [“{value}”].")
    return value


def nearest(word, known):
    close = difflib.get_close_matches(str(word), map(str, known), n=1)
    return f" Did you mean “{close[0]}”?" if close else ""
