"""Worlds that many tests begin with are built once in each process, and then put back row by row.

Saving forty records the way people do costs half a second of validation, history, search and ledger; putting back the
rows that came of it costs a fiftieth. The records are the same, and so are their numbers and versions.
"""

import pickle
from collections import Counter
from functools import wraps

from django.db import IntegrityError, connection, transaction

_kept = {}  # what was built, upon what -> (rows by table, pickled result)


def remembered(build):
    """Decorate a function that adds records to the register and returns what can be pickled."""

    @wraps(build)
    def built(*args):
        key = (build.__module__, build.__qualname__, args, state())
        if key not in _kept:
            before = dump()
            value = build(*args)
            _kept[key] = (difference(before, dump()), pickle.dumps(value))
            return value
        rows, value = _kept[key]
        try:
            with transaction.atomic():
                put_back(rows)
            return pickle.loads(value)
        except IntegrityError:
            return build(*args)  # some of these numbers are taken

    return built


def state():
    """What tells one register from another: how much there is of everything, and what was changed last."""
    with connection.cursor() as cursor:
        # PostgreSQL counts them in whatever order it likes.
        counted = (f"SELECT '{table}', count(*) FROM {table}" for table in tables(cursor))
        cursor.execute(" UNION ALL ".join(counted))
        counts = tuple(sorted(cursor.fetchall()))
        cursor.execute("SELECT number, noun, object_id, slug FROM ledger_line ORDER BY number DESC LIMIT 3")
        return connection.vendor, counts, tuple(cursor.fetchall())


def tables(cursor):
    names = connection.introspection.table_names(cursor)
    # What lies behind the virtual table of the search is written with it.
    return sorted(name for name in names if not name.startswith("search_index_"))


def dump():
    """{table: (columns, rows)} of everything, without the columns that the database fills in."""
    with connection.cursor() as cursor:
        found = {}
        for table in tables(cursor):
            columns = columns_of(cursor, table)
            cursor.execute("SELECT {} FROM {}".format(", ".join(f'"{name}"' for name in columns), table))
            found[table] = (columns, cursor.fetchall())
        return found


def columns_of(cursor, table):
    if connection.vendor == "sqlite":
        if table == "search_index":
            return ["rowid", "title", "body"]
        cursor.execute(f"SELECT name FROM pragma_table_xinfo('{table}') WHERE hidden = 0")
    else:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER'",
            [table],
        )
    return [name for (name,) in cursor.fetchall()]


def difference(before, after):
    """{table: (columns, rows to add, whether the table is emptied first)}."""
    changes = {}
    for table, (columns, rows) in after.items():
        old, new = Counter(before[table][1]), Counter(rows)
        if old - new:
            changes[table] = (columns, rows, True)
        elif new - old:
            changes[table] = (columns, list((new - old).elements()), False)
    return changes


def put_back(changes):
    with connection.cursor() as cursor:
        for table, (columns, rows, empties) in changes.items():
            if empties:
                cursor.execute(f"DELETE FROM {table}")
            names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)
