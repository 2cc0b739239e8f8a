"""Who names whom: a record that is renamed, published or removed changes the answers of the records that name it."""

from collections import defaultdict

from django.db.models import Exists, OuterRef

SHOWN = defaultdict(list)  # model -> (the noun that names its records, the path from that noun to them)
NAMED_AFTER = set()  # (noun, path): its own name is made of theirs


def is_public(model, owner=None):
    """An expression: whether the gate lets visitors see the row; what has no gate is seen with its first owner."""
    if hasattr(model.objects, "published"):
        return Exists(model.objects.published().filter(pk=OuterRef("pk")))
    return Exists(end_of(model, owner).objects.published().filter(pk=OuterRef(owner)))


def end_of(model, path):
    for name in path.split("__"):
        model = model._meta.get_field(name).related_model
    return model


def shows(model, *paths, named_after=()):
    """Let the ledger know whom a noun's answer names; `named_after` are those that its own name is made of."""
    for path in (*paths, *named_after):
        SHOWN[end_of(model, path)].append((model, path))
    NAMED_AFTER.update((model, path) for path in named_after)


def naming(model, ids):
    """The records that name these, as {(model, id): whether visitors can see that they do}; `ids` likewise by id.

    Each step of a path goes through the gate: a draft between two public records must not tie them together.
    """
    found = {}
    for noun, path in SHOWN[model]:
        namers = ids
        for step_model, step in reversed(_steps(noun, path)):
            namers = _one_step(step_model, step, namers)
        if (noun, path) in NAMED_AFTER and namers:
            found |= {key: public or found.get(key, False) for key, public in naming(noun, namers).items()}
        for pk, public in namers.items():
            found[noun, pk] = public or found.get((noun, pk), False)
    return found


def _steps(model, path):
    """The path in steps of one relation each, with the model that each begins at."""
    steps = []
    for name in path.split("__"):
        steps.append((model, name))
        model = model._meta.get_field(name).related_model
    return steps


def _one_step(model, name, ids):
    if not ids:
        return {}
    gate = {"ledger_public": is_public(model)} if hasattr(model.objects, "published") else {}
    rows = model._base_manager.filter(**{f"{name}__in": list(ids)}).annotate(**gate).values_list("pk", name, *gate)
    found = {}
    for pk, end, *public in rows:
        if end in ids:
            found[pk] = found.get(pk, False) or (ids[end] and all(public))
    return found
