"""What a list was asked, for people: chips that take a filter away, problems with their repair, and the controls.

Pure translation of a bound FilterSet; what the words mean is the FilterSet's business.
"""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.filters import ChoicesFilter, OrderingField, RepeatedField

# The orders that are offered to people, in this order; the API sorts by more.
ORDER_LABELS = {
    "-date": gettext_lazy("newest first"),
    "date": gettext_lazy("oldest first"),
    "name": gettext_lazy("by name"),
    "title": gettext_lazy("by title"),
    "acronym": gettext_lazy("by acronym"),
    "code": gettext_lazy("by code"),
    "type": gettext_lazy("by type"),
    "kind": gettext_lazy("by kind"),
    "stage": gettext_lazy("by stage"),
    "currency": gettext_lazy("by currency"),
    "language": gettext_lazy("by language"),
    "unit": gettext_lazy("by unit"),
    "-updated": gettext_lazy("last changed first"),
}


@dataclass(frozen=True)
class Chip:
    label: str
    value: str
    without: str


@dataclass(frozen=True)
class Problem:
    """`repair` is the address of the question that was probably meant, or ""."""

    name: str
    message: str
    suggestion: str = ""
    repair: str = ""


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True)
class Control:
    """One field of the form; `kind` is "search", "year", "select" or "suggest" (a text with suggestions)."""

    name: str
    label: str
    kind: str
    value: str = ""
    options: list[Option] = field(default_factory=list)


def pairs(data):
    """The parameters that say something, in their order: forms send empty ones too."""
    return [(name, value.strip()) for name, values in data.lists() for value in values if value.strip()]


def address(pairs):
    """A query string of these pairs; "?" alone asks for everything."""
    return "?" + urlencode(pairs)


def normal_pairs(data, cleaned, beside=("page",)):
    """The question in its normal form, a set of pairs: records by their slugs, whatever they were called in the address.

    `cleaned` says what the words mean, and `beside` which parameters are not part of the question.
    """
    found = set()
    for name, values in data.lists():
        words = [word for value in values if (word := value.strip())]
        meanings = cleaned.get(name)
        meanings = meanings if isinstance(meanings, list) else [meanings]
        if len(meanings) != len(words):
            meanings = words
        found |= {(name, _in_normal_form(*pair)) for pair in zip(words, meanings, strict=True)}
    return {(name, word) for name, word in found if name not in beside}


def _in_normal_form(word, meaning):
    if isinstance(meaning, Model) and hasattr(meaning, "slug"):
        return meaning.slug
    return str(meaning).lower() if isinstance(meaning, bool) else word


def question_of(data):
    """The pairs of a question, whatever page of its answer is asked for."""
    return [pair for pair in pairs(data) if pair[0] != "page"]


def in_order(filterset, pairs):
    """The pairs in the order of the filters and of their values, so that links to one question have one address."""
    places = {name: place for place, name in enumerate(filterset.filters)}
    return sorted(pairs, key=lambda pair: (places.get(pair[0], len(places)), *map(str, pair)))


def meanings(filterset):
    """(place in the question, name, value as written, what it means) of each value that a filter has."""
    cleaned, seen = filterset.form.cleaned_data, {}
    for place, (name, value) in enumerate(question_of(filterset.data)):
        if name not in filterset.filters:
            continue
        number = seen[name] = seen.get(name, -1) + 1
        meaning = cleaned.get(name)
        if isinstance(meaning, list):
            meaning = meaning[number] if number < len(meaning) else value
        yield place, name, value, meaning


def chips(filterset):
    """One for each value that narrows the list; the order of a list is no filter."""
    asked = question_of(filterset.data)
    for place, name, _value, meaning in meanings(filterset):
        if name != "ordering":
            without = address(asked[:place] + asked[place + 1 :])
            yield Chip(capfirst(str(filterset.filters[name].label)), say(filterset, name, meaning), without)


def say(filterset, name, meaning):
    """A value in words: a record's name, a choice's label, yes or no."""
    question = filterset.filters[name]
    question = getattr(question, "base", question)  # “kind is not” says its values like “kind”
    if isinstance(question, ChoicesFilter):
        return str(dict(question.extra["choices"].choices).get(meaning, meaning))
    if isinstance(meaning, bool):
        return _("yes") if meaning else _("no")
    return str(getattr(meaning, "short_title", "") or getattr(meaning, "short_name", "") or meaning)


def labelled(label, value):
    """“partner: FIFA”, with the colon of the language: French has a space before it, Chinese a wide one."""
    return _("%(label)s: %(value)s") % {"label": label, "value": value}


def problems(filterset):
    """Every value and name that cannot be answered, each with the address that puts it right."""
    asked = pairs(filterset.data)
    for name, errors in filterset.form.errors.as_data().items():
        if name not in filterset.form.fields:
            suggestion = getattr(errors[0], "suggestion", None)
            repaired = [(suggestion if key == name else key, value) for key, value in asked]
            yield _problem(name, errors[0], repaired)
            continue
        bad = list(_bad_words(filterset.form.fields[name], filterset.data.getlist(name)))
        # What is wrong only beside another parameter (a span that ends before it begins) is in no single word.
        for word, error in bad or [("", error) for error in errors]:
            suggestion = str(getattr(error, "suggestion", None) or "")
            repaired = [
                (key, value.replace(word, suggestion) if word and key == name else value) for key, value in asked
            ]
            yield _problem(name, error, repaired)


def _problem(name, error, repaired):
    suggestion = getattr(error, "suggestion", None)
    # A word without a likely meaning is repaired by leaving it out; that is the visitor's choice, not ours.
    return Problem(name, " ".join(error.messages), str(suggestion or ""), address(repaired) if suggestion else "")


def _bad_words(asked_field, values):
    """Each word that the field refuses, with its reason; the field itself stops at the first."""
    for value in values:
        for word in value.split(",") if isinstance(asked_field, OrderingField) else [value]:
            try:
                asked_field.clean([word.strip()] if isinstance(asked_field, RepeatedField) else word)
            except ValidationError as error:
                yield word.strip().removeprefix("-"), error


def orders(filterset):
    """The orders of the list as links; the one that it has is chosen."""
    asked = [pair for pair in question_of(filterset.data) if pair[0] != "ordering"]
    columns = {column: key for key, column in filterset.order_keys.items()}
    first = filterset.queryset.model._meta.ordering[0]
    usual = ("-" if first.startswith("-") else "") + columns.get(first.removeprefix("-"), "")
    now = ",".join(filterset.form.cleaned_data.get("ordering") or [usual])
    for key, label in ORDER_LABELS.items():
        if key.removeprefix("-") in filterset.order_keys:
            ordered = asked if key == usual else [*asked, ("ordering", key)]
            yield Option(address(in_order(filterset, ordered)), str(label), key == now)


def controls(filterset, suggestions, without=()):
    """The form's fields, but those `without`. `suggestions` gives the options (value, label) of `partner`, `country` and `region`."""
    data = filterset.data
    cleaned = getattr(filterset.form, "cleaned_data", {})
    for name, question in filterset.filters.items():
        if name in without:
            continue
        label, value = capfirst(str(question.label)), (data.get(name) or "").strip()
        if name == "q":
            yield Control(name, label, "search", value)
        elif name in ("year_from", "year_to"):
            yield Control(name, label, "year", value)
        elif name == "partner":
            yield Control(name, label, "suggest", value, [Option(*pair) for pair in suggestions[name]])
        elif name in suggestions:
            chosen = {getattr(record, "alpha2", record.slug) for record in cleaned.get(name) or ()}
            options = [Option(code, text, code in chosen) for code, text in suggestions[name]]
            yield Control(name, label, "select", value, options)
        elif isinstance(question, ChoicesFilter):
            options = [
                Option(str(key), capfirst(str(text)), str(key) == value)
                for key, text in question.extra["choices"].choices
            ]
            yield Control(name, label, "select", value, options)


def kept(filterset, shown):
    """The parameters that the form does not show, to be sent along with it: second values and the rarer filters."""
    seen = set()
    for name, value in pairs(filterset.data):
        if name == "page" or name not in filterset.filters:
            continue
        if name not in shown or name in seen:
            yield name, value
        seen.add(name)
