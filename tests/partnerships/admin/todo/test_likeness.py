"""Which names are alike, without a database."""

from random import Random
from time import process_time

import pytest

from partnerships.admin.todo.likeness import Named, Reason, alike, bare


def reason(one, other, **both):
    """Why two records with these names are a pair, or None."""
    found = alike([Named(1, (one,), **both), Named(2, (other,), **both)])
    return found[0].reason if found else None


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Office on Drugs and Crime", "The Office for Drugs & Crime", Reason.SAME_NAME),
        ("Fédération Internationale", "FEDERATION INTERNATIONALE", Reason.SAME_NAME),
        ("Ghada Waly", "Waly, Ghada", Reason.SAME_WORDS),
        ("World Customs Organization", "World Customs Organisation", Reason.A_SLIP),
        ("National Crime Agency", "National Crimes Agency", Reason.A_SLIP),
        ("Training Centre Geneva", "Training Center Geneva", Reason.A_SLIP),
        ("World Customs Organization", "World Trade Organization", None),
        ("Office 41 of Harbours", "Office 42 of Harbours", None),  # another figure is another office
        ("Office 4 of Harbours", "Office 41 of Harbours", None),
        ("Mali", "Malo", None),  # too short to tell a slip from a word
        ("Iran Fund", "Iraq Fond", None),
    ],
)
def test_names(one, other, expected):
    assert reason(one, other) == expected
    assert reason(other, one) == expected


def test_an_acronym_is_compared_with_acronyms_and_names():
    assert alike([Named(1, ("One",), ("WCO",)), Named(2, ("Two",), ("wco",))])[0].reason == Reason.SAME_ACRONYM
    assert alike([Named(1, ("WCO",)), Named(2, ("Two",), ("W.C.O.",))])[0].words == ("WCO", "W.C.O.")


def test_the_strongest_reason_is_told_once():
    [pair] = alike([Named(1, ("Harbour Office", "Office of Harbour"), ("HO",)), Named(2, ("Harbour Office",), ("HO",))])
    assert (pair.reason, pair.one, pair.other, pair.words) == (Reason.SAME_NAME, 1, 2, ("Harbour Office",) * 2)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ((1, None), (2, None), False),  # the ministries of two countries
        ((1, None), (None, None), True),
        ((1, None), (1, None), True),
        ((None, 7), (None, 8), False),  # the legal offices of two organizations
        ((None, 7), (None, None), True),
        ((None, 2), (None, None), False),  # 1 is a unit of 2
    ],
)
def test_namesakes_elsewhere_are_no_duplicates(one, other, same):
    name = ("Ministry of Justice",)
    assert bool(alike([Named(1, name, (), one), Named(2, name, (), other)])) is same


def test_a_name_of_idle_words_is_not_empty():
    assert bare("The And") == "the and"


def test_five_thousand_names_are_compared_in_a_moment():
    """Each with each would be twelve million comparisons; two seconds are far less, also on a slow machine."""
    dice = Random(1)
    letters = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeiou"]
    names = ["Ministry of " + "".join(dice.choice(letters) for _ in range(6)) for _ in range(4999)]
    records = [Named(pk, (name,)) for pk, name in enumerate([*names, f"The {names[0]}s"])]
    started = process_time()
    assert [(pair.reason, pair.one, pair.other) for pair in alike(records)] == [(Reason.A_SLIP, 0, 4999)]
    assert process_time() - started < 2
