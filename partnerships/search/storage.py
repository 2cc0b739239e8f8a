"""The table `search_index` on either database. Everything that differs between the two is here and in the migration.

SQLite has an FTS5 table of two columns, title and body, whose row number says which record it is. PostgreSQL has two
vectors for each record, of the title and of everything, because a weight inside one vector is not in the GIN index.
"""

import json
from collections import defaultdict
from contextlib import contextmanager

from django.db.models.expressions import RawSQL

from .query import STEM, Question

LAST = chr(0x10FFFF)  # after every letter, so that it ends the range of what begins with a word
MOST_WORDS = 50
BEGINNING = """(
    SELECT CASE WHEN count(*) BETWEEN 1 AND %s
        THEN string_agg(quote_literal(word), ' | ')::tsquery ELSE %s::tsquery END
    FROM (SELECT word FROM search_word WHERE word >= %s AND word < %s LIMIT %s) AS begun)"""


def of(connection):
    """The storage of that connection's database."""
    return {"sqlite": SQLite, "postgresql": PostgreSQL}[connection.vendor]


class SQLite:
    BITS = 40
    MASK = (1 << BITS) - 1

    @classmethod
    def row(cls, number, pk):
        return number << cls.BITS | pk

    @classmethod
    def write(cls, connection, number, documents):
        rows = [
            (cls.row(number, pk), " ".join([*found.title, *sorted(found.title_marks)]), _joined(found))
            for pk, found in documents.items()
        ]
        with connection.cursor() as cursor:
            cursor.executemany("INSERT OR REPLACE INTO search_index (rowid, title, body) VALUES (%s, %s, %s)", rows)

    @classmethod
    def remove(cls, connection, number, ids):
        with connection.cursor() as cursor:
            cursor.executemany("DELETE FROM search_index WHERE rowid = %s", [(cls.row(number, pk),) for pk in ids])

    @classmethod
    def remove_orphans(cls, connection, number, table):
        with connection.cursor() as cursor:
            cursor.execute(
                f"DELETE FROM search_index WHERE rowid BETWEEN %s AND %s AND (rowid & %s) NOT IN (SELECT id FROM {table})",  # noqa: S608 - the table is a model's own
                [cls.row(number, 0), cls.row(number, cls.MASK), cls.MASK],
            )

    @classmethod
    @contextmanager
    def in_bulk(cls, connection):
        yield
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_index (search_index) VALUES ('optimize')")

    @classmethod
    def named(cls, connection, numbers, question, most):
        """(number, id) of the records of these nouns with such a title, in their order, and no more than `most`."""
        marks = ", ".join(["%s"] * len(numbers))
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT rowid >> %s, rowid & %s FROM search_index WHERE search_index MATCH %s"  # noqa: S608 - only placeholders
                f" AND rowid >> %s IN ({marks}) ORDER BY rowid LIMIT %s",
                [cls.BITS, cls.MASK, f"title : ({question.fts5()})", cls.BITS, *numbers, most],
            )
            return cursor.fetchall()

    @classmethod
    def words_near(cls, connection, beginnings, whole):
        """The words of the index that begin so, and those of the `whole` ones that it has."""
        with connection.cursor() as cursor:
            # It lives in the connection, as a view of the index: nothing has to be kept true.
            cursor.execute(
                "CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_vocabulary USING fts5vocab('main', 'search_index', 'row')"
            )
            # Each is a range of the index; with OR between them, SQLite would go through all of it.
            parts = ["SELECT term FROM temp.search_vocabulary WHERE term >= %s AND term < %s"] * len(beginnings)
            parts += ["SELECT term FROM temp.search_vocabulary WHERE term IN (SELECT value FROM json_each(%s))"]
            ranges = [limit for word in beginnings for limit in (word, word + LAST)]
            cursor.execute(" UNION ".join(parts), [*ranges, json.dumps(whole)])
            return [word for (word,) in cursor.fetchall()]

    @classmethod
    def matching(cls, number, question, title_only=False, all_hits=False):
        expression = f"title : ({question.fts5()})" if title_only else question.fts5()
        return RawSQL(
            "SELECT rowid & %s FROM search_index WHERE search_index MATCH %s AND rowid BETWEEN %s AND %s",
            [cls.MASK, expression, cls.row(number, 0), cls.row(number, cls.MASK)],
        )


class PostgreSQL:
    INDEXES = ("search_index_title", "search_index_words")

    @classmethod
    def write(cls, connection, number, documents):
        rows = [
            (
                number,
                pk,
                _vector(found.title, found.title_marks),
                _vector(found.title + found.body, found.title_marks | found.body_marks),
                found.listed_on,
                found.is_public,
            )
            for pk, found in documents.items()
        ]
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO search_index (model, object_id, title, words, listed_on, is_public)"
                " VALUES (%s, %s, %s::tsvector, %s::tsvector, %s, %s) ON CONFLICT (model, object_id) DO UPDATE SET"
                " title = excluded.title, words = excluded.words, listed_on = excluded.listed_on,"
                " is_public = excluded.is_public",
                rows,
            )
            # A word stays when nobody uses it any more; it then finds nothing.
            cursor.execute(
                "INSERT INTO search_word SELECT * FROM unnest(%s::text[]) ON CONFLICT DO NOTHING",
                [sorted({token for found in documents.values() for token in found.title + found.body} - {STEM})],
            )

    @classmethod
    def remove(cls, connection, number, ids):
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_index WHERE model = %s AND object_id = ANY(%s)", [number, list(ids)])

    @classmethod
    def remove_orphans(cls, connection, number, table):
        with connection.cursor() as cursor:
            cursor.execute(
                f"DELETE FROM search_index WHERE model = %s AND NOT EXISTS (SELECT 1 FROM {table} WHERE id = object_id)",  # noqa: S608 - the table is a model's own
                [number],
            )

    @classmethod
    @contextmanager
    def in_bulk(cls, connection):
        """Collect the index entries of many records before they are sorted in: four times as fast."""
        with connection.cursor() as cursor:
            for name in cls.INDEXES:
                cursor.execute(f"ALTER INDEX {name} SET (fastupdate = on, gin_pending_list_limit = 65536)")
            try:
                yield
            finally:
                for name in cls.INDEXES:
                    cursor.execute(f"ALTER INDEX {name} SET (fastupdate = off)")
                    cursor.execute(f"ALTER INDEX {name} RESET (gin_pending_list_limit)")
                    cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [name])
            # Without figures about the words, PostgreSQL takes a rare one for a frequent one.
            cursor.execute("ANALYZE search_index")

    @classmethod
    def named(cls, connection, numbers, question, most):
        """(number, id) of the records of these nouns with such a title, in their order, and no more than `most`."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT model, object_id FROM search_index WHERE title @@ %s::tsquery AND model = ANY(%s)"
                " ORDER BY model, object_id LIMIT %s",
                [question.tsquery(), list(numbers), most],
            )
            return cursor.fetchall()

    @classmethod
    def words_near(cls, connection, beginnings, whole):
        """The words of the index that begin so, and those of the `whole` ones that it has."""
        parts = ["SELECT word FROM search_word WHERE word >= %s AND word < %s"] * len(beginnings)
        parts += ["SELECT word FROM search_word WHERE word = ANY(%s)"]
        ranges = [limit for word in beginnings for limit in (word, word + LAST)]
        with connection.cursor() as cursor:
            cursor.execute(" UNION ".join(parts), [*ranges, list(whole)])
            return [word for (word,) in cursor.fetchall()]

    @classmethod
    def matching(cls, number, question, title_only=False, all_hits=False):
        """`all_hits` says that every hit will be looked at, and not only the first of a list.

        For the first of a list PostgreSQL goes through the list and tries each record, if it thinks that hits are
        frequent; that is 2 ms instead of 80. It is wrong for a phrase, as it knows no more of it than its words.
        """
        column = "title" if title_only else "words"
        hits = f"SELECT object_id FROM search_index WHERE model = %s::integer AND {column} @@ %s::tsquery"  # noqa: S608 - names and numbers of ours; values are parameters
        if all_hits or question.has_phrase:
            hits = f"WITH hits AS MATERIALIZED ({hits}) SELECT object_id FROM hits"  # noqa: S608 - names and numbers of ours; values are parameters
        return RawSQL(hits, [number, question.tsquery()])  # noqa: S611 - every value is a parameter

    @classmethod
    def expression(cls, question):
        """The question as an SQL expression of type tsquery, and its parameters; beginnings are replaced by whole words.

        Where more words begin so than are worth it, and where none does, the beginning stays.
        """
        parts, parameters = [], []
        for clause in question.clauses:
            whole, beginnings = [one for one in clause if not one[1]], [one for one in clause if one[1]]
            alternatives = []
            if whole:
                alternatives.append("%s::tsquery")
                parameters.append(Question([whole]).tsquery())
            for (word,), _is_beginning in beginnings:
                alternatives.append(BEGINNING)
                parameters += [MOST_WORDS, Question([[((word,), True)]]).tsquery(), word, word + LAST, MOST_WORDS + 1]
            parts.append(f"({' || '.join(alternatives)})")
        return " && ".join(parts), parameters


def _joined(found):
    return " ".join([*found.body, *sorted(found.body_marks)])


def _vector(tokens, marks):
    """The text form of a tsvector: to_tsvector would take the words apart by rules of its own."""
    places = defaultdict(list)
    for place, token in enumerate(tokens, 1):
        if token != STEM:
            places[token].append(str(place))
    return " ".join([f"'{token}':{','.join(at)}" for token, at in places.items()] + [f"'{mark}'" for mark in marks])
