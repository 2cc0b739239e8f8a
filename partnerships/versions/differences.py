"""How two sayings of one record differ, in words."""

from dataclasses import dataclass, field

from django.apps import apps

from .words import Words


@dataclass
class Change:
    """A field and what it says in both; `key` tells it from all others of the record."""

    field: str
    old: str
    new: str
    key: str = ""


@dataclass
class Edit:
    """What differs in one object: `verb` is "+", "~" or "-"; `name` is empty for the record itself."""

    verb: str
    name: str
    changes: list[Change] = field(default_factory=list)
    key: str = ""


def differences(old, new):
    """The Edits that lead from one Whole of a record to another one; `old` may be None."""
    words = words_for([one for one in (old, new) if one])
    edits = [edit(words, key, found(old, key), found(new, key)) for key in keys_of(old, new)]
    return [one for one in edits if one]


def words_for(wholes):
    told, rows = [], {}
    for whole in wholes:
        told.append((whole.model, whole.fields, whole.links))
        rows[whole.model._meta.label_lower, whole.pk] = (whole.model, whole.fields)
        for (label, pk), values in whole.rows.items():
            told.append((apps.get_model(label), values, {}))
            rows[label, pk] = (apps.get_model(label), values)
    return Words(told, wholes[0].model, rows)


def keys_of(*wholes):
    """(label, id) of the record, which has no label, and of every row of these."""
    rows = dict.fromkeys(key for whole in wholes if whole for key in whole.rows)
    return [("", None), *rows]


def found(whole, key):
    """(model, values, links) of the record or the row, or None."""
    if whole is None:
        return None
    label, _pk = key
    if not label:
        return whole.model, whole.fields, whole.links
    return (apps.get_model(label), whole.rows[key], {}) if key in whole.rows else None


def name_of(words, told):
    """What the row is called: party “FIFA”."""
    model, values, _links = told
    noun, identity = str(model._meta.verbose_name), words.identity(model, values)
    return f"{noun} “{identity}”" if identity else noun


def edit(words, key, old, new):
    """The Edit of one object, or None where both say the same."""
    if old is None and new is None:
        return None
    said_old, said_new = (words.of(*told) if told else {} for told in (old, new))
    verb = "~" if old and new else "+" if new else "-"
    # What a row is called says it already.
    identity = words.identity(*(new or old)[:2]) if key[0] and verb != "~" else None
    changes = []
    for name in {**said_old, **said_new}:
        label, before = said_old.get(name, ("", ""))
        label, after = said_new.get(name, (label, ""))
        if before != after and identity not in (before, after):
            changes.append(Change(label, before, after, unit(key, name)))
    if verb == "~" and not changes:
        return None
    return Edit(verb, name_of(words, new or old) if key[0] else "", changes, unit(key))


def unit(key, name=""):
    """One word for a field of an object, or for the whole object: "partnerships.party:5:note"."""
    label, pk = key
    return ":".join([label, str(pk or ""), name])
