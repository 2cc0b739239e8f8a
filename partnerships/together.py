"""Many records saved at once: a few statements for all of them, where each save would need dozens.

The result is the same as that of saving one after the other: versions, history with user and reason, and all that is
derived. What follows single saves through Django's signals follows these through the three signals below; a test compares
the two ways table by table.
"""

from collections import defaultdict

from django.db import connection, transaction
from django.dispatch import Signal
from django.utils import timezone

from partnerships.models import EditConflict
from partnerships.models.history import LinkedHistory

# Before and after many records of one model are written. `instances` are those that have an id by then (so `saving` has
# only those that are there already, with `fresh` for the others); `memo` is a dictionary that goes from one to the other.
saving = Signal()
saved = Signal()
# After links of a many-to-many field came or went: `sender` is the model between, `pairs` are (source id, target id).
linked = Signal()

SLOTS = 10_000  # how many rows a statement may name by their ids


def save(records, links, user, reason):
    """Save records of one model, new ones and read ones, in one transaction. `links` are {field: ids} for each.

    The records have been validated. Raises EditConflict or IntegrityError; nothing has been written then, and the
    records are as they were.
    """
    versions = [getattr(record, "version", None) for record in records]
    fresh = [record for record in records if record._state.adding]
    try:
        with transaction.atomic():
            entries = _write(records, fresh, user, reason)
            _link_all(records, links, user, reason)
            _remember_links(records, entries)
    except Exception:
        for record, version in zip(records, versions, strict=True):
            record.version = version
        for record in fresh:
            record.pk, record._state.adding = None, True
        raise


def _write(records, fresh, user, reason):
    """Write the rows themselves. Returns {id: entry in the history}."""
    model, memo = type(records[0]), {}
    there = [record for record in records if not record._state.adding]
    saving.send(model, instances=there, fresh=fresh, memo=memo)
    _update(model, there)
    model._base_manager.bulk_create(fresh)
    entries = {}
    for some, is_update in ((fresh, False), (there, True)):
        made = model.history.bulk_history_create(
            some, update=is_update, default_user=user, default_change_reason=reason, default_date=timezone.now()
        )
        entries |= {record.pk: entry for record, entry in zip(some, made, strict=True)}
    saved.send(model, instances=records, memo=memo)
    return entries


def _update(model, records):
    """Write only over the versions that were read, as Record._do_update does."""
    if not records:
        return
    fields = [field for field in model._meta.concrete_fields if not (field.primary_key or field.generated)]
    quote = connection.ops.quote_name
    columns = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    read = [record.version for record in records]
    rows = [
        [*(field.get_db_prep_save(field.pre_save(record, False), connection) for field in fields), record.pk, version]
        for record, version in zip(records, read, strict=True)
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {quote(model._meta.db_table)} SET {columns} WHERE id = %s AND version = %s",  # noqa: S608 - names of ours; values are parameters
            rows,
        )
        if cursor.rowcount != len(rows):
            raise EditConflict("A record was changed by somebody else in the meantime.")


# --- links ----------------------------------------------------------------------------------------------------------


def _link_all(records, links, user, reason):
    wanted = defaultdict(dict)
    for record, by_field in zip(records, links, strict=True):
        for name, ids in by_field.items():
            wanted[name][record.pk] = set(ids)
    for name, by_id in wanted.items():
        _link(type(records[0])._meta.get_field(name), by_id, user, reason)


def _link(field, wanted, user, reason):
    """Give these sources exactly these targets."""
    through = field.remote_field.through
    source, target = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
    rows = list(through._base_manager.filter(**{f"{source}__in": list(wanted)}))
    now = {(getattr(row, source), getattr(row, target)) for row in rows}
    then = {(pk, other) for pk, others in wanted.items() for other in others}
    gone = [row for row in rows if (getattr(row, source), getattr(row, target)) not in then]
    added = [through(**{source: pk, target: other}) for pk, other in sorted(then - now)]
    if not through._meta.auto_created:
        # Rows with facts of their own, such as a country's share: those that stay keep them, each has its history.
        for row in gone:
            row._history_user, row._change_reason = user, reason
            row.delete()
        if added:
            save(added, [{}] * len(added), user, reason)
        return
    for start in range(0, len(gone), SLOTS):
        through._base_manager.filter(pk__in=[row.pk for row in gone[start : start + SLOTS]]).delete()
    through._base_manager.bulk_create(added)
    if now != then:
        linked.send(through, field=field, pairs=now ^ then)


def _remember_links(records, entries):
    """Copy the links of the records into their entries, as LinkedHistory does at the end of a save."""
    model = type(records[0])
    for field in getattr(model.history.model, "_history_m2m_fields", ()):
        source = f"{field.m2m_field_name()}_id"
        rows = field.remote_field.through._base_manager.filter(**{f"{source}__in": list(entries)}).order_by("pk")
        kept = LinkedHistory.m2m_models[field]
        kept.objects.bulk_create(kept(history=entries[row[source]], **row) for row in rows.values())
