"""A list's records in groups: how many, and for money and results the sums, each with what is in it and what is not."""

from dataclasses import dataclass, field

from .measures import Sum, measure_of
from .tallies import tallied
from .ties import Records, dimensions_of

MOST_GROUPS = 1000
MOST_DIMENSIONS = 3


@dataclass(frozen=True)
class Value:
    """A group's value of a dimension, as its filter takes it, and its label; None where the records have no value.

    Several values that the records of a group all have together are joined by “ + ”.
    """

    value: str | None
    label: str | None


@dataclass
class Group:
    values: dict[str, Value]
    count: int
    shared: bool = False
    sums: list[Sum] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Groups:
    """`everything` is the question as one group; `groups` are the largest, in the order of their values."""

    everything: Group
    groups: list[Group]
    more: int


def dimensions_for_groups(model):
    """The dimensions by which this noun's records can be grouped, by name."""
    summed = measure_of(model) is not None
    return {name: one for name, one in dimensions_of(model).items() if one.adds_up or not summed}


def grouped(queryset, names, user, on=None, only=None, most=MOST_GROUPS):
    """Count the queryset's records by these dimensions, and sum what they measure. One statement, and one for each's names.

    Where records are only counted, one with several values counts in each of their groups. Where they are summed, nothing
    may be counted twice: one with several values is in a group of its own, which names them all and is marked as shared.
    `on` is the day whose facts count, today's if none is given. `only` holds the currencies that are summed; amounts in
    others are left out, and told.
    """
    measure = measure_of(queryset.model)
    known = dimensions_for_groups(queryset.model)
    dimensions = {name: known[name] for name in names}
    total, found = tallied(queryset, list(dimensions.values()), measure, user, on)
    everything = _group((), {}, _together(found.values()), measure, only)
    everything.count = total
    if not names:
        return Groups(everything, [], 0)
    # The largest are kept; which of equal ones, their keys decide.
    ranked = sorted(found, key=lambda key: (-sum(line.count for line in found[key].values()), key))
    kept = ranked[:most]
    named = [
        _named(dimension, {member for key in kept for member in key[at]})
        for at, dimension in enumerate(dimensions.values())
    ]
    groups = []
    for key in kept:
        values = {name: label(members) for name, label, members in zip(names, named, key, strict=True)}
        groups.append(_group(key, values, found[key], measure, only))
    groups.sort(key=lambda group: [_in_order(value.value) for value in group.values.values()])
    return Groups(everything, groups, len(ranked) - len(kept))


def _together(groups):
    """The lines of all these groups as those of one."""
    together = {}
    for lines in groups:
        for columns, line in lines.items():
            together[columns] = together[columns] + line if columns in together else line
    return together


def _group(key, values, lines, measure, only):
    count, shared = sum(line.count for line in lines.values()), any(len(members) > 1 for members in key)
    group = Group(values, count, shared)
    if measure:
        group.sums, group.left_out = measure.sums(lines, only)
    return group


def _named(dimension, keys):
    """A function from the members of a key to their Value."""
    if isinstance(dimension.values, Records):
        columns = (dimension.values.value, dimension.values.label())
        rows = dimension.values.model.objects.filter(pk__in=[int(key) for key in keys]).values_list("pk", *columns)
        known = {str(key): (str(value), str(label)) for key, value, label in rows}
    else:
        known = {key: (key, str(dimension.values.label(key))) for key in keys}

    def name(members):
        pairs = sorted((known[key] for key in members if key in known), key=lambda pair: _in_order(pair[0]))
        return Value(*(" + ".join(texts) for texts in zip(*pairs, strict=True))) if pairs else Value(None, None)

    return name


def _in_order(value):
    """Numbers by their size, words after them, nothing at the end."""
    if value is None:
        return (2, 0, "")
    return (0, int(value), "") if value.isdecimal() else (1, 0, value)
