"""What was changed in a record, its links and its rows, by whom and why: read from the history tables, written never."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import pairwise

from simple_history.utils import get_m2m_reverse_field_name

from partnerships.versions import Change, Edit
from partnerships.versions.values import said
from partnerships.versions.words import Words

from .wording import shortened

# The form saves a record, then its links, then its rows: history rows of one person this close together are one save.
ONE_SAVE = timedelta(seconds=3)


@dataclass
class Save:
    when: datetime
    user: object
    rows: list
    reason: str = ""
    version: int | None = None
    restore: str = ""  # where it can be had back
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
    values = _Entries([row for save in pairs for triple in save for row in triple if row], type(record))
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
    old = values.of(before or first) if verb != "+" else {}
    new = values.of(last) if verb != "-" else {}
    changes = []
    for name, (label, _words) in {**old, **new}.items():
        words = [told.get(name, ("", ""))[1] for told in (old, new)]
        if words[0] != words[1]:
            changes.append(Change(label, *shortened(*words)))
    if own:
        # The first save of a record says everything that is on its page; to repeat it here would help nobody.
        return Edit(verb, "", [] if verb == "+" else changes) if changes or verb != "~" else None
    if verb == "~" and not changes:
        return None
    identity = values.identity(last if verb != "-" else before or first)
    noun = first.instance_type._meta.verbose_name
    if verb == "+":
        changes = [change for change in changes if change.new != identity]
    return Edit(verb, f"{noun} “{shortened(identity, '')[0]}”" if identity else str(noun), changes)


class _Entries:
    """The values of historical rows in words."""

    def __init__(self, rows, record_model):
        self.links = self._links(rows)
        self.words = Words([self._told(row) for row in rows], record_model)

    def of(self, row):
        return self.words.of(*self._told(row))

    def identity(self, row):
        return self.words.identity(*self._told(row)[:2])

    def _told(self, row):
        links = {link.name: self.links.get((link, row.history_id), ()) for link in row._history_m2m_fields}
        return row.instance_type, said(row, row.instance_type), links

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
