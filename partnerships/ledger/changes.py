"""From what was saved to lines: whose record changed, and what visitors may know of it."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef
from django.dispatch import Signal

from partnerships.models.ledger import LedgerLine

from .book import Entry, write

Verb = LedgerLine.Verb

# Sent when records changed, in the transaction and after the change: `sender` is their model, `ids` the set of their
# ids, `verb` what happened to them ("removed" when they are gone).
touched = Signal()


@dataclass(frozen=True)
class Watched:
    """How a model's rows bear on the ledger.

    `owners` are the paths to the records that the row is a part of, and to those that show it: a change of the row is
    a change of theirs. `gates` are the paths from other nouns that are public only together with this one.
    """

    model: type
    is_noun: bool
    owners: tuple[str, ...] = ()
    gates: tuple[tuple[type, str], ...] = ()

    def standing(self, ids):
        """The Standing of each of these rows that is there, by id. One query."""
        columns = ["slug"] if self.is_noun else []
        rows = (
            self.model._base_manager.filter(pk__in=ids)
            .annotate(ledger_public=is_public(self.model, *self.owners[:1]))
            .values_list("pk", "ledger_public", *columns, *self.owners)
        )
        standings = {}
        for pk, public, *rest in rows:
            slug = rest.pop(0) if self.is_noun else ""
            standing = standings.setdefault(pk, Standing(slug, public))
            standing.owners.update((end, owner) for end, owner in zip(self.ends, rest, strict=True) if owner)
        return standings

    @property
    def ends(self):
        """The models that the paths of `owners` lead to."""
        return [end_of(self.model, path) for path in self.owners]


@dataclass
class Standing:
    """A row at one moment: its slug, whether visitors may know of it, and its owners as (model, id)."""

    slug: str
    public: bool
    owners: set = field(default_factory=set)


WATCHED = {}  # model -> Watched


def is_public(model, owner=None):
    """An expression: whether the gate lets visitors see the row; what has no gate is seen with its first owner."""
    if hasattr(model.objects, "published"):
        return Exists(model.objects.published().filter(pk=OuterRef("pk")))
    return Exists(end_of(model, owner).objects.published().filter(pk=OuterRef(owner)))


def end_of(model, path):
    for name in path.split("__"):
        model = model._meta.get_field(name).related_model
    return model


def note(model, ids, verb=Verb.CHANGED):
    """Write down what happened to these records on a way that sends no signals, in the same transaction.

    Call it after records were created or changed, and before they are removed.
    """
    ids = list(ids)
    standings = WATCHED[model].standing(ids)
    public_verb = Verb.PUBLISHED if verb == Verb.CREATED else verb
    write(
        Entry(model, pk, found.slug, verb, found.slug, public_verb)
        if found.public
        else Entry(model, pk, found.slug, verb)
        for pk in ids
        if (found := standings.get(pk))
    )
    if standings:
        touched.send(model, ids=set(standings), verb=verb)


def changed(watched, pk, before, after, gated=(), spared=()):
    """Write down that a row changed from one Standing to another; None where it was not, or is no more.

    `gated` are entries of other nouns that became public, or ceased to be, with this one; `spared` are owners that the
    change is no news to.
    """
    entries = [own_entry(watched.model, pk, before, after)] if watched.is_noun else []
    owners = (before.owners if before else set()) | (after.owners if after else set())
    public = bool(before and before.public) or bool(after and after.public)
    entries += [*gated, *owner_entries(owners - set(spared), public)]
    write(entries)
    announce(entries)


def linked(field, sources, targets, both):
    """Write down that links of a many-to-many field came or went. `both` says that the targets show them, too."""
    source, target = field.model, field.related_model
    standings = WATCHED[source].standing(sources)
    # A Sustainable Development Goal is no noun of the register, and no secret.
    ends = WATCHED[target].standing(targets).values() if target in WATCHED else [Standing("", True)]
    to_public = any(end.public for end in ends)
    groups = {True: set(), False: set()}
    for pk, found in standings.items():
        groups[to_public and found.public] |= {(source, pk), *found.owners}
    if both:
        groups[any(found.public for found in standings.values())] |= {(target, pk) for pk in targets}
    entries = [*owner_entries(groups[True], True), *owner_entries(groups[False] - groups[True], False)]
    entries.sort(key=lambda entry: (entry.model._meta.label, entry.pk))
    write(entries)
    announce(entries)


def own_entry(model, pk, before, after):
    was_public, now_public = bool(before and before.public), bool(after and after.public)
    newest = after or before
    if after is None:
        verb = Verb.REMOVED
    elif before is None:
        verb = Verb.CREATED
    else:
        verb = Verb.PUBLISHED if now_public and not was_public else Verb.CHANGED
    if now_public:
        return Entry(model, pk, newest.slug, verb, newest.slug, Verb.CHANGED if was_public else Verb.PUBLISHED)
    if was_public:
        # Under the slug that visitors knew: a new one is not theirs to know.
        return Entry(model, pk, newest.slug, verb, before.slug, Verb.REMOVED)
    return Entry(model, pk, newest.slug, verb)


def owner_entries(owners, public):
    """Entries for (model, id) whose rows or links changed; `public` says whether visitors may know of the change."""
    by_model = defaultdict(set)
    for model, pk in owners:
        by_model[model].add(pk)
    for model, ids in sorted(by_model.items(), key=lambda item: item[0]._meta.label):
        for pk, found in sorted(WATCHED[model].standing(ids).items()):
            if public and found.public:
                yield Entry(model, pk, found.slug, Verb.CHANGED, found.slug, Verb.CHANGED)
            else:
                yield Entry(model, pk, found.slug, Verb.CHANGED)


def gated_entries(watched, pk, public_verb):
    """Entries for the records that are public because the record with this id is: they come and go with it."""
    for model, path in watched.gates:
        for other, slug in model.objects.published().filter(**{path: pk}).order_by("pk").values_list("pk", "slug"):
            yield Entry(model, other, slug, Verb.CHANGED, slug, public_verb)


def announce(entries):
    by_model = defaultdict(set)
    for entry in entries:
        by_model[entry.model, entry.verb].add(entry.pk)
    for (model, verb), ids in by_model.items():
        touched.send(model, ids=ids, verb=verb)
