"""How many of a list's records have which value: the counts from which the next question is asked."""

from dataclasses import dataclass

from django.core.exceptions import EmptyResultSet
from django.db import connection

from .statements import Statement, binary
from .ties import Records, dimensions_of

MOST_VALUES = 30


@dataclass(frozen=True)
class FacetValue:
    """`value` is what one writes into the filter of the same name."""

    value: str
    label: str
    count: int


@dataclass(frozen=True)
class Facet:
    """The largest values, how many more values there are, and how many records have none."""

    values: list[FacetValue]
    more: int
    without: int


def facet(queryset, name, user, on=None, most=MOST_VALUES):
    """Count the queryset's records by one of their dimensions; see `facets`."""
    return facets(queryset, [name], user, on, most)[name]


def facets(queryset, names, user, on=None, most=MOST_VALUES):
    """{name: Facet}: the queryset's records counted by several dimensions. One statement, however many records and values.

    A record with several values is counted for each. The largest come first; equal ones are in the order of their value.
    `on` is the day whose facts count, today's if none is given; labels are today's. Raises KeyError for a dimension that the noun does not have.
    """
    dimensions = {name: dimensions_of(queryset.model)[name] for name in names}
    try:
        rows = _rows(queryset, dimensions, user, on, most)
    except EmptyResultSet:
        rows = []
    return {name: _facet(dimensions[name], [row[1:] for row in rows if row[0] == name]) for name in names}


def _rows(queryset, dimensions, user, on, most):
    """Rows of a dimension's name, its number of values, records without one, value, label and count."""
    if not dimensions:
        return []
    statement = Statement(queryset, user, on)
    parts = []
    for name, dimension in dimensions.items():
        statement.add_ties(f"ties_{name}", dimension)
        parts.append(f"SELECT * FROM ({_largest(f'ties_{name}', dimension.values)}) AS of_{name}")  # noqa: S608 - names of ours
    parameters = [value for name in dimensions for value in (name, most)]
    return statement.rows(" UNION ALL ".join(parts), *parameters)


def _facet(dimension, rows):
    if not rows:
        return Facet([], 0, 0)
    distinct, without = rows[0][:2]
    label = str if isinstance(dimension.values, Records) else dimension.values.label
    values = [FacetValue(value, str(label(text)), count) for *_totals, value, text, count in rows if count]
    # A union promises no order.
    values.sort(key=lambda one: (-one.count, one.value))
    return Facet(values, distinct - len(values), without)


def _largest(ties, values):
    """Rows of (name, number of values, records without one, value, label, count), at least one; its count may be NULL."""
    quote = connection.ops.quote_name
    value, label, named = "counted.value", "counted.value", ""
    if isinstance(values, Records):
        value, label = f"named.{quote(values.value)}", f"named.{quote(values.label())}"
        table = values.model._meta
        named = f"JOIN {quote(table.db_table)} named ON named.{quote(table.pk.column)} = counted.value"
    order = f"count DESC, {binary('value')}"
    return (
        "SELECT totals.*, largest.value, largest.label, largest.count FROM ("  # noqa: S608 - names and numbers of ours; values are parameters
        f"SELECT CAST(%s AS text) AS name, (SELECT COUNT(DISTINCT value) FROM {ties}) AS different, "
        f"(SELECT COUNT(*) FROM asked) - (SELECT COUNT(DISTINCT record) FROM {ties}) AS without) totals LEFT JOIN ("
        f"SELECT * FROM (SELECT CAST({value} AS text) AS value, CAST({label} AS text) AS label, "
        f"counted.count AS count FROM (SELECT value, COUNT(*) AS count FROM {ties} GROUP BY value) counted {named}) everything "
        f"ORDER BY {order} LIMIT %s) largest ON 1 = 1"
    )
