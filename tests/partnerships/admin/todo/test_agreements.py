"""Agreements that come to their end, and what they promise: on either side of each day."""

from datetime import timedelta

import pytest
from django.utils import timezone

from partnerships.models import Agreement, Commitment
from tests.factories import make, make_agreement

from .asking import found

pytestmark = pytest.mark.django_db


def day(days):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


@pytest.fixture
def ending(db):
    """An agreement for each day on either side of the three lists' first and last days."""
    for days in (-1, 0, 30, 31, 60, 61, 90, 91):
        make_agreement(f"in {days}", signed="2013", ends=day(days))
    make_agreement("open-ended", signed="2013")


def test_each_ending_is_in_one_list(as_chief, chief, ending):
    assert found(as_chief, chief, Agreement, "ending-30") == {"in 0", "in 30"}
    assert found(as_chief, chief, Agreement, "ending-60") == {"in 31", "in 60"}
    assert found(as_chief, chief, Agreement, "ending-90") == {"in 61", "in 90"}


def test_what_is_not_in_force_or_not_published_does_not_end(as_chief, chief):
    make_agreement("not yet in force", signed=day(1), ends=day(20))
    make_agreement("draft", signed="2013", ends=day(20), state="draft")
    make_agreement("terminated", signed="2013", ends=day(20), terminated=day(0))
    assert found(as_chief, chief, Agreement, "ending-30") == set()


def test_a_termination_is_an_end_and_the_earlier_of_two_ends_counts(as_chief, chief):
    make_agreement("terminated soon", signed="2013", terminated=day(20))
    make_agreement("terminated before its end", signed="2013", terminated=day(20), ends=day(80))
    make_agreement("ends before its termination", signed="2013", terminated=day(80), ends=day(20))
    expected = {"terminated soon", "terminated before its end", "ends before its termination"}
    assert found(as_chief, chief, Agreement, "ending-30") == expected
    assert found(as_chief, chief, Agreement, "ending-90") == set()


def test_what_has_a_successor_waits_for_nobody(as_chief, chief):
    replaced, drafted, given_up = (make_agreement(name, signed="2013", ends=day(20)) for name in "abc")
    make_agreement("next a", signed=day(21), supersedes=[replaced])
    make_agreement("next b", state="draft", supersedes=[drafted])
    make_agreement("next c", state="archived", supersedes=[given_up])
    assert found(as_chief, chief, Agreement, "ending-30") == {"c"}


def test_commitments_are_due_and_then_overdue(as_chief, chief):
    agreement = make_agreement(signed="2013")
    for days in (-1, 0, 30, 31):
        make(Commitment, agreement=agreement, text=f"in {days}", due=day(days))
    make(Commitment, agreement=agreement, text="some day")
    make(Commitment, agreement=agreement, text="met", due=day(-1), met=day(-2))
    make(Commitment, agreement=agreement, text="met late", due=day(-9), met=day(-2))
    make(Commitment, agreement=make_agreement(state="archived"), text="archived", due=day(-1))
    make(Commitment, agreement=make_agreement(state="draft"), text="of a draft", due=day(-1))
    assert found(as_chief, chief, Commitment, "overdue") == {"in -1", "of a draft"}
    assert found(as_chief, chief, Commitment, "due") == {"in 0", "in 30"}


def test_a_commitment_leads_to_its_agreement(as_chief):
    agreement = make_agreement("Treaty")
    make(Commitment, agreement=agreement, text="to report", due=day(-1))
    page = as_chief.get("/admin/partnerships/commitment/?todo=overdue").content.decode()
    assert f'<a href="/admin/partnerships/agreement/{agreement.pk}/change/">Treaty</a>' in page
