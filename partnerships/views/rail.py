"""The rail of a list: how many records each value has, as links that put the value into the question or take it out."""

from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from partnerships.models import Goal
from partnerships.reporting import dimensions_of
from partnerships.reporting.ties import Records
from partnerships.wording import counted

from .question import address, in_order, labelled, meanings, normal_pairs, question_of, say

SHOWN = 10
MOST_REPAIRS = 8
# What only narrows another parameter goes with it.
TOGETHER = {"partner": ("partner", "role")}
WRITTEN = ("partner", "funder")  # the names of records


@dataclass(frozen=True)
class Value:
    label: str
    count: int
    address: str
    chosen: bool = False
    is_written: bool = False  # at the desk, in whatever language; all other labels are in that of the page


@dataclass(frozen=True)
class Group:
    """The values of one filter: the largest, those that follow, and how many others there are."""

    name: str
    label: str
    first: list[Value]
    rest: list[Value] = field(default_factory=list)
    more: int = 0
    note: str = ""


def groups(filterset, names, counts):
    """A Group for each of these filters that has anything to count, from a valid FilterSet."""
    for name, facet in _counted(filterset, names, counts).items():
        chosen = _chosen(filterset, name)
        asked = question_of(filterset.data)
        values = []
        for one in facet.values:
            place = chosen.get(one.value)
            changed = [*asked, (name, one.value)] if place is None else asked[:place] + asked[place + 1 :]
            values.append(
                Value(
                    capfirst(Goal(title=one.label).name if name == "sdg" else one.label),
                    one.count,
                    address(in_order(filterset, changed)),
                    place is not None,
                    name in WRITTEN,
                )
            )
        if values:
            yield group(name, str(filterset.filters[name].label), values, facet.more, filterset)


def group(name, label, values, more, filterset):
    parts = [values[:SHOWN], values[SHOWN:]]
    if name == "year":
        parts = [sorted(part, key=lambda value: value.label, reverse=True) for part in parts]
    exact = name != "partner" or filterset.asked("partner_exact")
    note = "" if exact else _("Each is counted without the units below it; its list has theirs, too.")
    return Group(name, capfirst(label), *parts, more, note)


def _counted(filterset, names, counts):
    """{name: Facet}. Values of a filter that is in the question are counted as if it were not: they are its alternatives."""
    asked = {name for name, _value in question_of(filterset.data)}
    together = [name for name in names if name not in asked]
    found = counts.facets(key_of(filterset), lambda: filterset.qs, together) if together else {}
    for name in asked.intersection(names):
        out = TOGETHER.get(name, (name,))
        left = [pair for pair in question_of(filterset.data) if pair[0] not in out]
        found |= counts.facets(key_of(filterset, without=out), lambda left=left: _asking(filterset, left).qs, [name])
    return {name: found[name] for name in names}


def key_of(filterset, without=()):
    """What a valid question finds, for remembering it: neither its page nor its order matters."""
    pairs = normal_pairs(filterset.data, filterset.form.cleaned_data, beside=("ordering", *without))
    return filterset.queryset.model, frozenset(pair for pair in pairs if pair[0] in filterset.filters)


def _asking(filterset, pairs):
    """The FilterSet of another question about the same records."""
    data = QueryDict(mutable=True)
    for name, value in pairs:
        data.appendlist(name, value)
    return type(filterset)(data, filterset.queryset, request=filterset.request, also=filterset.also)


@dataclass(frozen=True)
class Repair:
    """What a list without any rows would have without one of its filters."""

    filter: str
    found: str
    address: str


def repairs(filterset, counts):
    """The filters that leave nothing, where one alone does so; the one whose absence gives most comes first."""
    found = []
    asked = question_of(filterset.data)
    for place, name, _value, meaning in list(meanings(filterset))[:MOST_REPAIRS]:
        left = asked[:place] + asked[place + 1 :]
        question = _asking(filterset, left)
        # Not every filter can go alone: a role is nobody's without a partner.
        if question.is_valid() and (count := counts.number(key_of(question), lambda question=question: question.qs)):
            said = labelled(filterset.filters[name].label, say(filterset, name, meaning))
            found.append(
                (count, Repair(said, counted(count, filterset.queryset.model.noun), address(in_order(filterset, left))))
            )
    return [repair for _count, repair in sorted(found, key=lambda pair: -pair[0])]


def _chosen(filterset, name):
    """{value as the facet writes it: its place in the question}."""
    values = dimensions_of(filterset.queryset.model)[name].values
    column = values.value if isinstance(values, Records) else None
    return {
        str(getattr(meaning, column, meaning) if column else meaning): place
        for place, asked, _value, meaning in meanings(filterset)
        if asked == name
    }
