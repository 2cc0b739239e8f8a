"""A dry run: what each row of a file would change, and everything that is wrong with it. Nothing is written.

A row is known by its slug. It is compared cell by cell with the table as it is now, so that only what somebody changed in
the file is read at all; everything that the file does not say stays as it is.
"""

import copy
import hashlib
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _

from partnerships.exports.batches import among
from partnerships.exports.columns import Code, Codes, Dated
from partnerships.exports.xlsx import CUT
from partnerships.filters import nearest
from partnerships.publication import has_permission, may_change, may_move, states_for

from .cells import Lookup, put
from .reading import Unreadable

ROWS_AT_ONCE = 1000


class Verdict(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    ERROR = "error"


@dataclass
class PlannedRow:
    """`changes` are (column, before, after), `errors` (column or "", reason), `ignored` the columns that are not imported."""

    number: int
    slug: str
    verdict: Verdict = Verdict.UNCHANGED
    record: object = None
    links: dict = field(default_factory=dict)
    changes: list = field(default_factory=list)
    errors: list = field(default_factory=list)
    ignored: list = field(default_factory=list)

    def refuse(self, column, reason):
        self.verdict = Verdict.ERROR
        self.errors.append((column, reason))

    @property
    def display(self):
        return str(self.record) if self.record and self.record.pk else ""


@dataclass
class Plan:
    """The rows that have something to say; `quiet` counts the others, which are unchanged."""

    rows: list[PlannedRow] = field(default_factory=list)
    quiet: int = 0

    def add(self, row):
        if row.verdict != Verdict.UNCHANGED or row.ignored:
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
        facts = [
            (row.number, row.slug, row.verdict, getattr(row.record, "version", 0), row.changes) for row in self.to_write
        ]
        return hashlib.sha256(repr(facts).encode()).hexdigest()


def plan(table, sheet, user):
    """The Plan for a Sheet of this Table. Raises Unreadable where the columns are not the table's."""
    _check_columns(table, sheet.header)
    planner, found, rows, seen = Planner(table, user), Plan(), iter(sheet.rows), {}
    while batch := list(islice(rows, ROWS_AT_ONCE)):
        for row in planner.compare(batch, seen):
            found.add(row)
    return found


def _check_columns(table, header):
    for name in header:
        if name not in table.header:
            likely = nearest(name, table.header)
            hint = " " + _("Did you mean “%s”?") % likely if likely else ""
            raise Unreadable(_("There is no column “%s” in this table.") % name + hint)
    if "slug" not in header:
        raise Unreadable(_("The column “slug” is missing. It says which record a row is about."))


def text_of(cell):
    return "" if cell is None else str(cell)


class Planner:
    def __init__(self, table, user):
        self.table, self.user, self.model = table, user, table.model
        self.lookup = Lookup()
        self.columns = {column.name: column for column in table.columns}
        # A form's error names a field; a person looks for a column.
        self.column_of = {
            (f"{column.field}_on" if isinstance(column, Dated) else column.field): column.name
            for column in table.columns
            if column.field
        }

    def compare(self, batch, seen):
        """A PlannedRow for each row of the file; `seen` are the slugs of the rows before, with their numbers."""
        known = self.model.objects.filter(slug__in={self.slug_of(row) for row in batch})
        ids = {int(number) for row in batch if (number := self.number_of(row)).isdecimal() and len(number) < 19}
        slugs = dict(self.model.objects.filter(pk__in=among(ids, known.db)).values_list("pk", "slug"))
        # A file that was downloaded as a visitor lacks what visitors do not see; that is no change.
        views = [self.cells(known, user) for user in (self.user, None)]
        changed = {row.number: self.changed(row, views) for row in batch}
        touched = {self.slug_of(row) for row in batch if changed[row.number]}
        records = {record.slug: record for record in known.filter(slug__in=touched)}
        for row in batch:
            slug = self.slug_of(row)
            found = PlannedRow(row.number, slug)
            if not self.refused(found, row, seen, slugs):
                if slug not in views[0]:
                    self.make(found, row)
                elif changed[row.number]:
                    self.change(found, row, changed[row.number], views[0][slug], records[slug])
            seen.setdefault(slug, row.number)
            yield found

    def changed(self, row, views):
        """The names of the columns in which the row differs from the table as it is now."""
        slug = self.slug_of(row)
        if slug not in views[0]:
            return []
        return [name for name, text in row.cells.items() if text not in [view[slug][name] for view in views]]

    def number_of(self, row):
        return row.cells.get("id", "").strip()

    def slug_of(self, row):
        return row.cells.get("slug", "").strip()

    def cells(self, records, user):
        """`{slug: {column: text}}` of the table as it is now."""
        header = self.table.header
        rows = (dict(zip(header, map(text_of, row), strict=True)) for row in self.table.rows(records.order_by(), user))
        return {row["slug"]: row for row in rows}

    def refused(self, found, row, seen, slugs):
        """Whether the row is about no record, or about another one than it says."""
        slug, number = found.slug, self.number_of(row)
        if row.problem:
            found.refuse("", row.problem)
        elif slug and slug in seen:
            found.refuse("slug", _("Row %s is about the same record.") % seen[slug])
        elif number and (not number.isdecimal() or slugs.get(int(number)) != slug):
            found.refuse("id", self.disagreement(number, slugs))
        return bool(found.errors)

    def disagreement(self, number, slugs):
        slug = slugs.get(int(number)) if number.isdecimal() else None
        if slug:
            return _("The record with this id is “%s”. Addresses are changed at the record itself, not here.") % slug
        return _("There is no record with this id. For a new record leave it empty.")

    def change(self, found, row, changed, now, record):
        for name in changed:
            column, text = self.columns[name], row.cells[name]
            if text.endswith(CUT):
                found.ignored.append(name)
            elif column.field:
                self.put(found, record, column, text, before=now[name])
            elif not column.is_volatile:
                found.ignored.append(name)
        found.record = record
        if not found.changes and not found.errors:
            return
        before = self.model.objects.get(pk=record.pk)
        version = row.cells.get("version", "").strip()
        if version and version != now["version"]:
            message = _("Somebody changed the record since this file was downloaded (version %(old)s, today %(new)s).")
            reason = message % {"old": version, "new": now["version"]}
            found.refuse("version", reason + " " + _("Download it again and repeat the change."))
        elif not may_change(self.user, before):
            found.refuse("", _("What is or was public is changed by publishers."))
        elif record.state != before.state and not may_move(self.user, before, record.state):
            found.refuse("state", _("Publishing and taking back is for publishers."))
        self.validate(found, record)
        if not found.errors:
            found.verdict = Verdict.CHANGED

    def make(self, found, row):
        former = self.model.objects.once_at(found.slug).first() if found.slug else None
        if former:
            found.refuse("slug", _("This record is called “%s” today.") % former.slug)
            return
        record = self.model(slug=found.slug)
        for name, text in row.cells.items():
            column = self.columns[name]
            if column.field and text and name != "slug":
                self.put(found, record, column, text, before="")
            elif text and not column.is_volatile and not column.field:
                found.ignored.append(name)
        found.record = record
        if not has_permission(self.user, "add", self.model):
            found.refuse("", _("You may not add records of this kind."))
        elif record.state not in states_for(self.user, self.model):
            found.refuse("state", _("Publishing is for publishers. Leave it as “draft”."))
        for column in self.table.columns:
            needed = isinstance(column, Codes) and not self.model._meta.get_field(column.field).blank
            if needed and column.field not in found.links and column.name not in dict(found.errors):
                found.refuse(column.name, _("At least one is needed here."))
        self.validate(found, record)
        if not found.errors:
            found.verdict = Verdict.NEW

    def put(self, found, record, column, text, before):
        was = self.value(record, column)
        try:
            links = put(record, column, text, self.lookup)
        except ValidationError as error:
            for message in error.messages:
                found.refuse(column.name, message)
            return
        if links is not None:
            found.links[column.field] = links
        if links is not None or self.value(record, column) != was:
            found.changes.append((column.name, before, text))

    def value(self, record, column):
        """What the record holds now; a link's id, so that no record is read for it."""
        if isinstance(column, Codes):
            return None
        return getattr(record, f"{column.field}_id" if isinstance(column, Code) else column.field)

    def validate(self, found, record):
        """Whatever the desk's form would refuse, on a copy: what validation itself puts right is for new records only."""
        said = {name for name, _reason in found.errors}
        try:
            (record if record.pk is None else copy.copy(record)).full_clean()
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                column = "" if name == NON_FIELD_ERRORS else self.column_of.get(name.removesuffix("_precision"), name)
                for message in messages if column not in said or not column else ():
                    found.refuse(column, message)
