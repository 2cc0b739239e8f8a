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
    ties = [f"ties{at}" for at in range(len(dimensions))]
    for name, dimension in zip(ties, dimensions, strict=True):
        statement.add_ties(name, dimension)
    if measure:
        statement.add_sql(f"sets({', '.join(['record', *ties])})", _sets(ties))
        columns = [f"key{at}" for at in range(len(measure.columns))]
        amounts = [f"number{at}" for at in range(len(measure.numbers))]
        statement.add(f"facts({', '.join(['record', *columns, *amounts])})", measure.facts().order_by())
        source = "sets JOIN facts ON facts.record = sets.record"
        keys = [f"sets.{name}" for name in ties] + [f"facts.{column}" for column in columns]
    else:
        amounts = []
        for name in ties:
            statement.add_sql(f"{name}_all_asked(record, value)", _all_asked(name))
        tables = [f"{name}_all_asked" for name in ties] or ["asked"]
        source = " ".join([tables[0], *(f"JOIN {name} ON {name}.record = {tables[0]}.record" for name in tables[1:])])
        keys = [f"CAST({name}.value AS text)" for name in tables if ties]
    numbers = ["COUNT(*)"]
    for amount in amounts:
        numbers += [f"COUNT({amount})", f"SUM({amount} / {HALF})", f"SUM({amount} %% {HALF})"]
    by = f" GROUP BY {', '.join(keys)}" if keys else ""
    columns = ", ".join(["(SELECT COUNT(*) FROM asked)", *keys, *numbers])
    rows = statement.rows(f"SELECT {columns} FROM {source}{by}")  # noqa: S608 - names and numbers of ours; values are parameters
    return rows if rows and rows[0][0] else []  # without groups, there is a row of nothing


def _all_asked(ties):
    """The ties, and for each record without one a row without a value. To an outer join, SQLite would read all ties for each record."""
    return (
        f"SELECT record, value FROM {ties} UNION ALL "  # noqa: S608 - names of ours
        f"SELECT id, NULL FROM asked WHERE id NOT IN (SELECT record FROM {ties})"
    )


def _sets(ties):
    """For each record all its values of each dimension in one text; in which order, does not matter.

    One grouping of all ties together: joined one by one, SQLite would take each for a short table and read it for every record.
    """
    gather = "group_concat" if connection.vendor == "sqlite" else "string_agg"
    texts = [f"{gather}(CASE WHEN dimension = {at} THEN value END, ',')" for at in range(len(ties))]
    rows = " UNION ALL ".join(
        ["SELECT id AS record, -1 AS dimension, NULL AS value FROM asked"]
        + [f"SELECT record, {at}, CAST(value AS text) FROM {name}" for at, name in enumerate(ties)]  # noqa: S608 - names and numbers of ours
    )
    return f"SELECT {', '.join(['record', *texts])} FROM ({rows}) AS every GROUP BY record"  # noqa: S608 - names and numbers of ours; values are parameters


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
