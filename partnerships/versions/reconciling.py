"""Bringing together what two people have made of one record since the version that both began with.

What only one of them changed is taken from that one. Links are sets: what either has added is in, what either has taken
away is out. Where both changed the same field, or one changed a row that the other took away, a person has to choose.
"""

from dataclasses import dataclass

from .differences import found, keys_of, name_of, unit, words_for
from .whole import Whole, without_orphans

THEIRS, MINE = "theirs", "mine"


@dataclass
class Clash:
    """Two changes that cannot both be; "" as `theirs` or `mine` is an empty field, None is a row that was taken away."""

    key: str
    name: str
    field: str
    base: str
    theirs: str | None
    mine: str | None
    chosen: str = ""


def reconcile(base, theirs, mine, choices=None):
    """(Whole, Clashes): both versions in one. `choices` say "theirs" or "mine" for the keys of clashes.

    A clash that nothing is chosen for stands as theirs in the Whole; whoever asks looks whether one is left.
    Without a `base` every difference is a clash.
    """
    return _Reconciling(base, theirs, mine, choices or {}).run()


class _Reconciling:
    def __init__(self, base, theirs, mine, choices):
        self.base, self.theirs, self.mine, self.choices = base, theirs, mine, choices
        self.words = words_for([one for one in (base, theirs, mine) if one])
        self.clashes = []

    def run(self):
        together = Whole(self.theirs.model, self.theirs.pk, {}, self.links())
        for key in keys_of(self.theirs, self.mine, self.base):
            base, theirs, mine = (found(one, key) for one in (self.base, self.theirs, self.mine))
            if not key[0]:
                together.fields = self.values(key, base, theirs, mine)
            elif (values := self.row(key, base, theirs, mine)) is not None:
                together.rows[key] = values
        return without_orphans(together), self.clashes

    def links(self):
        together = {}
        for name, theirs in self.theirs.links.items():
            mine = self.mine.links.get(name, theirs)
            base = set(self.base.links.get(name, ())) if self.base else set(theirs) & set(mine)
            kept = base & set(theirs) & set(mine)
            together[name] = sorted(kept | (set(theirs) - base) | (set(mine) - base))
        return together

    def row(self, key, base, theirs, mine):
        """The row's values in the end, or None where it goes."""
        if theirs and mine:
            return self.values(key, base, theirs, mine)
        there = theirs or mine
        if there is None:
            return None
        if base is None or self.base is None:
            return None if mine and _is_twin(mine, self.theirs) else there[1]
        if there[1] == base[1]:
            return None
        chosen = self.choose(
            Clash(
                unit(key),
                name_of(self.words, there),
                "",
                self.summary(base),
                self.summary(theirs) if theirs else None,
                self.summary(mine) if mine else None,
            )
        )
        kept = mine if chosen == MINE else theirs
        return kept[1] if kept else None

    def values(self, key, base, theirs, mine):
        """Column by column; the two columns of a date go together, and those that tell of one file."""
        model, values = theirs[0], dict(theirs[1])
        told = [self.words.of(model, one[1]) if one else {} for one in (base, theirs, mine)]
        for name, (label, their_words) in told[1].items():
            columns = _columns(model, name)
            base_values, their_values, my_values = (
                [one[1].get(column) for column in columns] if one else None for one in (base, theirs, mine)
            )
            if my_values in (their_values, base_values):
                continue
            chosen = MINE
            if their_values != base_values:
                base_words = told[0].get(name, ("", ""))[1]
                row = name_of(self.words, theirs) if key[0] else ""
                chosen = self.choose(Clash(unit(key, name), row, label, base_words, their_words, told[2][name][1]))
            if chosen == MINE:
                values.update(zip(columns, my_values, strict=True))
        return values

    def choose(self, clash):
        chosen = self.choices.get(clash.key, "")
        clash.chosen = chosen if chosen in (THEIRS, MINE) else ""
        self.clashes.append(clash)
        return clash.chosen

    def summary(self, told):
        return "; ".join(f"{label}: {words}" for label, words in self.words.of(*told).values() if words)


def _columns(model, name):
    if columns := getattr(model, "MOVE_TOGETHER", {}).get(name):
        return columns
    column = model._meta.get_field(name)
    precision = f"{name}_precision"
    pair = name.endswith("_on") and any(one.name == precision for one in model._meta.concrete_fields)
    return [column.attname, precision] if pair else [column.attname]


def _is_twin(told, theirs):
    """Whether the other has added the same row."""
    model, values, _links = told
    return any(label == model._meta.label_lower and values == other for (label, _pk), other in theirs.rows.items())
