"""Two versions in one: what only one has changed is taken, what both have changed is asked."""

import pytest

from partnerships.versions import put, reconcile, whole_of
from tests.factories import make_agreement, make_country, make_organization

pytestmark = pytest.mark.django_db


class Both:
    """What two people make of one agreement. `mine` and `theirs` change it and give the Whole; the base stays saved."""

    def __init__(self, agreement):
        self.agreement, self.base = agreement, whole_of(agreement)

    def after(self, change):
        put(self.agreement, self.base, None, "back")
        self.agreement.refresh_from_db()
        change(self.agreement)
        self.agreement.save()
        return whole_of(self.agreement)

    def reconcile(self, theirs, mine, choices=None):
        mine = self.after(mine).with_new_rows(self.base)
        return reconcile(self.base, self.after(theirs), mine, choices)


@pytest.fixture
def both(db):
    agreement = make_agreement(
        "Sport",
        description="Base",
        signed="2013",
        parties=[make_organization("FIFA"), make_organization("UNV")],
        countries=[make_country("NE", "Niger"), make_country("TD", "Chad")],
    )
    agreement.areas.create(text="Youth")
    return Both(agreement)


def give(**values):
    def change(record):
        for name, value in values.items():
            setattr(record, name, value)

    return change


def test_different_fields_come_together(both):
    whole, clashes = both.reconcile(give(title="Theirs"), give(description="Mine", signed="2013-05-21"))
    assert clashes == []
    put(both.agreement, whole, None, "merged")
    both.agreement.refresh_from_db()
    found = both.agreement
    assert (found.title, found.description, str(found.signed)) == ("Theirs", "Mine", "21 May 2013")


def test_the_same_field_has_to_be_chosen(both):
    theirs, mine = give(title="Theirs"), give(title="Mine")
    _whole, [clash] = both.reconcile(theirs, mine)
    assert (clash.key, clash.name, clash.field) == (":: title".replace(" ", ""), "", "title")
    assert (clash.base, clash.theirs, clash.mine, clash.chosen) == ("Sport", "Theirs", "Mine", "")
    assert both.reconcile(theirs, mine, {clash.key: "mine"})[0].fields["title"] == "Mine"
    assert both.reconcile(theirs, mine, {clash.key: "theirs"})[0].fields["title"] == "Theirs"
    assert both.reconcile(theirs, mine, {clash.key: "nonsense"})[1][0].chosen == ""


def test_the_same_change_is_no_clash(both):
    whole, clashes = both.reconcile(give(title="New"), give(title="New"))
    assert (whole.fields["title"], clashes) == ("New", [])


def test_a_date_goes_with_its_precision(both):
    theirs, mine = give(signed="2014"), give(signed="2013-01-01")
    [clash] = both.reconcile(theirs, mine)[1]
    assert (clash.theirs, clash.mine) == ("2014", "1 January 2013")
    fields = both.reconcile(theirs, mine, {clash.key: "mine"})[0].fields
    assert (fields["signed_on"], fields["signed_on_precision"]) == ("2013-01-01", "day")


def test_links_are_sets(both):
    mali, chad = make_country("ML", "Mali"), make_country("TD")
    benin = make_country("BJ", "Benin")
    whole, clashes = both.reconcile(
        lambda record: record.countries.add(mali), lambda record: record.countries.set([chad, benin])
    )
    assert clashes == []
    assert whole.links["countries"] == sorted([chad.pk, mali.pk, benin.pk])


def test_rows_added_changed_and_taken_away(both):
    def theirs(record):
        record.parties.filter(organization__name="UNV").delete()
        record.parties.create(organization=make_organization("WHO"))

    def mine(record):
        record.parties.create(organization=make_organization("IOM"))
        row = record.areas.get()
        row.text = "Youth and sport"
        row.save()

    whole, clashes = both.reconcile(theirs, mine)
    assert clashes == []
    put(both.agreement, whole, None, "merged")
    assert set(both.agreement.parties.values_list("organization__name", flat=True)) == {"FIFA", "WHO", "IOM"}
    assert both.agreement.areas.get().text == "Youth and sport"


def test_a_row_that_one_changed_and_the_other_took_away(both):
    def theirs(record):
        record.areas.all().delete()

    def mine(record):
        row = record.areas.get()
        row.text = "Youth and sport"
        row.save()

    whole, [clash] = both.reconcile(theirs, mine)
    assert (clash.name, clash.theirs) == ("area of cooperation “Youth and sport”", None)
    assert "Youth and sport" in clash.mine
    assert not [key for key in whole.rows if key[0] == "partnerships.areaofcooperation"]
    put(both.agreement, both.reconcile(theirs, mine, {clash.key: "mine"})[0], None, "merged")
    assert both.agreement.areas.get().text == "Youth and sport"


def test_a_row_goes_with_what_it_hangs_on(both):
    fifa = both.agreement.parties.get(organization__name="FIFA")

    def theirs(record):
        record.parties.all().delete()

    whole, clashes = both.reconcile(theirs, lambda record: fifa.signatures.create(capacity="President"))
    assert clashes == []
    assert {key[0] for key in whole.rows} == {"partnerships.areaofcooperation"}
