"""From what was saved to lines: whose record changed, and what visitors may know of it."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.dispatch import Signal

from partnerships.models.ledger import LedgerLine

from .book import Entry, write
from .naming import end_of, is_public, naming

Verb = LedgerLine.Verb

# Sent when records changed, in the transaction and after the change: `sender` is their model, `ids` the set of their
# ids, `verb` what happened to them ("removed" when they are gone).
touched = Signal()


@dataclass(frozen=True)
class Watched:
    """How a model's rows bear on the ledger.

    `owners` are the paths to the records that the row is a part of, and to those that show it: a change of the row is
    a change of theirs. `listed_by` are those to the records that only list it by its name. `gates` are the paths from other nouns that are public only together with this one. `name` are
    the columns of which others make a name for it.
    """

    model: type
    is_noun: bool
    owners: tuple[str, ...] = ()
    gates: tuple[tuple[type, str], ...] = ()
    name: tuple[str, ...] = ()
    listed_by: tuple[str, ...] = ()

    def standing(self, ids):
        """The Standing of each of these rows that is there, by id. One query."""
        columns = ["slug", *self.name] if self.is_noun else []
        rows = (
            self.model._base_manager.filter(pk__in=ids)
            .annotate(ledger_public=is_public(self.model, *self.owners[:1]))
            .values_list("pk", "ledger_public", *columns, *self.owners, *self.listed_by)
        )
        standings = {}
        for pk, public, *rest in rows:
            name, ends = rest[: len(columns)], rest[len(columns) :]
            standing = standings.setdefault(pk, Standing(name[0] if name else "", public, tuple(name)))
            for place, (model, end) in enumerate(zip(self.ends, ends, strict=True)):
                if end:
                    (standing.owners if place < len(self.owners) else standing.listed_by).add((model, end))
        return standings

    @property
    def ends(self):
        """The models that the paths of `owners` and `listed_by` lead to."""
        return [end_of(self.model, path) for path in (*self.owners, *self.listed_by)]

    def is_shown_alike(self, before, after):
        """Whether the record looks the same wherever it is only named."""
        return not self.is_noun or (
            before is not None
            and after is not None
            and (before.name, before.public, before.listed_by) == (after.name, after.public, after.listed_by)
        )


@dataclass
class Standing:
    """A row at one moment: its slug and name, whether visitors may know of it, and its owners as (model, id)."""

    slug: str
    public: bool
    name: tuple = ()
    owners: set = field(default_factory=set)
    listed_by: set = field(default_factory=set)


WATCHED = {}  # model -> Watched


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


@dataclass
class Leaving:
    """Who must be told that a record is no longer public, or no more: afterwards nobody could say who they were."""

    gated: list = field(default_factory=list)
    namers: dict = field(default_factory=dict)


def leaving(watched, pk, public=True):
    """What leaves the public register together with this record, and the records that name any of them."""
    if not watched.is_noun:
        return Leaving()
    gated = list(gated_entries(watched, pk, Verb.REMOVED)) if public else []
    return Leaving(gated, either(naming(watched.model, {pk: public}), *namers_of(gated)))


def changed(watched, before, after, left, spared=()):
    """Write down that rows changed from one Standing to another; None where one was not, or is no more.

    `before` and `after` are by id, in the order of the changes; `left` is by id what was found before one changed;
    `spared` are owners that the change is no news to.
    """
    entries, gated, owners, renamed = [], [], {}, {}
    for pk in after:
        old, new, leaving = before.get(pk), after[pk], left.get(pk, Leaving())
        if watched.is_noun:
            entries.append(own_entry(watched.model, pk, old, new))
        was_public, now_public = bool(old and old.public), bool(new and new.public)
        told = set().union(*(moment.owners for moment in (old, new) if moment))
        if not watched.is_shown_alike(old, new):
            told = told.union(*(moment.listed_by for moment in (old, new) if moment))
        owners = either(owners, dict.fromkeys(told, was_public or now_public), leaving.namers)
        if old and new and watched.is_noun and now_public > was_public:
            gated += gated_entries(watched, pk, Verb.PUBLISHED)
            renamed[pk] = True
        else:
            gated += leaving.gated
            if old and new and watched.is_noun and old.name != new.name:
                renamed[pk] = was_public or now_public
    if renamed:
        owners = either(owners, naming(watched.model, renamed), *namers_of(gated))
    told = {(entry.model, entry.pk) for entry in (*entries, *gated)} | set(spared)
    entries += [*gated, *owner_entries({owner: public for owner, public in owners.items() if owner not in told})]
    write(entries)
    announce(entries)


def namers_of(entries):
    by_model = defaultdict(dict)
    for entry in entries:
        by_model[entry.model][entry.pk] = True
    return [naming(model, ids) for model, ids in by_model.items()]


def either(*groups):
    """These owners together; visitors may know of a change if one of the groups says so."""
    together = {}
    for group in groups:
        for owner, public in group.items():
            together[owner] = public or together.get(owner, False)
    return together


def linked(field, pairs, both):
    """Write down that links of a many-to-many field came or went: (source id, target id) each.

    `both` says that the targets show them, too.
    """
    source, target = field.model, field.related_model
    standings = WATCHED[source].standing({pk for pk, _other in pairs})
    others = {other for _pk, other in pairs}
    # A Sustainable Development Goal is no noun of the register, and no secret.
    ends = WATCHED[target].standing(others) if target in WATCHED else dict.fromkeys(others, Standing("", True))
    public_ends = {pk for pk, end in ends.items() if end.public}
    to_public = {pk for pk, other in pairs if other in public_ends}
    groups = [
        dict.fromkeys({(source, pk), *found.owners}, pk in to_public and found.public)
        for pk, found in standings.items()
    ]
    if both:
        from_public = {other for pk, other in pairs if pk in standings and standings[pk].public}
        groups.append({(target, other): other in from_public for other in others})
    entries = list(owner_entries(either(*groups)))
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


def owner_entries(owners):
    """Entries for records whose rows, links or names changed: {(model, id): whether visitors may know of the change}."""
    by_model = defaultdict(list)
    for model, pk in owners:
        by_model[model].append(pk)
    for model, ids in sorted(by_model.items(), key=lambda item: item[0]._meta.label):
        for pk, found in sorted(WATCHED[model].standing(ids).items()):
            if owners[model, pk] and found.public:
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
