"""What was changed in a record, its links and its rows, by whom and why: read from the history tables, written never."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import pairwise

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from simple_history.utils import get_m2m_reverse_field_name

from partnerships.dates import DatedModel, PartialDate

from .wording import shortened

# The form saves a record, then its links, then its rows: history rows of one person this close together are one save.
ONE_SAVE = timedelta(seconds=3)
LEFT_OUT = {"id", "version", "created_at", "updated_at", "source_key"}


@dataclass
class Change:
    field: str
    old: str
    new: str


@dataclass
class Edit:
    """What happened to one object in one save: `verb` is "+", "~" or "-"; `name` is empty for the record itself."""

    verb: str
    name: str
    changes: list[Change]


@dataclass
class Save:
    when: datetime
    user: object
    rows: list
    reason: str = ""
    version: int | None = None
    edits: list[Edit] = field(default_factory=list)


def saves_of(record, parts=()):
    """The record's saves, newest first, without their edits. `parts` are querysets of its rows' history."""
    rows = list(record.history.filter(id=record.pk).select_related("history_user"))
    for part in parts:
        rows += part.select_related("history_user")
    rows.sort(key=lambda row: (row.history_date, row.history_id))
    saves = []
    for row in rows:
        last = saves[-1] if saves else None
        same = last and last.user == row.history_user and row.history_date - last.rows[-1].history_date <= ONE_SAVE
        # The record's version counts its saves, however fast they follow on each other.
        if same and getattr(row, "version", None) in (None, last.version):
            last.rows.append(row)
        else:
            saves.append(Save(row.history_date, row.history_user, [row]))
        saves[-1].version = getattr(row, "version", saves[-1].version)
        saves[-1].reason = row.history_change_reason or saves[-1].reason
    return saves[::-1]


def describe(saves, everything, record):
    """Fill in the edits of these saves; `everything` are all saves, in which the rows before them are found."""
    before = _predecessors(everything)
    pairs = []
    for save in saves:
        first_and_last = {}
        for row in save.rows:
            key = (type(row), row.id)
            first_and_last[key] = (first_and_last.get(key, (row,))[0], row)
        pairs.append([(before.get(first), first, last) for first, last in first_and_last.values()])
    values = _Values([row for save in pairs for triple in save for row in triple if row])
    for save, triples in zip(saves, pairs, strict=True):
        save.edits = [edit for triple in triples if (edit := _edit(*triple, record, values))]
    return saves


def changed_names(record, since, parts=()):
    """Which fields and rows have changed since that version, in words, and the last Save; ([], None) if none is known."""
    everything = saves_of(record, parts)
    first = record.history.filter(id=record.pk, version__gt=since).order_by("history_id").first()
    later = []
    for save in everything if first else ():
        # Links and rows are written after the record, and so after its first newer version.
        rows = [row for row in save.rows if row.history_date >= first.history_date]
        if rows:
            later.append(replace(save, rows=rows))
    names = []
    for save in describe(later, everything, record):
        for edit in save.edits:
            names += [edit.name] if edit.name else [change.field for change in edit.changes]
    return list(dict.fromkeys(names)), later[0] if later else None


def _predecessors(everything):
    """For each row the one before it, of the same object."""
    by_object = {}
    for save in reversed(everything):
        for row in save.rows:
            by_object.setdefault((type(row), row.id), []).append(row)
    return {later: earlier for rows in by_object.values() for earlier, later in pairwise(rows)}


def _edit(before, first, last, record, values):
    own = first.instance_type is type(record)
    verb = "-" if last.history_type == "-" else "+" if first.history_type == "+" else "~"
    if verb == "-" and first.history_type == "+":
        return None
    old = values.of(before or first, record) if verb != "+" else {}
    new = values.of(last, record) if verb != "-" else {}
    changes = [
        Change(label, *shortened(old.get(label, ""), new.get(label, "")))
        for label in {**old, **new}
        if old.get(label, "") != new.get(label, "")
    ]
    if own:
        # The first save of a record says everything that is on its page; to repeat it here would help nobody.
        return Edit(verb, "", [] if verb == "+" else changes) if changes or verb != "~" else None
    if verb == "~" and not changes:
        return None
    identity = values.identity(last if verb != "-" else before or first, record)
    noun = first.instance_type._meta.verbose_name
    if verb == "+":
        changes = [change for change in changes if change.new != identity]
    return Edit(verb, f"{noun} “{shortened(identity, '')[0]}”" if identity else str(noun), changes)


class _Values:
    """The values of historical rows in words. Names of linked records are read once for each kind of record."""

    def __init__(self, rows):
        self.links = self._links(rows)
        wanted = {}
        for row in rows:
            for column in self._columns(row):
                if column.remote_field and getattr(row, column.attname) is not None:
                    wanted.setdefault(column.related_model, set()).add(getattr(row, column.attname))
            for link in row._history_m2m_fields:
                wanted.setdefault(link.related_model, set()).update(self.links.get((link, row.history_id), ()))
        self.names = {model: model._base_manager.in_bulk(ids) for model, ids in wanted.items()}

    @staticmethod
    def _columns(row):
        return [column for column in row.tracked_fields if column.name not in LEFT_OUT]

    @staticmethod
    def _links(rows):
        """For each many-to-many field and historical row, the ids that were linked."""
        found = {}
        by_model = {}
        for row in rows:
            by_model.setdefault(type(row), set()).add(row.history_id)
        for model, ids in by_model.items():
            for link in model._history_m2m_fields:
                through, key = getattr(model, link.name).model, get_m2m_reverse_field_name(link)
                for row_id, linked in through.objects.filter(history_id__in=ids).values_list("history_id", f"{key}_id"):
                    found.setdefault((link, row_id), set()).add(linked)
        return found

    def of(self, row, record):
        """Label to words, of every field that says something; the key to the record itself is left out."""
        found = {}
        dated = row.instance_type.date_names() if issubclass(row.instance_type, DatedModel) else []
        for column in self._own(row, record):
            if not column.name.endswith("_on_precision"):
                found[str(column.verbose_name)] = self._words(row, column, column.name.removesuffix("_on") in dated)
        for link in row._history_m2m_fields:
            names = sorted(self._name(link.related_model, key) for key in self.links.get((link, row.history_id), ()))
            found[str(link.verbose_name)] = ", ".join(names)
        return found

    def identity(self, row, record):
        """What a row is called among the others: its first text or link, and never a number."""
        named = (models.CharField, models.TextField, models.ForeignKey)
        columns = (column for column in self._own(row, record) if isinstance(column, named))
        return next((words for column in columns if (words := self._words(row, column, False))), "")

    def _own(self, row, record):
        """The columns without the key that ties the row to its record."""
        return [column for column in self._columns(row) if column.null or column.related_model is not type(record)]

    def _name(self, model, key):
        return str(self.names[model].get(key) or _("a deleted record (%s)") % key)

    def _words(self, row, column, is_dated):
        value = getattr(row, column.attname)
        if value is None or value == "":
            return ""
        if column.remote_field:
            return self._name(column.related_model, value)
        if is_dated:
            return str(PartialDate(value, getattr(row, f"{column.name}_precision")))
        if column.choices:
            return str(dict(column.flatchoices).get(value, value))
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(column, models.DateField) and not isinstance(column, models.DateTimeField):
            return date_format(value, "j F Y")
        return str(value)
