"""The table `tie`, and how a noun's rows get into it.

A row says: the record `object_id` of the noun is tied to the organization, names the country, and is listed under the
date. 0 stands for "any": each record has a row for any organization in any country. `year` is 0, too, but for years that
the record is about other than the one it is listed under: a story of 2020 about 2018 and 2019 has rows for both.

Organizations that are not public keep their rows: whoever asks names public ones only. So publishing one, or moving it
below another, leaves the table as it is.
"""

from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Max

from partnerships.dependents import watch
from partnerships.models import PublicationState
from partnerships.readiness import is_ready, set_ready

GLOBAL = 0
BATCH = 5_000
VERSION = 1  # raised when rows hold something new; see partnerships.readiness
_NOUNS = {}


@dataclass(frozen=True)
class Noun:
    model: type
    number: int
    organizations: tuple  # SELECTs of (record, organization); `{ids}` marks the condition on the record's column
    countries: str  # a SELECT of (record, country)
    years: tuple  # the columns of the first and the last day that the record is about; () if none are kept


def register(model, number, *, organizations, countries, years=(), depends=(), links=()):
    """Keep the ties of a noun from now on. `number` stands for it in the table and must never change."""
    _NOUNS[model] = Noun(model, number, organizations, countries, years)
    watch(model, refresh, depends, links)


def registered():
    return dict(_NOUNS)


def number_of(model):
    """The noun's number in the table, or None if no ties are kept of it."""
    return _NOUNS[model].number if model in _NOUNS else None


def are_complete():
    """Whether the table has the ties of all records, also of those from before there were ties."""
    return is_ready("ties", VERSION)


def refresh(model, ids):
    """Write the ties of these records anew; of those that are gone or not public, none are left."""
    ids = [int(pk) for pk in ids]
    for start in range(0, len(ids), 500):
        _write(_NOUNS[model], "IN ({})".format(", ".join(map(str, ids[start : start + 500]))))


def rebuild(report=lambda model, count: None):
    """Write all ties anew, batch by batch, while lists go on being answered from those that there are."""
    for model, noun in _NOUNS.items():
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                # Just after a bulk load nothing is known of the tables, and a batch may take minutes.
                cursor.execute("ANALYZE")
            cursor.execute("SELECT max(object_id) FROM tie WHERE noun = %s", [noun.number])
            last = max(cursor.fetchone()[0] or 0, model._base_manager.aggregate(last=Max("pk"))["last"] or 0)
        for first in range(0, last + 1, BATCH):
            _write(noun, f"BETWEEN {first} AND {first + BATCH - 1}")
        report(model, model._base_manager.count())
    set_ready("ties", VERSION)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE tie")


def _write(noun, ids):
    """Replace the rows of the records whose number fulfils the condition `ids`."""
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM tie WHERE noun = {noun.number} AND object_id {ids}")  # noqa: S608 - numbers of ours
        cursor.execute(_insert(noun, ids, "SELECT 0 AS year", "TRUE"))
        if noun.years:
            cursor.execute(_insert(noun, ids, _other_years(noun, ids), "y.record = r.id"))


def _insert(noun, ids, years, matching):
    table = noun.model._meta.db_table
    every = f"SELECT id AS record, {GLOBAL} AS {{}} FROM {table} WHERE id {ids}"  # noqa: S608 - names and numbers of ours; values are parameters
    organizations = " UNION ".join(
        [every.format("organization"), *(select.format(ids=ids) for select in noun.organizations)]
    )
    countries = " UNION ".join([every.format("country"), noun.countries.format(ids=ids)])
    return f"""
        INSERT INTO tie (noun, organization, country, year, listed_on, object_id)
        SELECT {noun.number}, o.organization, c.country, y.year, r.listed_on, r.id
        FROM {table} r JOIN ({organizations}) o ON o.record = r.id JOIN ({countries}) c ON c.record = r.id
        JOIN ({years}) y ON {matching}
        WHERE r.id {ids} AND r.state = '{PublicationState.PUBLISHED}'"""  # noqa: S608 - nothing here comes from outside


def _other_years(noun, ids):
    """A SELECT of (record, year) for each year that a record is about, but the one it is listed under."""
    first, last = noun.years
    year = "CAST(strftime('%Y', {}) AS integer)" if connection.vendor == "sqlite" else "extract(year from {})::int"
    span = f"SELECT id, {year.format(first)}, {year.format(f'coalesce({last}, {first})')}, {year.format('listed_on')}"
    return f"""
        WITH RECURSIVE span(record, year, last, listed) AS (
            {span} FROM {noun.model._meta.db_table} WHERE id {ids} AND {first} IS NOT NULL
            UNION ALL SELECT record, year + 1, last, listed FROM span WHERE year < last)
        SELECT record, year FROM span WHERE year <> listed"""  # noqa: S608 - names and numbers of ours; values are parameters
