"""The statements of the fast lane: a page's ids, dates and cards, and the state of the ledger, all at once."""

from dataclasses import dataclass
from datetime import UTC, datetime

import psycopg
from django.db import connection
from django.utils import timezone

from partnerships import search
from partnerships.ledger import Head
from partnerships.readiness import is_ready

from . import cards

VERSION = "h.number, h.public_number, CAST(h.public_changed_at AS text)"


@dataclass
class Found:
    """`rows` are keys (listed_on, id) in the order of the question, `texts` their cards (None where one is missing)."""

    number: int  # of the ledger's last change, drafts included
    version: Head  # what visitors may know of that
    rows: list
    texts: list
    total: int | None = None


def fetch(sql, parameters):
    if connection.vendor != "postgresql" or connection.queries_logged:
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchall()
    # Planning such a statement takes longer than running it, so it is prepared; and a connection that has gone is found
    # out here instead of being asked first: the ordinary way, which asks, then answers.
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        return cursor.execute(sql, parameters, prepare=True).fetchall()


def head(number, changed_at):
    if changed_at:
        changed_at = datetime.fromisoformat(changed_at)
        # SQLite keeps times without their zone.
        changed_at = changed_at.astimezone(UTC) if changed_at.tzinfo else changed_at.replace(tzinfo=UTC)
    return Head(number, changed_at)


def detail(model, slug):
    """The card of the record with this slug, or None."""
    rows = fetch(
        f"SELECT {VERSION}, c.body FROM ledger_head h, {model._meta.db_table} r JOIN card c ON c.object_id = r.id"  # noqa: S608 - names and numbers of ours; values are parameters
        " WHERE r.slug = %s AND c.kind = %s AND c.good_until > %s",
        [slug, cards.kind_of(model, cards.DETAIL), timezone.localdate()],
    )
    if rows:
        [(number, public_number, changed_at, text)] = rows
        return Found(number, head(public_number, changed_at), [], [text])
    return None


def find(model, question, text, limit, keys, backwards):
    """The page that a ties.Question asks for, or None where this is not the way to find it."""
    if text is not None:
        words = searched(text, question)
        return words and _hits(model, question, words, limit, keys, backwards)
    page, values = question.page(limit, keys, backwards)
    return _read(model, backwards, "", [], "NULL", page, values)


def searched(text, question):
    """What a text asks the search index of that year, as an SQL expression and its parameters, or None."""
    words = search.ask(text)
    # Without a year the hits may be a third of the register; and SQLite's index has no dates.
    if question.year is None or not words.clauses or "\0" in text or connection.vendor != "postgresql":
        return None
    return search.expression(words.about(question.year)) if is_ready("search", search.VERSION) else None


def version():
    """The Head of the ledger for visitors."""
    rows = fetch("SELECT h.public_number, CAST(h.public_changed_at AS text) FROM ledger_head h", [])
    return head(*rows[0]) if rows else Head(0, None)


def _hits(model, question, words, limit, keys, backwards):
    """A page of the public records in which the words occur, with their number."""
    (expression, parameters), tied = words, ""
    if question.organizations or question.countries:
        condition, values = question.exists("s.listed_on", "s.object_id")
        tied, parameters = f" AND {condition}", [*parameters, *values]
    side, way = (">", "ASC") if backwards else ("<", "DESC")
    after = f"WHERE (listed_on, object_id) {side} (%s, %s)" if keys else ""
    # The model's number is written out: a prepared plan that does not know it reads every entry of the model as well.
    hits = (
        "WITH hits AS MATERIALIZED (SELECT s.listed_on, s.object_id FROM search_index s"  # noqa: S608 - names and numbers of ours; values are parameters
        f" WHERE s.model = {int(search.subject_of(model).number)} AND s.words @@ ({expression}) AND s.is_public{tied})"
    )
    page = f"SELECT * FROM hits {after} ORDER BY listed_on {way}, object_id {way} LIMIT {int(limit)}"  # noqa: S608 - names and numbers of ours; values are parameters
    return _read(model, backwards, hits, parameters, "(SELECT count(*) FROM hits)", page, keys or [])


def _read(model, backwards, before, parameters, total, page, values):
    way = "ASC" if backwards else "DESC"
    rows = fetch(
        f"{before} SELECT {VERSION}, {total}, p.listed_on, p.object_id, c.body FROM ledger_head h"  # noqa: S608 - names and numbers of ours; values are parameters
        f" LEFT JOIN ({page}) p ON TRUE"
        " LEFT JOIN card c ON c.kind = %s AND c.object_id = p.object_id AND c.good_until > %s"
        f" ORDER BY p.listed_on {way}, p.object_id {way}",
        [*parameters, *values, cards.kind_of(model, cards.ROW), timezone.localdate()],
    )
    if not rows:
        return None  # nothing was ever written into this register
    number, public_number, changed_at, total = rows[0][:4]
    rows = [row for row in rows if row[5] is not None]
    return Found(number, head(public_number, changed_at), [row[4:6] for row in rows], [row[6] for row in rows], total)


def count(question):
    """How many records the question finds."""
    return fetch(*question.count())[0][0]


def by_country(question):
    """{country: number of records}; that of GLOBAL counts those that name any country."""
    return dict(fetch(*question.by_country()))
