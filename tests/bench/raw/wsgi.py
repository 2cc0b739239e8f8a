"""The raw system's server: psycopg or sqlite3, a connection for each thread, no framework."""

import os
import sqlite3
import threading

from .answers import answer

URL = os.environ["DATABASE_URL"]
VENDOR = "sqlite" if URL.startswith("sqlite:") else "postgresql"
own = threading.local()


def connect():
    if VENDOR == "sqlite":
        return sqlite3.connect(URL.removeprefix("sqlite:///"), isolation_level=None)
    import psycopg

    connection = psycopg.connect(URL, autocommit=True)
    connection.prepare_threshold = 0
    return connection


def rows(sql, values):
    if not hasattr(own, "connection"):
        own.connection = connect()
    if VENDOR == "sqlite":
        sql = sql.replace("%s", "?")
    return own.connection.execute(sql, values).fetchall()


def application(environ, start_response):
    media_type, pieces = answer(environ["PATH_INFO"], VENDOR, rows)
    headers = [("Content-Type", media_type)]
    if isinstance(pieces, list):
        headers.append(("Content-Length", str(len(pieces[0]))))
    start_response("200 OK", headers)
    return pieces
