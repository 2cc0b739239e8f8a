"""The ledger's head and lines: one writer at a time, so that numbers are in the order of the commits."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection, transaction
from django.utils import timezone

from partnerships.models.ledger import LedgerHead, LedgerLine
from partnerships.models.record import sees_drafts

THE_HEAD = 1
# How far back a transaction looks for what it wrote: a record's save is followed by the saves of its rows and links.
A_FEW = 50
# The same for many records that are saved at once: all of them are followed by all of their links.
MANY = 4000


@dataclass(frozen=True)
class Head:
    """How far the ledger has come: the number of its last line (0 without any), and when that was written.

    `day` is the one on which it was read: what is in force follows from it.
    """

    number: int
    changed_at: datetime | None
    day: date = field(default_factory=lambda: timezone.localdate())


@dataclass(frozen=True)
class Entry:
    """A line before it has its numbers. `public_verb` is "" where visitors know nothing of it."""

    model: type
    pk: int
    slug: str
    verb: str
    public_slug: str = ""
    public_verb: str = ""


class _Written:
    """What a transaction has written about a record.

    It is kept among the transaction's on_commit hooks: a rollback, also to a savepoint, forgets it with the line.
    """

    __slots__ = ("closed", "key", "public", "slug")

    def __init__(self, entry):
        self.key, self.slug, self.public = (entry.model, entry.pk), entry.slug, bool(entry.public_verb)
        self.closed = entry.verb == LedgerLine.Verb.REMOVED

    def __call__(self):
        """Nothing is left to do after the commit."""


def head(user):
    """The data version as this user may know it: for visitors, drafts leave it as it was. One query.

    Read it before the data that it is to describe; they may then be newer than it says, but never older.
    """
    for _sids, hook, _robust in connection.run_on_commit:
        if isinstance(hook, _Written):
            hook.closed = True  # somebody has seen this number: what follows in the transaction gets its own
    names = ("number", "changed_at") if sees_drafts(user) else ("public_number", "public_changed_at")
    return Head(*(LedgerHead.objects.filter(pk=THE_HEAD).values_list(*names).first() or (0, None)))


def lock():
    """Wait until no other transaction writes, and keep others waiting until this one ends.

    Every save and deletion of a noun does so before it touches the record; whoever locks a record earlier than that
    (`select_for_update`) calls this first. On SQLite a transaction waits as it begins.
    """
    if not (connection.in_atomic_block and connection.features.has_select_for_update) or any(_recently_written()):
        return
    if not LedgerHead.objects.select_for_update().filter(pk=THE_HEAD).exists():
        LedgerHead.objects.bulk_create([LedgerHead(pk=THE_HEAD)], ignore_conflicts=True)
        LedgerHead.objects.select_for_update().get(pk=THE_HEAD)


def says_nothing_new(entry, recent):
    """Whether this transaction has a line already (among the `recent`) that tells readers to fetch this record again."""
    if entry.verb != LedgerLine.Verb.CHANGED or entry.public_verb not in ("", LedgerLine.Verb.CHANGED):
        return False
    written = recent.get((entry.model, entry.pk))
    if written is None or written.closed or written.slug != entry.slug:
        return False
    return written.public >= bool(entry.public_verb)


def write(entries):
    """Give these entries the next numbers, in their order."""
    entries = list(entries)
    recent = {}
    for written in _recently_written(A_FEW if len(entries) < A_FEW else MANY):
        recent.setdefault(written.key, written)
    entries = [entry for entry in entries if not says_nothing_new(entry, recent)]
    if not entries:
        return
    at = timezone.now()
    with transaction.atomic(savepoint=False):
        number, public_number = _advance(len(entries), sum(bool(entry.public_verb) for entry in entries), at)
        lines = []
        for entry in entries:
            lines.append(
                LedgerLine(
                    number=number,
                    at=at,
                    noun=entry.model._meta.label_lower,
                    object_id=entry.pk,
                    slug=entry.slug,
                    verb=entry.verb,
                    public_number=public_number if entry.public_verb else None,
                    public_slug=entry.public_slug,
                    public_verb=entry.public_verb,
                )
            )
            number += 1
            public_number += bool(entry.public_verb)
        LedgerLine.objects.bulk_create(lines, batch_size=1000)
        for entry in entries[-MANY:]:
            transaction.on_commit(_Written(entry))


def _advance(count, public_count, at):
    """Move the head on by so many lines. Returns the first number and the first public number of them."""
    time = connection.ops.adapt_datetimefield_value(at)
    changed = "number = number + %s, changed_at = %s"
    public = ", public_number = public_number + %s, public_changed_at = %s" if public_count else ""
    values = [count, time, public_count, time] if public_count else [count, time]
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE ledger_head SET {changed}{public} WHERE id = {THE_HEAD} RETURNING number, public_number",  # noqa: S608 - names and numbers of ours; values are parameters
            values,
        )
        row = cursor.fetchone()
    if row is None:
        LedgerHead.objects.bulk_create([LedgerHead(pk=THE_HEAD)], ignore_conflicts=True)
        return _advance(count, public_count, at)
    return row[0] - count + 1, row[1] - public_count + 1


def _recently_written(most=A_FEW):
    return (hook for _sids, hook, _robust in connection.run_on_commit[: -most - 1 : -1] if isinstance(hook, _Written))
