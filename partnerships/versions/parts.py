"""Which rows belong to a record: those that would go with it, and those that would go with them."""

from dataclasses import dataclass
from functools import cache

from django.db import models

from partnerships.models.record import Record


@dataclass(frozen=True)
class Part:
    """Rows of a model that hang by one key on a record, or on another part of it."""

    model: type
    key: models.ForeignKey

    @property
    def owner(self):
        return self.key.related_model


@cache
def parts_of(model):
    """The Parts of a kind of record, owners before what hangs on them.

    Histories and rows that no history is kept of (what is derived) are none.
    """
    found, waiting = [], [model]
    while waiting:
        owner = waiting.pop(0)
        for relation in sorted(owner._meta.related_objects, key=lambda one: (one.related_model._meta.label, one.name)):
            holder, key = relation.related_model, relation.field
            hangs = relation.on_delete is models.CASCADE and not issubclass(holder, Record)
            if hangs and hasattr(holder, "history") and not any(part.key == key for part in found):
                found.append(Part(holder, key))
                waiting.append(holder)
    return found


@cache
def is_shared(model):
    """Whether such a row belongs to more than one record, as a passage does to its story and to what it proves."""
    return len(_owners(model)) > 1 and not getattr(model, "has_one_owner", False)


@cache
def _owners(model):
    """The kinds of records that a part of this kind hangs on, directly or by another part."""
    found = set()
    for key in model._meta.concrete_fields:
        if key.remote_field and key.remote_field.on_delete is models.CASCADE:
            owner = key.related_model
            found |= {owner} if issubclass(owner, Record) else _owners(owner) if hasattr(owner, "history") else set()
    return found


def keys_up(model):
    """The keys by which such a row hangs on what owns it."""
    return [
        key for key in model._meta.concrete_fields if key.remote_field and key.remote_field.on_delete is models.CASCADE
    ]
