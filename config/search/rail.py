"""Beside the results: how many are of which type, partner, country and year, as links that narrow or widen the question."""

from django.utils.text import capfirst
from django.utils.translation import get_language

from partnerships.reporting import Counts
from partnerships.views.question import address, in_order, meanings, question_of
from partnerships.views.rail import Value, group

from .answer import COUNTED
from .question import MODELS

MOST_VALUES = 30


def groups(filterset, answer, key, understood):
    """A Group for the types, and one for each dimension. `key` is what the answer depends on, for remembering its counts;
    `understood` is the address without the words that name a type, by its model.

    The counts are those of the results. Of what is chosen, only that is shown: taking it out shows the others.
    """
    asked = question_of(filterset.data)
    yield _group(filterset, "type", list(_types(filterset, answer, asked, understood)))
    values = Counts(answer.user).get(
        ("search", key, get_language()),
        lambda: {
            name: (found[:MOST_VALUES], max(len(found) - MOST_VALUES, 0)) for name, found in answer.values().items()
        },
        size=lambda found: sum(len(values) for values, _more in found.values()) + 1,
    )
    known = {
        (name, str(getattr(value, "alpha2", getattr(value, "slug", value))))
        for name, values in answer.wanted.conditions
        for value in values
    }
    for name in COUNTED:
        chosen = list(_chosen(filterset, name, asked, answer.total))
        largest, more = ([], 0) if chosen else values[name]
        shown = [
            Value(capfirst(label), count, _with(filterset, asked, name, value), is_written=name == "partner")
            for value, label, count in largest
            if (name, value) not in known
        ]
        if chosen or shown:
            yield _group(filterset, name, chosen + shown, more)


def _group(filterset, name, values, more=0):
    return group(name, str(filterset.filters[name].label), values, more, filterset)


def _with(filterset, asked, name, value):
    return address(in_order(filterset, [*asked, (name, value)]))


def _without(filterset, asked, place):
    return address(in_order(filterset, asked[:place] + asked[place + 1 :]))


def _types(filterset, answer, asked, understood):
    chosen = {value: place for place, name, value, _meaning in meanings(filterset) if name == "type"}
    for noun, model in MODELS.items():
        count = answer.counts.get(model, 0)
        label = capfirst(model._meta.verbose_name_plural)
        if noun in chosen:
            yield Value(label, count, _without(filterset, asked, chosen[noun]), True)
        elif model in understood:
            yield Value(label, count, understood[model], True)
        elif count:
            yield Value(label, count, _with(filterset, asked, "type", noun))


def _chosen(filterset, name, asked, count):
    for place, chosen, _value, meaning in meanings(filterset):
        if chosen == name:
            label = getattr(meaning, "short_name", "") or str(meaning)
            yield Value(label, count, _without(filterset, asked, place), True, name == "partner")
