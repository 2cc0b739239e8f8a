"""A database that exists for one run."""

import os
import sys
import tempfile
from contextlib import contextmanager
from urllib.parse import urlsplit


@contextmanager
def database(given):
    """The address of an empty database: beside the one of the address `given`, or an SQLite file if that is "".

    It is removed at the end, and nothing else is touched.
    """
    if given.partition(":")[0] in ("postgres", "postgresql"):
        yield from on_postgresql(given)
    elif not given or given.startswith("sqlite:"):
        with tempfile.TemporaryDirectory(prefix="concord-bench-") as folder:
            yield f"sqlite:///{folder}/bench.sqlite3"
    else:
        sys.exit(f"DATABASE_URL={given} names neither PostgreSQL nor SQLite.")


def on_postgresql(given):
    import psycopg

    parts = urlsplit(given)
    name = f"concord_bench_{os.getpid()}"
    try:
        server = psycopg.connect(given, autocommit=True)
    except psycopg.OperationalError as error:
        sys.exit(f"DATABASE_URL={parts.scheme}://{parts.hostname or ''}{parts.path} cannot be reached: {error}")
    with server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield f"{parts.scheme}://{parts.netloc}/{name}" + (f"?{parts.query}" if parts.query else "")
        finally:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
