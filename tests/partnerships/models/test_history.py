"""A save and its links are one entry; links that change by themselves have one of their own."""

import pytest
from django.db import connection, transaction

from tests.factories import make_agreement, make_contribution, make_country, make_funder

pytestmark = pytest.mark.django_db


def commit():
    """What a commit does to the hooks that wait for it; the test itself runs in one transaction."""
    connection.run_on_commit.clear()


def linked(entry, field):
    """The ids that an entry says were linked."""
    to = {"countries": "country_id", "supersedes": "to_agreement_id", "funders": "funder_id"}[field]
    return set(getattr(entry, field).values_list(to, flat=True))


def test_a_record_and_its_links_are_one_entry():
    old, niger, mali = make_agreement("Old"), make_country("NE"), make_country("ML")
    with transaction.atomic():
        agreement = make_agreement("New")
        agreement.countries.set([niger, mali])
        agreement.supersedes.add(old)
    [entry] = agreement.history.all()
    assert entry.history_type == "+"
    assert (linked(entry, "countries"), linked(entry, "supersedes")) == ({niger.pk, mali.pk}, {old.pk})


def test_a_change_and_its_links_are_one_entry_more():
    niger, mali = make_country("NE"), make_country("ML")
    agreement = make_agreement("New")
    agreement.countries.set([niger])
    commit()
    before = agreement.history.count()
    with transaction.atomic():
        agreement.title = "Newer"
        agreement.save()
        agreement.countries.set([mali])
        agreement.countries.add(niger)
        agreement.countries.remove(mali)
    assert agreement.history.count() == before + 1
    entry = agreement.history.first()
    assert linked(entry, "countries") == {niger.pk}
    assert entry.diff_against(entry.prev_record).changed_fields == ["title"]


def test_links_that_change_alone_have_an_entry():
    agreement, old = make_agreement(), make_agreement("Old")
    commit()
    agreement.supersedes.add(old)
    latest, first = agreement.history.all()
    assert latest.diff_against(first).changed_fields == ["supersedes"]
    commit()
    agreement.supersedes.clear()
    assert linked(agreement.history.first(), "supersedes") == set()
    assert agreement.history.count() == 3


def test_what_was_rolled_back_is_not_written_into():
    niger = make_country("NE")
    agreement = make_agreement("New")
    commit()
    with transaction.atomic():
        with transaction.atomic():
            agreement.save()
            transaction.set_rollback(True)
        agreement.countries.add(niger)
    latest, first = agreement.history.all()  # the entry of the save is gone
    assert (linked(first, "countries"), linked(latest, "countries")) == (set(), {niger.pk})


def test_two_records_of_one_transaction_keep_their_own_links():
    one, other = make_funder("One"), make_funder("Other")
    with transaction.atomic():
        first, second = make_contribution(), make_contribution()
        first.funders.set([one])
        second.funders.set([other])
    assert linked(first.history.first(), "funders") == {one.pk}
    assert linked(second.history.first(), "funders") == {other.pk}
