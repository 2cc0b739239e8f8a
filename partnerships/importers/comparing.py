"""Compares some rows of a file with the records that they are about, with a fixed number of statements for each batch."""

import copy

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _

from partnerships.exports.batches import among
from partnerships.exports.columns import Code, Codes, Dated
from partnerships.exports.xlsx import CUT
from partnerships.publication import has_permission, lacking, may_change, may_move, states_for

from .addresses import Addresses
from .cells import Lookup, codes_of, put, read_as
from .checking import Checker
from .relations import Relations
from .rows import PlannedRow, Verdict


def text_of(cell):
    return "" if cell is None else str(cell)


class Planner:
    """Goes through one file; the rows before are remembered."""

    def __init__(self, table, user):
        self.table, self.user, self.model = table, user, table.model
        self.lookup, self.checker = Lookup(), Checker(self.model)
        self.addresses, self.relations = Addresses(self.model), Relations(self.model)
        self.columns = {column.name: column for column in table.columns}
        self.seen = {}  # slug -> number of its row
        # A form's error names a field; a person looks for a column.
        self.column_of = {
            (f"{column.field}_on" if isinstance(column, Dated) else column.field): column.name
            for column in table.columns
            if column.field
        }
        self.columns_of_needs = {self.column_of.get(need.name, "") for need in self.model.needs}
        # The same for every row.
        self.may_add = has_permission(user, "add", self.model)
        self.may_choose = states_for(user, self.model)

    def compare(self, batch):
        """A PlannedRow for each row of the file."""
        wanted = {self.slug_of(row) for row in batch} - {""}
        known = self.model.objects.filter(slug__in=wanted)
        ids = {int(number) for row in batch if (number := self.number_of(row)).isdecimal() and len(number) < 19}
        slugs = dict(self.model.objects.filter(pk__in=among(ids, known.db)).values_list("pk", "slug"))
        # A file that was downloaded as a visitor lacks what visitors do not see; that is no change.
        views = [self.cells(known, user) for user in (self.user, None)]
        former = self.former(wanted - views[0].keys())
        changed = {row.number: self.changed(row, views) for row in batch}
        touched = {self.slug_of(row) for row in batch if changed[row.number]}
        records = {record.slug: record for record in known.filter(slug__in=touched)}
        links = self.links_of(records.values(), {name for names in changed.values() for name in names})
        self.warm(batch, changed, views[0], links, records.values())
        self.addresses.take(wanted)
        found = []
        for row in batch:
            slug = self.slug_of(row)
            one = PlannedRow(row.number, slug)
            if not self.refused(one, row, slugs):
                if slug not in views[0]:
                    self.make(one, row, former)
                elif changed[row.number]:
                    self.change(one, row, changed[row.number], views[0][slug], records[slug], links)
            if slug:
                self.seen.setdefault(slug, row.number)
            found.append(one)
        self.validate([one for one in found if one.record and (one.record.pk is None or one.changes or one.errors)])
        return found

    # --- what is there now --------------------------------------------------------------------------------------------

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

    def former(self, slugs):
        """`{slug: slug of today}` of the addresses that records had before."""
        once = set(self.model.history.filter(slug__in=slugs).values_list("slug", flat=True))
        found = {slug: self.model.objects.once_at(slug).first() for slug in once}
        return {slug: record.slug for slug, record in found.items() if record}

    def links_of(self, records, names):
        """`{field: {id: ids of its targets}}` for the columns with several values among these names."""
        found = {}
        for column in (self.columns[name] for name in names):
            if isinstance(column, Codes) and column.field:
                link = column.links
                rows = link.through._base_manager.filter(**{f"{link.source}__in": [record.pk for record in records]})
                found[column.field] = by_id = {}
                for source, target in rows.values_list(f"{link.source}_id", f"{link.target}_id"):
                    by_id.setdefault(source, set()).add(target)
        return found

    def warm(self, batch, changed, now, links, records):
        """Look up all that the cells of the batch name, with one statement for each column."""
        for name, column in self.columns.items():
            if not (isinstance(column, Code | Codes) and column.field):
                continue
            rows = [
                row for row in batch if name in row.cells and (name in changed[row.number] or self.is_new(row, now))
            ]
            if not rows:
                continue
            model = column.link.model if isinstance(column, Code) else column.links.model
            self.lookup.warm(model, {code for row in rows for code in codes_of(column, row.cells[name])})
            if isinstance(column, Codes):
                ids = {pk for targets in links.get(column.field, {}).values() for pk in targets}
            else:
                ids = {getattr(record, f"{column.field}_id") for record in records} - {None}
            self.lookup.warm_hidden(model, ids)

    def is_new(self, row, now):
        return self.slug_of(row) not in now

    # --- what the row says --------------------------------------------------------------------------------------------

    def refused(self, found, row, slugs):
        """Whether the row is about no record, or about another one than it says."""
        slug, number = found.slug, self.number_of(row)
        if row.problem:
            found.refuse("", row.problem)
        elif slug and slug in self.seen:
            found.refuse("slug", _("Row %s is about the same record.") % self.seen[slug])
        elif number and (not number.isdecimal() or slugs.get(int(number)) != slug):
            found.refuse("id", self.disagreement(number, slugs))
        return bool(found.errors)

    def disagreement(self, number, slugs):
        slug = slugs.get(int(number)) if number.isdecimal() else None
        if slug:
            return _("The record with this id is “%s”. Addresses are changed at the record itself, not here.") % slug
        return _("There is no record with this id. For a new record leave it empty.")

    def change(self, found, row, changed, now, record, links):
        before = copy.copy(record)
        for name in changed:
            column, text = self.columns[name], row.cells[name]
            if text.endswith(CUT):
                found.warn(name, _("Not imported, though it differs: the workbook cut the text, which stays as it is."))
            elif column.field:
                self.put(found, record, column, text, now[name], links.get(column.field, {}).get(record.pk, set()))
            elif not column.is_volatile:
                found.warn(name, _("Not imported, though it differs: the column is for reading only."))
        found.record = record
        if not found.changes and not found.errors:
            return
        version = row.cells.get("version", "").strip()
        if version and version != now["version"]:
            message = _("Somebody changed the record since this file was downloaded (version %(old)s, today %(new)s).")
            reason = message % {"old": version, "new": now["version"]}
            found.refuse("version", reason + " " + _("Download it again and repeat the change."))
        elif not may_change(self.user, before):
            found.refuse("", _("What is or was public is changed by publishers."))
        elif record.state != before.state and not may_move(self.user, before, record.state):
            found.refuse("state", _("Publishing and taking back is for publishers."))

    def make(self, found, row, former):
        if found.slug in former:
            found.refuse("slug", _("This record is called “%s” today.") % former[found.slug])
            return
        record = self.model(slug=found.slug)
        for name, text in row.cells.items():
            column = self.columns[name]
            if column.field and text and name != "slug":
                self.put(found, record, column, text, "", set())
            elif text and not column.is_volatile and not column.field:
                found.warn(name, _("Not imported: the column is for reading only."))
        found.record = record
        if not self.may_add:
            found.refuse("", _("You may not add records of this kind."))
        elif record.state not in self.may_choose:
            found.refuse("state", _("Publishing is for publishers. Leave it as “draft”."))
        for column in self.table.columns:
            needed = isinstance(column, Codes) and not self.model._meta.get_field(column.field).blank
            if needed and column.field not in found.links and column.name not in dict(found.errors):
                found.refuse(column.name, _("At least one is needed here."))

    def put(self, found, record, column, text, before, linked):
        was = self.value(record, column)
        try:
            links = put(record, column, text, self.lookup, linked)
        except ValidationError as error:
            for message in error.messages:
                found.refuse(column.name, message)
            return
        for message in read_as(record, column, text, self.lookup):
            found.warn(column.name, message)
        if links is not None:
            found.links[column.field] = links
        if links is not None or self.value(record, column) != was:
            found.changes.append((column.name, before, text))

    def value(self, record, column):
        """What the record holds now; a link's id, so that no record is read for it."""
        if isinstance(column, Codes):
            return None
        return getattr(record, f"{column.field}_id" if isinstance(column, Code) else column.field)

    # --- whether it can be --------------------------------------------------------------------------------------------

    def validate(self, rows):
        """Whatever the desk's form would refuse, on a copy: what validation itself puts right is for new records only."""
        checked = {one.number: one.record if one.record.pk is None else copy.copy(one.record) for one in rows}
        self.relations.attach(checked.values())
        self.addresses.give([record for record in checked.values() if not record.slug])
        errors = self.checker.check(list(checked.items()))
        self.relations.detach(checked.values())
        for found in rows:
            said = {name for name, _reason in found.errors}
            for name, messages in errors[found.number].items():
                column = "" if name == NON_FIELD_ERRORS else self.column_of.get(name.removesuffix("_precision"), name)
                for message in messages if column not in said or not column else ():
                    found.refuse(column, message)
            # A new record cannot have its rows before it is made; one that is there goes out, or stays public, with what it needs.
            changed = {column for column, *_words in found.changes}
            asked = found.record.pk and found.record.is_public and "state" not in said
            if asked and changed & {"state", *self.columns_of_needs}:
                for need in lacking(found.record):
                    column = self.column_of.get(need.name, "")
                    if {"state", column} & changed:
                        found.refuse(column, need.sentence)
            if not found.errors:
                found.verdict = Verdict.NEW if found.record.pk is None else Verdict.CHANGED
