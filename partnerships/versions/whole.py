"""A record with its links and its rows, as plain values."""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import timedelta

from django.apps import apps
from django.utils import timezone
from simple_history.utils import get_m2m_reverse_field_name

from .parts import is_shared, parts_of
from .values import said

# What no other version of the record can give it: what counts its saves, and how far it is published.
FIXED = {"version", "created_at", "updated_at", "state"}


@dataclass
class Whole:
    """`fields` are {column: value}, `links` {name: sorted ids}, `rows` {(label, id): {column: value}}, owners first.

    A row that has never been in the database has a word in the place of its id, "new-7" say, and so have the keys to it.
    """

    model: type
    pk: int
    fields: dict
    links: dict = field(default_factory=dict)
    rows: dict = field(default_factory=dict)

    def as_json(self):
        return {
            "model": self.model._meta.label_lower,
            "pk": self.pk,
            "fields": self.fields,
            "links": self.links,
            "rows": [[label, pk, values] for (label, pk), values in self.rows.items()],
        }

    @classmethod
    def from_json(cls, kept):
        rows = {(label, pk): values for label, pk, values in kept["rows"]}
        return cls(apps.get_model(kept["model"]), kept["pk"], kept["fields"], kept["links"], rows)

    def with_new_rows(self, base):
        """The same, with words for the ids of the rows that `base` does not have and that are not in the database."""
        fresh = {key: f"new-{key[1]}" for key in self.rows if key not in base.rows}
        rows = {}
        for (label, pk), values in self.rows.items():
            values = dict(values)
            for key in apps.get_model(label)._meta.concrete_fields:
                if key.remote_field:
                    target = (key.related_model._meta.label_lower, values[key.attname])
                    values[key.attname] = fresh.get(target, values[key.attname])
            rows[label, fresh.get((label, pk), pk)] = values
        return Whole(self.model, self.pk, self.fields, self.links, rows)


def to_restore(then, now):
    """What restoring `then` makes of the record: rows that belong to others as well are brought back, nothing else.

    A passage that was found since, say, is its story's too, and stays.
    """
    shared = {key: values for key, values in now.rows.items() if is_shared(apps.get_model(key[0]))}
    rows = {key: shared.pop(key, values) for key, values in then.rows.items()} | shared
    return without_orphans(Whole(then.model, then.pk, then.fields, then.links, rows))


def without_orphans(whole):
    """Take out the rows whose owner is not among the rows."""
    for part in parts_of(whole.model):
        label, owner = part.model._meta.label_lower, part.owner._meta.label_lower
        for key in [key for key in whole.rows if key[0] == label and part.owner is not whole.model]:
            pk = whole.rows[key][part.key.attname]
            if pk is not None and (owner, pk) not in whole.rows:
                del whole.rows[key]
    return whole


def own(values):
    return {name: value for name, value in values.items() if name not in FIXED}


def link_names(model):
    """The many-to-many fields that are links; one with rows of its own between is told by these rows."""
    return [one.name for one in model._meta.many_to_many if one.remote_field.through._meta.auto_created]


def whole_of(record):
    """What the record says in the database now."""
    model = type(record)
    fresh = model._base_manager.get(pk=record.pk)
    links = {name: sorted(getattr(fresh, name).order_by().values_list("pk", flat=True)) for name in link_names(model)}
    found = Whole(model, fresh.pk, own(said(fresh)), links)
    for part in parts_of(model):
        owners = _ids(found, part.owner)
        for row in part.model._base_manager.filter(**{f"{part.key.name}__in": owners}).order_by("pk"):
            found.rows[part.model._meta.label_lower, row.pk] = said(row)
    return found


def whole_at(record, moment):
    """What the record said at that moment, by its history; None if it knows of none.

    What the history does not tell of, because it began later, is as it is now.
    """
    model = type(record)
    entries = model.history.filter(id=record.pk, history_date__lte=moment)
    entry = entries.order_by("history_date", "history_id").last()
    if entry is None or entry.history_type == "-":
        return None
    found = Whole(model, record.pk, own(said(entry, model)), _links_then(entry, record))
    for part in parts_of(model):
        owners = _ids(found, part.owner)
        for pk, values in _rows_then(part, owners, moment).items():
            if values[part.key.attname] in owners:
                found.rows[part.model._meta.label_lower, pk] = values
    return found


def moment_of(record, version):
    """The last moment at which the record had this version. What is saved on its page follows its own save."""
    later = type(record).history.filter(id=record.pk, version__gt=version)
    after = later.order_by("history_date", "history_id").values_list("history_date", flat=True).first()
    return after - timedelta(microseconds=1) if after else timezone.now()


def _ids(whole, owner):
    """The ids of the record, or of its rows of this kind."""
    if owner is whole.model:
        return [whole.pk]
    return [pk for label, pk in whole.rows if label == owner._meta.label_lower]


def _links_then(entry, record):
    links = {name: sorted(getattr(record, name).values_list("pk", flat=True)) for name in link_names(type(record))}
    for link in entry._history_m2m_fields:
        kept, key = getattr(type(entry), link.name).model, get_m2m_reverse_field_name(link)
        links[link.name] = sorted(kept.objects.filter(history=entry).values_list(f"{key}_id", flat=True))
    return {name: links[name] for name in link_names(type(record))}


def _rows_then(part, owners, moment):
    """{id: values} of the part's rows that have ever hung on these owners, as they were."""
    model, name = part.model, f"{part.key.attname}__in"
    present = {row.pk: row for row in model._base_manager.filter(**{name: owners})}
    ever = {*model.history.filter(**{name: owners}).values_list("id", flat=True), *present}
    by_id = {}
    for entry in model.history.filter(id__in=ever).order_by("history_date", "history_id"):
        by_id.setdefault(entry.id, []).append(entry)
    found = {}
    for pk in sorted(ever):
        entries = by_id.get(pk, [])
        place = bisect_right(entries, moment, key=lambda entry: entry.history_date)
        if place:
            if entries[place - 1].history_type != "-":
                found[pk] = said(entries[place - 1], model)
        elif not entries or entries[0].history_type == "~":
            # It was there before its history began, and nobody knows what it said.
            if pk in present:
                found[pk] = said(present[pk])
        elif entries[0].history_type == "-":
            found[pk] = said(entries[0], model)
    return found
