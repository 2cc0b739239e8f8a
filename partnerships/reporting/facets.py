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
    """Count the queryset's records by one of their dimensions. One statement, however many records and values.

    A record with several values is counted for each. The largest come first; equal ones are in the order of their value.
    `on` is the day whose facts count, today's if none is given; labels are today's. Raises KeyError for a dimension that the noun does not have.
    """
    dimension = dimensions_of(queryset.model)[name]
    try:
        statement = Statement(queryset, user, on)
    except EmptyResultSet:
        return Facet([], 0, 0)
    statement.add_ties("ties", dimension)
    rows = statement.rows(_largest(dimension.values), most)
    distinct, without = rows[0][:2]
    label = str if isinstance(dimension.values, Records) else dimension.values.label
    values = [FacetValue(str(value), str(label(text)), count) for *_totals, value, text, count in rows if count]
    return Facet(values, distinct - len(values), without)


def _largest(values):
    """Rows of (number of values, records without one, value, label, count), at least one; its count may be NULL."""
    quote = connection.ops.quote_name
    value, label, named = "counted.value", "counted.value", ""
    if isinstance(values, Records):
        value, label = f"named.{quote(values.value)}", f"named.{quote(values.label())}"
        table = values.model._meta
        named = f"JOIN {quote(table.db_table)} named ON named.{quote(table.pk.column)} = counted.value"
    order = f"count DESC, {binary('value')}"
    return (
        "SELECT totals.*, largest.value, largest.label, largest.count FROM ("  # noqa: S608 - names and numbers of ours; values are parameters
        "SELECT (SELECT COUNT(DISTINCT value) FROM ties) AS different, "
        "(SELECT COUNT(*) FROM asked) - (SELECT COUNT(DISTINCT record) FROM ties) AS without) totals LEFT JOIN ("
        f"SELECT * FROM (SELECT {value} AS value, {label} AS label, counted.count AS count FROM ("
        f"SELECT value, COUNT(*) AS count FROM ties GROUP BY value) counted {named}) everything "
        f"ORDER BY {order} LIMIT %s) largest ON 1 = 1 ORDER BY {order}"
    )
