"""Some rows of a list at a time, column by column, and the records that they name.

A download has every row of a list, so what each row costs in Python decides. Rows are read as plain tuples, what they are
tied to with one statement for each kind of tie and batch, and names of records once for the whole download.
"""

import json
from collections import defaultdict
from contextlib import contextmanager
from functools import cache
from itertools import islice

from django.db import connections
from django.db.models.expressions import RawSQL

from partnerships.models import Country, Goal, Organization
from partnerships.names import NamesOn

ROWS_AT_FIRST = 100  # whoever waits sees soon that something comes
ROWS_AT_ONCE = 5000  # each batch has its own statements for what it is tied to
ROWS_OF_FETCH = 250  # the first batch waits for no more rows than these
MOST_REMEMBERED = 50_000


@contextmanager
def snapshot(using):
    """Everything read inside is read as it stood at one moment, and nobody who writes has to wait for it.

    Inside a transaction it is that transaction's moment. Django's own `atomic` would lock SQLite against writers.
    """
    connection = connections[using]
    if connection.in_atomic_block:
        yield
        return
    begin = {"sqlite": "BEGIN DEFERRED", "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"}
    with connection.cursor() as cursor:
        cursor.execute(begin[connection.vendor])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")


def among(ids, using):
    """A subquery for these ids: one parameter, where a list of a thousand costs more than the statement itself."""
    if connections[using].vendor == "postgresql":
        # As text: psycopg takes longer to write a list of a thousand numbers than PostgreSQL to find them.
        return RawSQL("SELECT unnest(%s::bigint[])", [f"{{{','.join(map(str, ids))}}}"])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(ids))])


@cache
def naming(model):
    """The columns of the code and the name by which others name a record: its slug, except where there is a standard."""
    names = {field.name for field in model._meta.concrete_fields}
    code = "alpha2" if model is Country else "number" if model is Goal else "slug"
    return code, next(name for name in ("name", "name_en", "title") if name in names)


class Directory:
    """Code and name of the records that rows name, as far as this user may see them; organizations as they were called `on` a day."""

    def __init__(self, user, using, on):
        self.user, self.using = user, using
        self.names = NamesOn(user, on) if on else None
        self.known = defaultdict(dict)

    def find(self, model, ids):
        """`{id: (code, name) or None}` with at least these ids; None for a record that the user may not see."""
        known = self.known[model]
        if len(known) > MOST_REMEMBERED:
            known.clear()
        unknown = ids - known.keys()
        if unknown:
            known.update(dict.fromkeys(unknown))
            records = model.objects.using(self.using).filter(pk__in=among(unknown, self.using)).order_by()
            if hasattr(records, "visible_to"):
                records = records.visible_to(self.user)
            named = records.values_list("pk", *naming(model))
            if model is Organization:
                named = ((pk, code, self.called(pk, name)) for pk, code, name in named)
            known.update((pk, (code, name)) for pk, code, name in named)
        return known

    def called(self, pk, name):
        """An organization's name on the day of the question; `name` is today's."""
        return self.names.instead.get(pk, (None,))[0] or name if self.names else name

    def acronym(self, pk, acronym):
        """Its acronym on that day; `acronym` is today's."""
        return self.names.instead[pk][1] if self.names and pk in self.names.instead else acronym


class Batch:
    """Some rows: `batch["title"]` are their titles. `on` is the day of which the facts are told, None for today."""

    def __init__(self, rows, sources, model, directory, on, root):
        self.columns = dict(zip(sources, zip(*rows, strict=True), strict=True))
        self.model, self.directory, self.on, self.root = model, directory, on, root
        self.user, self.using = directory.user, directory.using
        self.remembered = {}

    def __getitem__(self, source):
        return self.columns[source]

    @property
    def ids(self):
        return self["pk"]

    def among_ids(self):
        return self.once(Batch._among)

    def _among(self):
        return among(self.ids, self.using)

    def once(self, question):
        """`question(batch)`, asked once even where several columns show it."""
        if question not in self.remembered:
            self.remembered[question] = question(self)
        return self.remembered[question]


def batches(queryset, sources, user, on=None, root=""):
    """The queryset's rows in its order, in Batches; nothing is read before the first one is asked for."""
    directory = Directory(user, queryset.db, on)
    for rows in growing(queryset.values_list(*sources), ROWS_AT_ONCE):
        yield Batch(rows, sources, queryset.model, directory, on, root)


def growing(queryset, size):
    """The queryset's rows in lists of this size, after a short one."""
    rows = queryset.iterator(chunk_size=ROWS_OF_FETCH)
    batch = list(islice(rows, ROWS_AT_FIRST))
    while batch:
        yield batch
        batch = list(islice(rows, size))
