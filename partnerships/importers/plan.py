"""A dry run: what each row of a file would change, and everything that is wrong with it. Nothing is written.

A row is known by its slug. It is compared cell by cell with the table as it is now, so that only what somebody changed in
the file is read at all; everything that the file does not say stays as it is.
"""

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice

from django.utils.translation import gettext as _

from partnerships.filters import nearest

from .comparing import Planner
from .progress import Phase, Unwatched
from .reading import Unreadable
from .rows import PlannedRow, Verdict

ROWS_AT_ONCE = 500
AS_OF = "as_of"


@dataclass
class Plan:
    """The rows that have something to say; `quiet` counts the others, which are unchanged."""

    rows: list[PlannedRow] = field(default_factory=list)
    quiet: int = 0

    def add(self, row):
        if row.verdict != Verdict.UNCHANGED or row.warnings:
            self.rows.append(row)
        else:
            self.quiet += 1

    @property
    def counts(self):
        """How many rows there are of each verdict."""
        found = Counter(row.verdict for row in self.rows)
        found[Verdict.UNCHANGED] += self.quiet
        return {verdict: found[verdict] for verdict in Verdict}

    @property
    def to_write(self):
        return [row for row in self.rows if row.verdict in (Verdict.NEW, Verdict.CHANGED)]

    @property
    def is_possible(self):
        return not any(row.errors for row in self.rows)

    @property
    def fingerprint(self):
        """The same for the same changes to the same versions of the same records."""
        found = hashlib.sha256()
        for row in self.to_write:
            facts = row.number, row.slug, row.verdict, getattr(row.record, "version", 0), row.changes
            found.update(repr(facts).encode())
        return found.hexdigest()

    @property
    def problems(self):
        """(row, slug, "error" or "warning", column or "", reason) of all that is to be said, in the order of the rows."""
        return [
            (row.number, row.slug, kind, column, reason)
            for row in sorted(self.rows, key=lambda row: row.number)
            for kind, said in (("error", row.errors), ("warning", row.warnings))
            for column, reason in said
        ]


def plan(table, sheet, user, progress=Unwatched):
    """The Plan for a Sheet of this Table. Raises Unreadable where the columns are not the table's, or Cancelled."""
    _check_columns(table, sheet.header)
    planner, found, rows, done = Planner(table, user), Plan(), iter(sheet.rows), 0
    while batch := list(islice(rows, ROWS_AT_ONCE)):
        progress.tell(Phase.COMPARING, done, len(sheet.rows))
        for row in planner.compare(batch):
            found.add(row)
        done += len(batch)
    return found


def _check_columns(table, header):
    if AS_OF in header:
        raise Unreadable(
            _("This file tells the facts of another day (column “as_of”). Change a list downloaded without it.")
        )
    for name in header:
        if name not in table.header:
            likely = nearest(name, table.header)
            hint = " " + _("Did you mean “%s”?") % likely if likely else ""
            raise Unreadable(_("There is no column “%s” in this table.") % name + hint)
    if "slug" not in header:
        raise Unreadable(_("The column “slug” is missing. It says which record a row is about."))
