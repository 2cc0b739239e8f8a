"""Puts a generated register into Concord's own tables, with everything that is derived from it."""

import time

from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from api.reading import cards
from partnerships import search, ties
from partnerships.models import Country, Project, PublicationState
from stories.models import NewsItem

from . import raw
from .generate import Register

CARDS = ((NewsItem, cards.ROW), (Project, cards.ROW), (Project, cards.DETAIL))


def load(stories, seed=1, *, with_search=True, with_cards=True, say=lambda text: None):
    """Fill an empty, migrated database. With `with_cards`, all that the questions may need is rendered."""

    def step(text, work):
        started = time.monotonic()
        work()
        say(f"  {text}: {time.monotonic() - started:.1f} s")

    call_command("load_geography", verbosity=0, stdout=Nowhere())
    countries = list(Country.objects.order_by("alpha2").values_list("pk", flat=True))
    step("records", lambda: write_all(Register(stories, countries, seed)))
    tell_the_planner()
    step("ties", ties.rebuild)
    if with_search:
        step("search index", search.rebuild)
    step("tables of the raw system", lambda: raw.build(with_search))
    if with_cards:
        step("cards", keep_cards)
    tell_the_planner()


def tell_the_planner():
    """What autovacuum does within a minute on a server: without it PostgreSQL takes a full table for an empty one."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE" if connection.in_atomic_block else "VACUUM ANALYZE")


class Nowhere:
    def write(self, text):
        """Drop it."""


def write_all(register):
    models = []
    with transaction.atomic(), connection.cursor() as cursor:
        for model, names, rows in register.tables():
            write(cursor, model, names, rows)
            models.append(model)
        if connection.vendor == "postgresql":
            for model in models:
                raise_sequence(cursor, model._meta.db_table)


def raise_sequence(cursor, table):
    """The ids are ours; whoever saves the next record must not be given one of them, nor one that was given before."""
    cursor.execute(
        f"SELECT setval(s, greatest(nextval(s), (SELECT max(id) FROM {table})))"
        f" FROM pg_get_serial_sequence('{table}', 'id') s WHERE s IS NOT NULL"
    )


def write(cursor, model, names, rows):
    """Write the rows; columns that they leave out have the model's default, and records are published."""
    constants = defaults(model, names)
    columns, values = ", ".join([*names, *constants]), tuple(constants.values())
    table = model._meta.db_table
    if connection.vendor == "postgresql":
        with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row + values)
    else:
        marks = ", ".join(["%s"] * (len(names) + len(values)))
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", (row + values for row in rows))


def defaults(model, given):
    """{column: value} of the columns that may not be NULL and are not given."""
    found = {}
    for field in model._meta.concrete_fields:
        if field.attname in given or field.null or field.generated or field.primary_key:
            continue
        now = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
        found[field.column] = timezone.now() if now else field.get_default()
    if "state" in found:
        found["state"] = PublicationState.PUBLISHED.value
    return found


def keep_cards(only=None):
    """Render rows of stories and projects and details of projects: all, or {(model, form): ids} only."""
    for model, form in CARDS:
        batches = cards.batches(model, form, False) if only is None else [sorted(only.get((model, form), ()))]
        for ids in batches:
            while ids and not cards.keep(model, form, ids):
                pass
