"""Whether what is derived from records is there for all of them.

After an upgrade that derives something new, older records lack it until `manage.py reindex` was run; whoever answers from
it asks here first, and answers in the ordinary way until then.
"""

from django.db import connection
from django.db.models.signals import post_migrate

_ready = set()


def is_ready(what, version):
    """Whether this version of it is complete. Asked of the database until it once is."""
    if (what, version) not in _ready:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM derived WHERE what = %s AND version >= %s", [what, version])
            if cursor.fetchone():
                _ready.add((what, version))
    return (what, version) in _ready


def set_ready(what, version):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM derived WHERE what = %s", [what])
        cursor.execute("INSERT INTO derived (what, version) VALUES (%s, %s)", [what, version])


def empty_with_register(table):
    """Keep a table that is written from records, and that no model has, empty after `manage.py flush`."""

    def empty(**kwargs):
        with connection.cursor() as cursor:
            if not {"ledger_line", table} <= set(connection.introspection.table_names(cursor)):
                return
            cursor.execute("SELECT 1 FROM ledger_line LIMIT 1")
            if not cursor.fetchone():
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - a name of ours

    # flush and migrate alike end with this signal.
    post_migrate.connect(empty, weak=False, dispatch_uid=f"empty-{table}")
