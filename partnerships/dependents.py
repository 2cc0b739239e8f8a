"""Keeps what is derived from records true: every save and deletion refreshes what it touches, in its own transaction.

`watch(model, ...)` says for one derived thing (the search index, the ties) which changes make a record's entry stale, and
how it is refreshed. QuerySet.update, bulk_create and loaddata send no signals: whoever uses them runs `manage.py reindex`.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from django.dispatch import Signal

from partnerships import together

# Sent by `reindex`, for what other apps derive from records; `report(what)` gives a function of a model and a count.
rebuilt = Signal()


@dataclass(frozen=True)
class Dependency:
    """Something whose change makes other records' entries stale.

    `path` leads from the watched model to it ("parties__organization"). Where `fields` are named, only a change of
    one of them counts: renaming the European Union touches a thousand agreements, and correcting its address none.
    `links` are many-to-many fields of it whose changes count too.
    """

    model: type
    path: str
    fields: tuple = ()
    links: tuple = ()


@dataclass(frozen=True)
class Watch:
    model: type
    refresh: Callable  # (model, ids) -> None; ids of deleted records come, too


_DEPENDENCIES = defaultdict(list)  # sender -> (watch, dependency) of all records that its changes make stale
_WATCHES = defaultdict(list)  # model -> watches of its own records
_LINKS = defaultdict(list)  # through model -> (watch, the model that has the field, path to it or "")


def watch(model, refresh, depends=(), links=()):
    """Call `refresh(model, ids)` whenever records of this model, their `links`, or what they depend on changed."""
    one = Watch(model, refresh)
    _WATCHES[model].append(one)
    _connect(model, ((post_save, _saved), (post_delete, _deleted), (together.saved, _saved_together)), "own")
    for name in links:
        _watch_link(one, model, name, "")
    for dependency in depends:
        sender = dependency.model
        _DEPENDENCIES[sender].append((one, dependency))
        handlers = (
            (pre_save, _before_save),
            (post_save, _after),
            (pre_delete, _before_delete),
            (post_delete, _after),
            (together.saving, _before_saves),
            (together.saved, _after_saves),
        )
        _connect(sender, handlers, "dependents")
        for name in dependency.links:
            _watch_link(one, sender, name, dependency.path)


def _connect(sender, handlers, purpose):
    for signal, receiver in handlers:
        signal.connect(receiver, sender=sender, dispatch_uid=f"{purpose}-{sender._meta.label}")


def _watch_link(one, model, name, path):
    through = getattr(model, name).through
    _LINKS[through].append((one, model, path))
    m2m_changed.connect(_linked, sender=through, dispatch_uid=f"links-{through._meta.label}")
    together.linked.connect(_linked_together, sender=through, dispatch_uid=f"links-{through._meta.label}")


def _saved(sender, instance, raw=False, **kwargs):
    if not raw:
        for one in _WATCHES[sender]:
            one.refresh(sender, [instance.pk])


def _deleted(sender, instance, **kwargs):
    for one in _WATCHES[sender]:
        one.refresh(sender, [instance.pk])


def _before_save(sender, instance, raw=False, **kwargs):
    if raw:
        return
    # Read from the database, so that a party which moves to another agreement refreshes the one it leaves, too.
    before = None if instance._state.adding else sender._base_manager.filter(pk=instance.pk).values().first()
    instance._stale = [
        (one, dependency, _dependents(one, dependency.path, [instance.pk]) if before else set())
        for one, dependency in _DEPENDENCIES[sender]
        if before is None or _changed(dependency, instance, before)
    ]


def _saved_together(sender, instances, **kwargs):
    for one in _WATCHES[sender]:
        one.refresh(sender, [instance.pk for instance in instances])


def _before_saves(sender, instances, fresh, memo, **kwargs):
    before = {row["id"]: row for row in sender._base_manager.filter(pk__in=[one.pk for one in instances]).values()}
    stale = []
    for one, dependency in _DEPENDENCIES[sender]:
        concerned = [instance for instance in instances if _changed(dependency, instance, before[instance.pk])]
        ids = _dependents(one, dependency.path, [instance.pk for instance in concerned]) if concerned else set()
        stale.append((one, dependency, [*concerned, *fresh], ids))
    memo["stale"] = stale


def _after_saves(sender, memo, **kwargs):
    for one, dependency, concerned, ids in memo["stale"]:
        if concerned:
            _refresh(one, ids | _dependents(one, dependency.path, [instance.pk for instance in concerned]))


def _before_delete(sender, instance, **kwargs):
    instance._stale = [
        (one, dependency, _dependents(one, dependency.path, [instance.pk])) for one, dependency in _DEPENDENCIES[sender]
    ]


def _after(sender, instance, **kwargs):
    for one, dependency, ids in instance.__dict__.pop("_stale", ()):
        _refresh(one, ids | _dependents(one, dependency.path, [instance.pk]))


def _refresh(one, ids):
    if ids:
        one.refresh(one.model, ids)


def _changed(dependency, instance, before):
    names = [instance._meta.get_field(name).attname for name in dependency.fields]
    return not names or any(before[name] != getattr(instance, name) for name in names)


def _dependents(one, path, pks):
    found = one.model._base_manager.filter(**{f"{path}__in": pks}) if path else None
    return set(pks) if found is None else set(found.values_list("pk", flat=True))


def _linked(sender, instance, action, reverse, model, pk_set, **kwargs):
    if reverse and action == "pre_clear":
        # After clearing, nobody could say any more whose link it was.
        ends = {field.related_model: field.name for field in sender._meta.fields if field.related_model}
        left = sender._base_manager.filter(**{ends[type(instance)]: instance})
        instance._unlinked = set(left.values_list(ends[model], flat=True))
    elif action in ("post_add", "post_remove", "post_clear"):
        # The ones that have the field: the instance itself or, seen from the other side, those it was linked with.
        pks = (pk_set or instance.__dict__.pop("_unlinked", ())) if reverse else [instance.pk]
        for one, _model, path in _LINKS[sender]:
            _refresh(one, _dependents(one, path, list(pks)))


def _linked_together(sender, pairs, **kwargs):
    pks = list({source for source, _target in pairs})
    for one, _model, path in _LINKS[sender]:
        _refresh(one, _dependents(one, path, pks))
