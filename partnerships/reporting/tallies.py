"""Records by group and line, counted and summed by the database in one statement."""

from dataclasses import dataclass

from django.core.exceptions import EmptyResultSet
from django.db import connection

from .statements import Statement

HALF = 10**9  # sums are taken in two halves, which no number of records can make too large for a column


@dataclass
class Line:
    """The records of a group that are alike in what must not be mixed: how many, and for each number how many and how much."""

    count: int
    summed: list[int]
    totals: list[int]

    def __add__(self, other):
        return Line(
            self.count + other.count,
            [one + two for one, two in zip(self.summed, other.summed, strict=True)],
            [one + two for one, two in zip(self.totals, other.totals, strict=True)],
        )


def tallied(queryset, dimensions, measure, user, on):
    """The number of all records, and their Lines by group and by the columns of the measure.

    A group's key has a tuple for each dimension: of no value, of one, or, where there is a measure, of all values that a
    record has. Keys are ids or words, as texts.
    """
    try:
        rows = _rows(queryset, dimensions, measure, user, on)
    except EmptyResultSet:
        rows = []
    found, size = {}, len(dimensions)
    for _total, *numbers in rows:
        key = tuple(_members(text, measure) for text in numbers[:size])
        columns, line = _line(numbers[size:], measure)
        lines = found.setdefault(key, {})
        # The same values may come in two orders.
        lines[columns] = lines[columns] + line if columns in lines else line
    return (rows[0][0] if rows else 0), found


def _rows(queryset, dimensions, measure, user, on):
    """Rows of: all records, a key for each dimension (values with commas between them, or NULL), and the line's numbers."""
    statement = Statement(queryset, user, on)
    keys, joins, numbers = [], "", ["COUNT(*)"]
    for at, dimension in enumerate(dimensions):
        statement.add_ties(f"ties{at}", dimension)
        table = f"ties{at}"
        if measure:
            table = f"set{at}"
            statement.add_sql(f"{table}(record, value)", _sets(f"ties{at}"))
        keys.append(f"CAST({table}.value AS text)")
        joins += f" LEFT JOIN {table} ON {table}.record = asked.id"
    if measure:
        columns = [f"key{at}" for at in range(len(measure.columns))]
        amounts = [f"number{at}" for at in range(len(measure.numbers))]
        statement.add(f"facts(record, {', '.join([*columns, *amounts])})", measure.facts())
        joins += " JOIN facts ON facts.record = asked.id"
        keys += [f"facts.{column}" for column in columns]
        for amount in amounts:
            numbers += [f"COUNT({amount})", f"SUM({amount} / {HALF})", f"SUM({amount} %% {HALF})"]
    by = f" GROUP BY {', '.join(keys)}" if keys else ""
    columns = ", ".join(["(SELECT COUNT(*) FROM asked)", *keys, *numbers])
    rows = statement.rows(f"SELECT {columns} FROM asked{joins}{by}")  # noqa: S608 - names and numbers of ours; values are parameters
    return rows if rows and rows[0][0] else []  # without groups, there is a row of nothing


def _sets(table):
    """All values of each record in one text; in which order, does not matter."""
    gather = "string_agg(CAST(value AS text), ',')"
    if connection.vendor == "sqlite":
        gather = "group_concat(value, ',')"
    return f"SELECT record, {gather} FROM {table} GROUP BY record"  # noqa: S608 - names and numbers of ours; values are parameters


def _members(key, measure):
    """The values that a key stands for."""
    if key is None:
        return ()
    return tuple(sorted(key.split(","))) if measure else (key,)


def _line(numbers, measure):
    """The columns that keep a line apart, and the Line."""
    if not measure:
        return (), Line(numbers[0], [], [])
    columns, (count, *sums) = numbers[: len(measure.columns)], numbers[len(measure.columns) :]
    totals = [int(high or 0) * HALF + int(low or 0) for high, low in zip(sums[1::3], sums[2::3], strict=True)]
    return tuple(columns), Line(count, list(sums[::3]), totals)
