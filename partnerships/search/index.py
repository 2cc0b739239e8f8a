"""What is indexed for each noun, and the one narrow table that holds it."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction

from partnerships.dependents import watch
from partnerships.readiness import set_ready

from . import storage
from .document import Document

BATCH = 500
VERSION = 2  # raised when entries hold something new; see partnerships.readiness
_SUBJECTS = {}


@dataclass(frozen=True)
class Subject:
    model: type
    title: Callable  # record -> texts, or (text, language) pairs; a match here weighs more
    body: Callable
    language: Callable
    load: Callable  # queryset -> queryset with what title and body read, and of that only what is public
    order: tuple  # how equally good hits are sorted: never by a text, whose order the databases do not agree on
    is_name: bool  # its titles are names, by which people ask for it
    years: Callable  # record -> the years that it is about

    @property
    def number(self):
        """The model in the index: 23 bits of its label, the same in every database and process."""
        return zlib.crc32(self.model._meta.label_lower.encode()) & 0x7FFFFF


def register(
    model,
    *,
    title,
    body=lambda record: (),
    language=lambda record: "en",
    load=lambda records: records,
    depends=(),
    links=(),
    order=("pk",),
    is_name=False,
    years=lambda record: (),
):
    """Index a model and keep its entries true from now on. Say only what is public wherever the record is.

    `depends` and `links` name what else `title` and `body` read; see partnerships.dependents.
    """
    subject = Subject(model, title, body, language, load, tuple(order), is_name, years)
    if any(other.number == subject.number for other in _SUBJECTS.values() if other.model is not model):
        raise ImproperlyConfigured(f"{model._meta.label} has the number of another model in the search index.")
    _SUBJECTS[model] = subject
    watch(model, refresh, depends, links)


def years_between(first, last):
    """The years of a span; one without a last day is as long as its first."""
    return range(first.year, (last or first).year + 1) if first else ()


def subjects():
    """All that is indexed, in the order in which it was registered."""
    return list(_SUBJECTS.values())


def subject_of(model):
    try:
        return _SUBJECTS[model]
    except KeyError:
        raise ImproperlyConfigured(
            f"{model._meta.label} is not indexed. Call partnerships.search.register for it."
        ) from None


def refresh(model, ids):
    """Write the entries of these records anew, and remove those of records that are gone."""
    subject, ids = subject_of(model), sorted(set(ids))
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        with transaction.atomic(savepoint=False):
            # The lock makes two people who change parties of one agreement index it one after the other;
            # otherwise the second would write an entry without the first one's party.
            records = model._base_manager.filter(pk__in=batch).order_by("pk")
            records = subject.load(records.select_for_update(no_key=True, of=("self",)))
            documents = {record.pk: Document.of(subject, record) for record in records}
            storage.of(connection).write(connection, subject.number, documents)
            gone = [pk for pk in batch if pk not in documents]
            if gone:
                storage.of(connection).remove(connection, subject.number, gone)


def rebuild(report=lambda model, count: None):
    """Write all entries anew, batch by batch, while the site goes on answering from those it has."""
    store = storage.of(connection)
    with store.in_bulk(connection):
        for subject in subjects():
            last, count = 0, 0
            ids = subject.model._base_manager.order_by("pk").values_list("pk", flat=True)
            while batch := list(ids.filter(pk__gt=last)[:BATCH]):
                refresh(subject.model, batch)
                last, count = batch[-1], count + len(batch)
            store.remove_orphans(connection, subject.number, subject.model._meta.db_table)
            report(subject.model, count)
    set_ready("search", VERSION)
