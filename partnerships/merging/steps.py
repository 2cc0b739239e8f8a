"""What a merge does, written down so that it can be taken back.

A step is a dict: `do`, the `model` and the `pk` of its row, and

- "change": `fields`, {name: [before, after]};
- "link": `field`, and whether `gone` was taken out of it and `kept` put in;
- "create" and "delete": `fields`, {name: value}, of the row as it was made or was.

Values are as Django serializes them into JSON.
"""

from collections import defaultdict

from django.apps import apps
from django.core.serializers.python import Serializer
from django.db import models

from partnerships import together
from partnerships.models.record import Record

OWNERS_AT_ONCE = 500


def said(row, names=None):
    """{name: value} of the row's own columns, as JSON keeps them."""
    if names is None:
        names = [field.name for field in row._meta.concrete_fields if not field.primary_key and not field.generated]
    [found] = Serializer().serialize([row], fields=names)
    return {name: _plain(value) for name, value in found["fields"].items() if name in names}


def _plain(value):
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def model_of(step):
    return apps.get_model(step["model"])


class Diary:
    """Does each step, on behalf of a user, and remembers it."""

    def __init__(self, user, reason):
        self.user, self.reason, self.steps = user, reason[:100], []
        self.owners = {}

    def signed(self, row):
        """The row, with who changes it and why for its history."""
        row._history_user, row._change_reason = self.user, self.reason
        return row

    def change(self, row, values):
        before = said(row, list(values))
        for name, value in values.items():
            setattr(row, name, value)
        self.signed(row).save()
        after = said(row, list(values))
        self._note("change", row, fields={name: [before[name], after[name]] for name in values})

    def create(self, row):
        self.signed(row).save()
        self._note("create", row, fields=said(row))

    def delete(self, row):
        self._note("delete", row, fields=said(row))
        self.signed(row).delete()

    def link(self, holder, name, gone, kept):
        """Put `kept` in the place of `gone` among the holder's links."""
        field = getattr(holder, name)
        is_new = not field.filter(pk=kept.pk).exists()
        self._note("link", holder, field=name, gone=gone.pk, kept=kept.pk if is_new else None)
        # A save begins the history entry in which the links are set, and counts the version up.
        self.signed(holder).save()
        field.remove(gone)
        if is_new:
            field.add(kept)

    def touch_owners(self, saved=None):
        """A part that moved is a change of its record, for whoever has that open; one has been saved already."""
        by_model = defaultdict(list)
        for model, pk in self.owners:
            by_model[model].append(pk)
        for model, ids in by_model.items():
            for start in range(0, len(ids), OWNERS_AT_ONCE):
                owners = model._base_manager.filter(pk__in=ids[start : start + OWNERS_AT_ONCE])
                owners = list(owners.exclude(pk=saved.pk if type(saved) is model else None))
                if owners:
                    together.save(owners, [{}] * len(owners), self.user, self.reason)

    def note_owners(self, row):
        """Remember the records that the row is a part of, if it is one."""
        for field in row._meta.concrete_fields:
            if field.remote_field and field.remote_field.on_delete is models.CASCADE:
                owner = getattr(row, field.name)
                if isinstance(owner, Record):
                    self.owners[type(owner), owner.pk] = True
                elif owner is not None:
                    self.note_owners(owner)

    def _note(self, verb, row, **facts):
        self.note_owners(row)
        self.steps.append({"do": verb, "model": row._meta.label_lower, "pk": row.pk, **facts})
