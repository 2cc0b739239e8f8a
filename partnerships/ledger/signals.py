"""Keeps the ledger true: every save, deletion and link of a record writes its line, in the transaction it belongs to."""

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save

from partnerships import together
from partnerships.models.record import PublicationState

from . import changes
from .book import lock
from .changes import WATCHED, Leaving, Watched

_LINKS = {}  # the model between two records -> the field that links them, and whether both ends show the link


def watch(model, *, owners=(), gates=(), links=(), name=(), listed_by=(), noun=True):
    """Have the ledger follow a model.

    A noun has lines of its own; a row (`noun=False`) has those of its `owners`: paths such as "party__agreement". A
    noun names in `owners` the records in whose answers it is shown, and in `listed_by` those that only list it by its
    name. `gates` are pairs of a noun and its path to this
    one that is public only if this one is. `links` are many-to-many fields; a pair of a field and True says that the
    record at the other end shows the link, too. `name` are the columns of which others make a name for it.
    """
    WATCHED[model] = Watched(model, noun, tuple(owners), tuple(gates), tuple(name), tuple(listed_by))
    label = model._meta.label
    for signal, receiver in (
        (pre_save, _before_save),
        (post_save, _after_save),
        (pre_delete, _before_delete),
        (post_delete, _after_delete),
    ):
        signal.connect(receiver, sender=model, dispatch_uid=f"ledger-{label}")
    together.saving.connect(_before_saves, sender=model, dispatch_uid=f"ledger-{label}")
    together.saved.connect(_after_saves, sender=model, dispatch_uid=f"ledger-{label}")
    for link in links:
        name, both = link if isinstance(link, tuple) else (link, False)
        field = model._meta.get_field(name)
        through = field.remote_field.through
        _LINKS[through] = (field, both)
        m2m_changed.connect(_linked, sender=through, dispatch_uid=f"ledger-{through._meta.label}")
        together.linked.connect(_linked_together, sender=through, dispatch_uid=f"ledger-{through._meta.label}")


def _before_save(sender, instance, raw=False, **kwargs):
    if raw:
        return
    lock()
    watched, before, leaving = WATCHED[sender], None, Leaving()
    if not instance._state.adding:
        before = watched.standing([instance.pk]).get(instance.pk)
        if before and before.public and _is_hidden(instance):
            leaving = changes.leaving(watched, instance.pk)
    instance._ledger_before = (before, leaving)


def _after_save(sender, instance, raw=False, **kwargs):
    if raw:
        return
    watched, pk = WATCHED[sender], instance.pk
    before, leaving = instance.__dict__.pop("_ledger_before", (None, Leaving()))
    changes.changed(watched, {pk: before}, {pk: watched.standing([pk])[pk]}, {pk: leaving})


def _before_saves(sender, instances, memo, **kwargs):
    lock()
    watched = WATCHED[sender]
    before = watched.standing([one.pk for one in instances])
    hidden = [one.pk for one in instances if before[one.pk].public and _is_hidden(one)] if watched.is_noun else ()
    memo["ledger"] = before, {pk: changes.leaving(watched, pk) for pk in hidden}


def _after_saves(sender, instances, memo, **kwargs):
    watched, (before, left) = WATCHED[sender], memo["ledger"]
    standing = watched.standing([one.pk for one in instances])
    changes.changed(watched, before, {one.pk: standing[one.pk] for one in instances}, left)


def _is_hidden(instance):
    return getattr(instance, "state", PublicationState.PUBLISHED) != PublicationState.PUBLISHED


def _before_delete(sender, instance, **kwargs):
    lock()
    watched = WATCHED[sender]
    before = watched.standing([instance.pk]).get(instance.pk)
    instance._ledger_before = (before, changes.leaving(watched, instance.pk, bool(before and before.public)))


def _after_delete(sender, instance, origin=None, **kwargs):
    before, leaving = instance.__dict__.pop("_ledger_before", (None, Leaving()))
    if before:
        gone = {owner for owner in {*before.owners, *leaving.namers} if _goes_with(owner, origin)}
        pk = instance.pk
        changes.changed(WATCHED[sender], {pk: before}, {pk: None}, {pk: leaving}, spared=gone)


def _goes_with(owner, origin):
    """Whether this owner is what is being deleted: its own line says so."""
    model, pk = owner
    if isinstance(origin, Model):
        return type(origin) is model and origin.pk == pk
    return origin is not None and origin.model is model


def _linked(sender, instance, action, reverse, pk_set, **kwargs):
    field, both = _LINKS[sender]
    if action.startswith("pre_"):
        lock()
        if action == "pre_clear":
            # After clearing, nobody could say any more whose links they were.
            near, far = field.m2m_field_name(), field.m2m_reverse_field_name()
            near, far = (far, near) if reverse else (near, far)
            links = sender._base_manager.filter(**{near: instance.pk})
            instance._ledger_unlinked = set(links.values_list(far, flat=True))
        return
    others = instance.__dict__.pop("_ledger_unlinked", set()) if action == "post_clear" else pk_set
    if others:
        sources, targets = (others, {instance.pk}) if reverse else ({instance.pk}, others)
        changes.linked(field, {(source, target) for source in sources for target in targets}, both)


def _linked_together(sender, field, pairs, **kwargs):
    changes.linked(field, pairs, _LINKS[sender][1])
