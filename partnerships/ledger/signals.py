"""Keeps the ledger true: every save, deletion and link of a record writes its line, in the transaction it belongs to."""

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save

from . import changes
from .book import lock
from .changes import WATCHED, Verb, Watched

_LINKS = {}  # the model between two records -> the field that links them, and whether both ends show the link


def watch(model, *, owners=(), gates=(), links=(), noun=True):
    """Have the ledger follow a model.

    A noun has lines of its own; a row (`noun=False`) has those of its `owners`: paths such as "party__agreement". A
    noun names in `owners` the records in whose answers it is shown. `gates` are pairs of a noun and its path to this
    one that is public only if this one is. `links` are many-to-many fields; a pair of a field and True says that the
    record at the other end shows the link, too.
    """
    WATCHED[model] = Watched(model, noun, tuple(owners), tuple(gates))
    label = model._meta.label
    for signal, receiver in (
        (pre_save, _before_save),
        (post_save, _after_save),
        (pre_delete, _before_delete),
        (post_delete, _after_delete),
    ):
        signal.connect(receiver, sender=model, dispatch_uid=f"ledger-{label}")
    for link in links:
        name, both = link if isinstance(link, tuple) else (link, False)
        field = model._meta.get_field(name)
        through = field.remote_field.through
        _LINKS[through] = (field, both)
        m2m_changed.connect(_linked, sender=through, dispatch_uid=f"ledger-{through._meta.label}")


def _before_save(sender, instance, raw=False, **kwargs):
    if raw:
        return
    lock()
    watched, before, gated = WATCHED[sender], None, []
    if not instance._state.adding:
        before = watched.standing([instance.pk]).get(instance.pk)
        if before and before.public:
            # Read while they are still public; whether they go with it is known only when it is saved.
            gated = list(changes.gated_entries(watched, instance.pk, Verb.REMOVED))
    instance._ledger_before = (before, gated)


def _after_save(sender, instance, raw=False, **kwargs):
    if raw:
        return
    watched = WATCHED[sender]
    before, gated = instance.__dict__.pop("_ledger_before", (None, []))
    after = watched.standing([instance.pk])[instance.pk]
    if after.public:
        came = before is not None and not before.public
        gated = list(changes.gated_entries(watched, instance.pk, Verb.PUBLISHED)) if came else []
    changes.changed(watched, instance.pk, before, after, gated)


def _before_delete(sender, instance, **kwargs):
    lock()
    instance._ledger_before = WATCHED[sender].standing([instance.pk]).get(instance.pk)


def _after_delete(sender, instance, origin=None, **kwargs):
    before = instance.__dict__.pop("_ledger_before", None)
    if before:
        gone = {owner for owner in before.owners if _goes_with(owner, origin)}
        changes.changed(WATCHED[sender], instance.pk, before, None, spared=gone)


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
        changes.linked(field, sources, targets, both)
