"""Dimensions whose values are words of the record itself: kinds, statuses, flags, codes."""

from babel import UnknownLocaleError
from babel.core import Locale
from babel.numbers import get_currency_name
from django.db.models import Case, CharField, Q, Value, When
from django.utils.translation import gettext_lazy as _

from partnerships.money import locale

from .ties import Dimension, Ties, Words


def choice(model, column, choices):
    """A column with a fixed list of words."""
    labels = dict(choices.choices)
    ties = Ties(lambda user, on: model.objects.exclude(**{column: ""}), "pk", column)
    return Dimension((ties,), Words(lambda word: labels.get(word, word)), once=True)


def flag(model, condition, true, false):
    """A condition that holds or does not: `true` and `false` are the labels of its two values."""
    value = Case(When(condition, then=Value("true")), default=Value("false"), output_field=CharField())
    labels = {"true": true, "false": false}
    return Dimension((Ties(lambda user, on: model.objects.all(), "pk", value),), Words(labels.get), once=True)


def told_apart(model, those, true, false):
    """What a phrase finds for a user, `those(user)`, and all others: `true` and `false` are the labels of the two."""
    text = CharField(max_length=5)

    def others(user, on):
        return model.objects.exclude(pk__in=those(user).values("pk"))

    ties = (
        Ties(lambda user, on: those(user), "pk", Value("true", output_field=text)),
        Ties(others, "pk", Value("false", output_field=text)),
    )
    return Dimension(ties, Words({"true": true, "false": false}.get), once=True)


def status(model, choices):
    """The status of today or of the day that is asked for. It is derived, so each of its words is asked for by the phrase that knows what it means."""
    labels = dict(choices.choices)

    def ties(word):
        return Ties(
            lambda user, on: model.objects.with_status(word, on),
            "pk",
            Value(str(word), output_field=CharField(max_length=20)),
        )

    return Dimension(tuple(ties(word) for word in choices.values), Words(labels.get), once=True)


def code(model, column, label):
    """A column with a code of a standard; an empty one is none."""
    ties = Ties(lambda user, on: model.objects.exclude(**{column: ""}), "pk", column)
    return Dimension((ties,), Words(label), once=True)


def currency_name(code):
    return get_currency_name(code, locale=locale())


def language_name(code):
    """The language's name in the language of the page; for a code that nobody knows, the code."""
    try:
        return Locale.parse(code, sep="-").get_display_name(locale())
    except (UnknownLocaleError, ValueError):
        return code


IN_KIND = {"condition": Q(in_kind=True), "true": _("in kind"), "false": _("in money")}
JOINT = {"true": _("given together"), "false": _("given alone")}
ONLINE = {"condition": Q(is_online=True), "true": _("online"), "false": _("in person")}
