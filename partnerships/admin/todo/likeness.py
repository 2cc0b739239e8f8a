"""Which names may stand for the same: equal ones, the same words in another order, and those a letter apart.

To compare each of five thousand names with each other would take a minute. Instead each name is put under a few keys, and
only names that share a key are compared. Pure: names in, pairs out.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from partnerships.admin.wording import shared_start
from partnerships.search.analysis import fold, words

# Words that names have or leave out as it comes.
IDLE = {"the", "of", "and", "for", "on", "de", "la", "le", "les", "des", "du", "et", "el", "los", "y", "ltd", "inc"}
SHORTEST = 8  # letters of a name in which a single slip tells anything


class Reason(IntEnum):
    """The strongest first."""

    SAME_NAME = 1
    SAME_ACRONYM = 2
    SAME_WORDS = 3
    A_SLIP = 4


class Named(NamedTuple):
    """One record: its names, acronyms, and the values in which namesakes differ for good reason, such as the country."""

    pk: int
    names: tuple
    acronyms: tuple = ()
    apart: tuple = ()


@dataclass(frozen=True, order=True)
class Likeness:
    reason: Reason
    one: int
    other: int
    words: tuple = field(compare=False)  # the two names as they were written


def alike(records):
    """The pairs of records that may be one, each once, for the strongest reason: by reason, then by record."""
    known = {record.pk: record for record in records}
    found = {}
    for reason, groups in _groups(records):
        for group in groups:
            for (one, written), (other, as_written) in combinations(group, 2):
                if one == other or _differ(known[one], known[other]):
                    continue
                if reason == Reason.A_SLIP and not _a_slip_apart(bare(written), bare(as_written)):
                    continue
                pair = (one, other) if one < other else (other, one)
                both = (written, as_written) if one < other else (as_written, written)
                if pair not in found or reason < found[pair].reason:
                    found[pair] = Likeness(reason, *pair, both)
    return sorted(found.values())


@lru_cache(20_000)
def bare(name):
    """The words that matter, without case, accents and punctuation."""
    every = list(words(fold(name)))
    return " ".join([word for word in every if word not in IDLE] or every)


def _groups(records):
    """(reason, groups of (record, name as written) that share a key)."""
    same, acronyms, sorted_words = (defaultdict(list) for _ in range(3))
    for record in records:
        for name in record.names:
            same[bare(name)].append((record.pk, name))
        for acronym in record.acronyms:
            acronyms[bare(acronym)].append((record.pk, acronym))
    for plain, group in same.items():
        sorted_words[" ".join(sorted(plain.split()))] += group
    slips = _slips(same)
    for acronym, group in acronyms.items():
        # Somebody's acronym may be all that somebody else wrote for a name.
        if acronym in same:
            same[acronym] += group
    for reason, groups in zip(Reason, (same, acronyms, sorted_words, slips), strict=True):
        yield reason, [group for key, group in groups.items() if key and len(group) > 1]


def _slips(same):
    """Groups of names that are equal without one of their letters: those that are one slip apart are in one.

    There are as many keys as letters. Most stand for one name only, so that a list is made for the others alone.
    """
    first, groups = {}, defaultdict(list)
    for plain in same:
        if len(plain) < SHORTEST:
            continue
        for key in _with_a_letter_less(plain):
            if (other := first.setdefault(key, plain)) is not plain:
                groups[key] = groups[key] or [*same[other]]
                groups[key] += same[plain]
    return groups


def _with_a_letter_less(plain):
    """The name, and the name without each of its letters. A figure is never a slip."""
    keys = {plain[:place] + plain[place + 1 :] for place, letter in enumerate(plain) if letter.isalpha()}
    keys.add(plain)
    return keys


def _a_slip_apart(one, other):
    """Whether a letter is added, left out, replaced or exchanged with its neighbour: what remains between equal ends."""
    start = shared_start(one, other)
    one, other = one[start:], other[start:]
    end = shared_start(one[::-1], other[::-1])
    one, other = one[: len(one) - end], other[: len(other) - end]
    return max(len(one), len(other)) < 2 or (len(one) == 2 and one == other[::-1])


def _differ(one, other):
    """Whether the two are namesakes only: both say where they belong, and it is not the same."""
    return any(a is not None and b is not None and a != b for a, b in zip(one.apart, other.apart, strict=True)) or (
        _contains(one, other) or _contains(other, one)
    )


def _contains(whole, unit):
    return whole.pk in unit.apart[1:]
