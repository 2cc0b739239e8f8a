"""The bin: a record that is deleted goes there with all that goes with it, and can be had back.

The contents of an entry are

- `rows`, [label, id, {column: value}]: the record itself, then its rows, owners first;
- `links`, [label of the holder, many-to-many field, id of the holder, id of what it is linked with];
- `emptied`, [label, id, column]: keys of other records to this one, which its deletion empties.
"""

from django.apps import apps
from django.contrib.admin.utils import NestedObjects
from django.core.exceptions import ValidationError
from django.db import models, router, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from partnerships.models.bin import BinnedRecord
from partnerships.models.record import Record

from .parts import is_shared, parts_of
from .putting import Refused, missing, sentences
from .values import give, python, said
from .whole import Whole, link_names, own


@transaction.atomic
def discard(record, by):
    """Delete a record on behalf of a user, and keep it in the bin. Raises ProtectedError where others need it."""
    BinnedRecord.objects.expired().delete()
    gone = NestedObjects(using=router.db_for_write(type(record)))
    gone.collect([record])
    if gone.protected:
        raise ProtectedError(_("“%s” is named by other records.") % record, gone.protected)
    binned = BinnedRecord.objects.create(
        noun=record._meta.label_lower,
        record_id=record.pk,
        name=str(record)[:255],
        contents=_contents(record, gone),
        deleted_by=by,
    )
    record._history_user = by
    record._change_reason = getattr(record, "_change_reason", None) or "moved to the bin"
    record.delete()
    return binned


def _contents(record, gone):
    order = [type(record), *dict.fromkeys(part.model for part in parts_of(type(record)))]
    rows, links = [], []
    between = {field.remote_field.through: field for field in _many_to_many()}
    for model in sorted(gone.data, key=lambda model: order.index(model) if model in order else -1):
        for row in sorted(gone.data[model], key=lambda row: row.pk):
            if model in between:
                field = between[model]
                ends = [getattr(row, f"{name}_id") for name in (field.m2m_field_name(), field.m2m_reverse_field_name())]
                links.append([field.model._meta.label_lower, field.name, *ends])
            elif model in order:  # whatever else hangs on the record is derived from it
                rows.append([model._meta.label_lower, row.pk, said(row)])
    emptied = [
        [field.model._meta.label_lower, row.pk, field.attname]
        for (field, _value), found in gone.field_updates.items()
        for several in found
        for row in (several if not isinstance(several, models.Model) else [several])
    ]
    return {"rows": rows, "links": sorted(links), "emptied": sorted(emptied)}


def _many_to_many():
    return [
        field
        for model in apps.get_models()
        for field in model._meta.many_to_many
        if field.model is model and field.remote_field.through._meta.auto_created
    ]


def whole_in(binned):
    """What the record in the bin says, as a Whole."""
    (label, pk, fields), *rows = binned.contents["rows"]
    model = apps.get_model(label)
    links = {name: [] for name in link_names(model)}
    for holder, name, holder_id, target in binned.contents["links"]:
        if (holder, holder_id) == (label, pk):
            links[name].append(target)
    return Whole(model, pk, own(fields), links, {(one, key): values for one, key, values in rows})


@transaction.atomic
def bring_back(binned, by):
    """(record, sentences): the record with its number, its rows and its links, and what could not come with it.

    Raises Refused, and then nothing has changed, where its address is taken or what it needs is not there any more.
    """
    whole = whole_in(binned)
    if whole.model._base_manager.filter(pk=whole.pk).exists():
        raise Refused(_("“%s” is in the register.") % binned.name)
    left_out = _leave_out(whole)
    fields = binned.contents["rows"][0][2]
    # What was linked with it comes back by the links; only what itself and its own rows name must be there.
    if problems := missing(Whole(whole.model, whole.pk, fields, {}, whole.rows)):
        raise Refused(problems)
    record = _insert(whole.model, whole.pk, {**fields, "version": fields["version"] + 1}, by)
    for (label, pk), values in whole.rows.items():
        _insert(apps.get_model(label), pk, values, by)
    for step in binned.contents["links"]:
        left_out += _link(record, step, by)
    for label, pk, column in binned.contents["emptied"]:
        _fill(apps.get_model(label), pk, column, record, by)
    binned.delete()
    return record, left_out


def _leave_out(whole):
    """Take out the rows that also belong to another record which is gone; say which."""
    found = []
    for key, values in list(whole.rows.items()):
        model = apps.get_model(key[0])
        only = Whole(whole.model, whole.pk, {}, {}, {key: values})
        if is_shared(model) and _needs_others(model, values, whole) and missing(only):
            found.append(_("%s: what it belongs to is no longer in the register.") % model(**_plain(model, values)))
            del whole.rows[key]
    return found


def _needs_others(model, values, whole):
    return any(
        field.remote_field and values[field.attname] is not None and field.related_model is not whole.model
        for field in model._meta.concrete_fields
        if not field.primary_key
    )


def _plain(model, values):
    return {name: value for name, value in values.items() if not model._meta.get_field(name).is_relation}


def _insert(model, pk, values, by):
    row = model(pk=pk)
    give(row, values)
    try:
        row.full_clean(exclude=["id"])
    except ValidationError as problem:
        raise Refused(sentences(row, problem)) from None
    row._history_user, row._change_reason = by, "brought back from the bin"
    row.save(force_insert=True)
    if "created_at" in values:
        made = python(model._meta.get_field("created_at"), values["created_at"])
        model._base_manager.filter(pk=pk).update(created_at=made)
    return row


def _link(record, step, by):
    """Link two records again; a sentence where the other one is gone."""
    label, name, holder_id, target_id = step
    model = apps.get_model(label)
    field = model._meta.get_field(name)
    holder = record if (model, holder_id) == (type(record), record.pk) else _there(model, holder_id)
    target = field.related_model._base_manager.filter(pk=target_id).first()
    if holder is None or target is None:
        other = model if holder is None else field.related_model
        return [_("A link with a deleted %s was left out.") % other._meta.verbose_name]
    if holder is not record and isinstance(holder, Record):
        # Whoever has that record open must not save it without the link.
        holder._history_user, holder._change_reason = by, "linked again with what came back from the bin"
        holder.save()
    getattr(holder, name).add(target)
    return []


def _fill(model, pk, column, record, by):
    row = _there(model, pk)
    if row is not None and getattr(row, column) is None:
        setattr(row, column, record.pk)
        row._history_user, row._change_reason = by, "linked again with what came back from the bin"
        row.save()


def _there(model, pk):
    return model._base_manager.filter(pk=pk).first()
