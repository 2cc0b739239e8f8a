"""Which cards a change makes wrong: those of every record whose row or detail reads what was changed.

What a row or a detail reads is what its QuerySet fetches (`with_rows`, `with_record`), because nothing else may be read while
an answer is made; so the paths are taken from there, and nobody has to keep a list of them in step. What decides
whether a fetched record is public is added in GATES, and the evidence, which is fetched by itself, in EVIDENCE.
"""

from collections import defaultdict
from functools import cache
from itertools import pairwise

from django.db import connection, transaction
from django.db.models import Q, Value
from django.db.models.signals import m2m_changed, post_save, pre_delete, pre_save

from partnerships import together
from partnerships.exports.batches import among
from partnerships.models import (
    Agreement,
    Contribution,
    Country,
    Document,
    Funder,
    Goal,
    Indicator,
    Organization,
    Project,
    Region,
)
from stories.models import Evidence

from . import cards
from .rendering import Visitor, queryset_of

# What decides, beyond its own state, whether visitors see a record of this kind.
GATES = {
    Contribution: ("project", "event"),
    Funder: ("organization",),
    Indicator: ("project",),
    Document: ("agreement", "project", "event"),
    Evidence: (
        "story",
        "agreement",
        "project",
        "contribution",
        "contribution__project",
        "contribution__event",
        "measurement",
        "measurement__indicator",
        "measurement__indicator__project",
        "commitment",
        "commitment__agreement",
    ),
}
# Where EvidenceQuerySet.proving finds what supports a record.
EVIDENCE = {
    Agreement: ("evidence", "commitments__evidence", "contributions__evidence"),
    Project: ("evidence", "contributions__evidence", "indicators__measurements__evidence"),
    Contribution: ("evidence",),
    Indicator: ("measurements__evidence",),
}
# Cards name organizations by their number, so only a change of these columns matters to cards that mention one: to all
# of them, or to those of some nouns.
MENTIONED = {Organization: (("state", None), ("country_id", (Funder,)), ("parent_id", (Organization,)))}
# Facts that hardly ever change, and that nearly every card mentions: when one does, all cards go.
FACTS = (Country, Region, Goal)
AT_ONCE = 100

_PATHS = defaultdict(set)  # model -> (noun, form, path) of the cards that read it
_LINKS = defaultdict(set)  # through model -> (noun, form, path to the end that has the links, that end's model)


def paths_of(queryset):
    """The paths that a queryset fetches with its own records, from its select_related and its prefetches."""
    yield from _selected(queryset.query.select_related or {})
    for lookup in queryset._prefetch_related_lookups:
        path = getattr(lookup, "prefetch_through", lookup)
        yield path
        inner = getattr(lookup, "queryset", None)
        if inner is not None:
            yield from (f"{path}__{further}" for further in paths_of(inner))


def _selected(tree, before=""):
    for name, below in tree.items():
        yield before + name
        yield from _selected(below, f"{before}{name}__")


def read_by(noun, form):
    """All paths that the noun's row or detail reads, gates included."""
    paths = set(paths_of(queryset_of(noun, form))) | {""}
    if form == cards.DETAIL:
        evidence = Evidence.objects.visible_to(Visitor.user).with_story().with_target(Visitor.user)
        for path in EVIDENCE.get(noun, ()):
            paths |= {path} | {f"{path}__{further}" for further in paths_of(evidence)}
    for path in list(paths):
        paths |= {f"{path}__{gate}".removeprefix("__") for gate in GATES.get(_walk(noun, path)[-1][1], ())}
    return paths


def _walk(noun, path):
    """(path so far, model there, the field that led there) for each step, beginning with the noun itself."""
    steps, model = [("", noun, None)], noun
    for name in path.split("__") if path else ():
        field = model._meta.get_field(name)
        model = field.related_model
        steps.append((f"{steps[-1][0]}__{name}".removeprefix("__"), model, field))
    return steps


def watch():
    """Follow every model that a card reads."""
    for noun in cards.NUMBERS:
        for form in (cards.ROW, cards.DETAIL):
            for path in read_by(noun, form):
                _register(noun, form, path)
    for model in _PATHS:
        for signal, receiver in (
            (pre_save, _before_save),
            (post_save, _after_save),
            (pre_delete, _before_delete),
            (together.saving, _before_saves),
            (together.saved, _after_saves),
        ):
            signal.connect(receiver, sender=model, dispatch_uid=f"cards-{model._meta.label}")
    for through in _LINKS:
        m2m_changed.connect(_linked, sender=through, dispatch_uid=f"cards-{through._meta.label}")
        together.linked.connect(_linked_together, sender=through, dispatch_uid=f"cards-{through._meta.label}")

    for fact in FACTS:
        post_save.connect(_fact_saved, sender=fact, dispatch_uid=f"cards-{fact._meta.label}")


def _fact_saved(sender, created=False, **kwargs):
    if not created:
        cards.forget_all()


def _register(noun, form, path):
    steps = _walk(noun, path)
    for (before, near, _field), (here, model, field) in pairwise(steps):
        if model not in FACTS:
            _PATHS[model].add((noun, form, here))
        if field.many_to_many:
            through = getattr(field, "remote_field", field).through if field.concrete else field.through
            if through._meta.auto_created:
                _LINKS[through].add((noun, form, before, near))
            else:
                _PATHS[through].add((noun, form, _through_path(near, field, before)))
    if not path:
        _PATHS[noun].add((noun, form, ""))


def _through_path(near, field, before):
    """The path to the rows of a many-to-many field that has a model of its own."""
    through = field.remote_field.through
    name = next(one.get_accessor_name() for one in near._meta.related_objects if one.related_model is through)
    return f"{before}__{name}".removeprefix("__")


@cache
def _select(noun, form, path):
    """SQL of (kind, id) for the noun's records that the path leads from to one id; the id is its last parameter."""
    records = noun._base_manager.order_by()
    found = records.filter(**{f"{path or 'pk'}": -1}).values_list(Value(cards.kind_of(noun, form)), "pk")
    return found.query.sql_with_params()


def selects(paths, pk):
    """For cards.forget: which cards these paths lead to from the record with this id."""
    found = []
    for noun, form, path in paths:
        sql, parameters = _select(noun, form, path)
        found.append((sql, [pk if value == -1 else value for value in parameters]))
    return found


def _before_save(sender, instance, raw=False, **kwargs):
    if raw:
        return
    instance._card_paths = paths = _paths(sender, instance)
    if not instance._state.adding:
        # Before it is written, so that a party which moves to another agreement leaves no card of the old one.
        _forget(paths, instance.pk)


def _after_save(sender, instance, raw=False, **kwargs):
    if raw:
        return
    _forget(instance.__dict__.pop("_card_paths"), instance.pk)
    if sender in cards.NUMBERS:
        _keep_later((cards.kind_of(sender, form), instance.pk) for form in (cards.ROW, cards.DETAIL))


def _before_saves(sender, instances, fresh, memo, **kwargs):
    """Like _before_save for many; `memo["cards"]` are the instances by the paths that their change matters to."""
    groups = defaultdict(list)
    groups[frozenset(_PATHS[sender])] += fresh
    before = {}
    if sender in MENTIONED:
        columns = [column for column, _nouns in MENTIONED[sender]]
        records = sender._base_manager.filter(pk__in=[instance.pk for instance in instances])
        before = {pk: values for pk, *values in records.values_list("pk", *columns)}
    for instance in instances:
        paths = _paths_of_change(sender, instance, before[instance.pk]) if sender in MENTIONED else _PATHS[sender]
        groups[frozenset(paths)].append(instance)
    memo["cards"] = groups
    for paths, some in groups.items():
        _forget_all(paths, [instance.pk for instance in some if instance.pk])


def _after_saves(sender, instances, memo, **kwargs):
    for paths, some in memo["cards"].items():
        _forget_all(paths, [instance.pk for instance in some])
    if sender in cards.NUMBERS:
        _keep_later((cards.kind_of(sender, form), one.pk) for form in (cards.ROW, cards.DETAIL) for one in instances)


def _before_delete(sender, instance, **kwargs):
    _forget(_PATHS[sender], instance.pk)


def _linked(sender, instance, action, reverse, model, pk_set, **kwargs):
    if action not in ("pre_clear", "post_add", "post_remove"):
        return
    for noun, form, path, near in _LINKS[sender]:
        # A link has two ends, and of a field that leads to its own model each may be the one that the card reads.
        pks = {instance.pk} if type(instance) is near else set()
        if model is near:
            pks |= _linked_with(sender, instance) if action == "pre_clear" else pk_set
        for pk in pks:
            _forget({(noun, form, path)}, pk)


def _linked_together(sender, field, pairs, **kwargs):
    sources, targets = ({pair[end] for pair in pairs} for end in (0, 1))
    for noun, form, path, near in _LINKS[sender]:
        pks = sources if field.model is near else set()
        if field.related_model is near:
            pks = pks | targets
        _forget_all({(noun, form, path)}, pks)


def _linked_with(through, instance):
    """The ids at the other ends of all links of this instance."""
    ends = [field.attname for field in through._meta.fields if field.related_model]
    rows = through._base_manager.filter(Q(**{ends[0]: instance.pk}) | Q(**{ends[1]: instance.pk})).values_list(*ends)
    return {pk for row in rows for pk in row}


def _paths(sender, instance):
    """The paths that this change matters to."""
    if sender not in MENTIONED or instance._state.adding:
        return _PATHS[sender]
    columns = [column for column, _nouns in MENTIONED[sender]]
    before = sender._base_manager.filter(pk=instance.pk).values_list(*columns).first() or ()
    return _paths_of_change(sender, instance, before)


def _paths_of_change(sender, instance, before):
    """`before` are the values of the columns in MENTIONED."""
    concerned = set()
    for value, (column, nouns) in zip(before, MENTIONED[sender], strict=False):
        if value != getattr(instance, column):
            concerned |= set(nouns or cards.NUMBERS)
    mentions = {(noun, form, path) for noun, form, path in _PATHS[sender] if noun in concerned}
    return mentions | {(sender, cards.ROW, ""), (sender, cards.DETAIL, "")}


def _forget_all(paths, pks):
    if not pks:
        return
    ids = among(sorted(pks), connection.alias)
    found = []
    for noun, form, path in paths:
        records = noun._base_manager.order_by().filter(**{f"{path or 'pk'}__in": ids})
        found.append(records.values_list(Value(cards.kind_of(noun, form)), "pk").query.sql_with_params())
    _keep_later(cards.forget(found))


def _forget(paths, pk):
    _keep_later(cards.forget(selects(paths, pk)))


def _keep_later(gone):
    """Render after the commit what the change has made wrong."""
    gone = set(gone)
    if not gone:
        return
    hook = next((hook for _ids, hook, _robust in connection.run_on_commit if isinstance(hook, _Keep)), None)
    if hook is None:
        hook = _Keep()
        transaction.on_commit(hook, robust=True)
    hook.gone |= gone
    if not connection.in_atomic_block:
        hook()


class _Keep:
    """What the transaction's commit is followed by. More than a few cards wait for `reindex`, or stay missing."""

    def __init__(self):
        self.gone = set()

    def __call__(self):
        models = {number: model for model, number in cards.NUMBERS.items()}
        for kind in {kind for kind, _pk in self.gone}:
            ids = sorted(pk for found, pk in self.gone if found == kind)[-AT_ONCE:]
            cards.keep(models[kind // 2], kind % 2, ids)
        self.gone = set()
