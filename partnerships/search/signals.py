"""Keeps the index true: every save and deletion refreshes what it touches, in the transaction it belongs to.

QuerySet.update, bulk_create and loaddata send no signals: whoever uses them calls `refresh`, or runs `reindex`.
"""

from collections import defaultdict

from django.db import connection
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save

from . import index, storage

_DEPENDENCIES = defaultdict(list)  # sender -> (subject, dependency) of all records that its changes make stale


def watch(subject):
    model, label = subject.model, subject.model._meta.label
    post_save.connect(_saved, sender=model, dispatch_uid=f"search-{label}")
    post_delete.connect(_deleted, sender=model, dispatch_uid=f"search-{label}")
    for dependency in subject.depends:
        sender = dependency.model
        _DEPENDENCIES[sender].append((subject, dependency))
        for signal, receiver in (
            (pre_save, _before_save),
            (post_save, _after),
            (pre_delete, _before_delete),
            (post_delete, _after),
        ):
            signal.connect(receiver, sender=sender, dispatch_uid=f"search-dependents-{sender._meta.label}")
    for name in subject.links:
        through = getattr(model, name).through
        m2m_changed.connect(_linked, sender=through, dispatch_uid=f"search-{through._meta.label}")


def _saved(sender, instance, raw=False, **kwargs):
    if not raw:
        index.refresh(sender, [instance.pk])


def _deleted(sender, instance, **kwargs):
    storage.of(connection).remove(connection, index.subject_of(sender).number, [instance.pk])


def _before_save(sender, instance, raw=False, **kwargs):
    if raw:
        return
    # Read from the database, so that a party which moves to another agreement refreshes the one it leaves, too.
    before = None if instance._state.adding else sender._base_manager.filter(pk=instance.pk).values().first()
    instance._search_stale = [
        (subject, dependency, _dependents(subject, dependency, instance) if before else set())
        for subject, dependency in _DEPENDENCIES[sender]
        if before is None or _changed(dependency, instance, before)
    ]


def _before_delete(sender, instance, **kwargs):
    instance._search_stale = [
        (subject, dependency, _dependents(subject, dependency, instance))
        for subject, dependency in _DEPENDENCIES[sender]
    ]


def _after(sender, instance, **kwargs):
    for subject, dependency, ids in instance.__dict__.pop("_search_stale", ()):
        index.refresh(subject.model, ids | _dependents(subject, dependency, instance))


def _changed(dependency, instance, before):
    names = [instance._meta.get_field(name).attname for name in dependency.fields]
    return not names or any(before[name] != getattr(instance, name) for name in names)


def _dependents(subject, dependency, instance):
    found = subject.model._base_manager.filter(**{dependency.path: instance.pk})
    return set(found.values_list("pk", flat=True))


def _linked(sender, instance, action, reverse, model, pk_set, **kwargs):
    if reverse and action == "pre_clear":
        # After clearing, nobody could say any more whose link it was.
        ends = {field.related_model: field.name for field in sender._meta.fields if field.related_model}
        left = sender._base_manager.filter(**{ends[type(instance)]: instance})
        instance._search_unlinked = set(left.values_list(ends[model], flat=True))
    elif action in ("post_add", "post_remove", "post_clear"):
        if reverse:
            index.refresh(model, pk_set or instance.__dict__.pop("_search_unlinked", ()))
        else:
            index.refresh(type(instance), [instance.pk])
