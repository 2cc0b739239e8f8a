"""One box for a date and its precision: what may be written, and what is said about anything else."""

import pytest
from django.forms import modelform_factory

from partnerships.dates import PartialDate, Precision
from partnerships.forms import PartialDateForm
from partnerships.models import Agreement, Contribution, Office, Organization
from tests.factories import make_agreement, make_organization, make_person

from .desk import address, posted

pytestmark = pytest.mark.django_db


def agreement_form(**data):
    form = modelform_factory(Agreement, PartialDateForm, fields=["title", "kind", "signed", "ends"])
    return form({"title": "A plan", "kind": "mou", **data}, instance=Agreement(state="published"))


@pytest.mark.parametrize(
    ("written", "day", "precision"),
    [
        ("2013", "2013-01-01", Precision.YEAR),
        ("2013-05", "2013-05-01", Precision.MONTH),
        (" 2013-05-21 ", "2013-05-21", Precision.DAY),
        ("../2013-05-21", "2013-05-21", Precision.BY),
    ],
)
def test_what_may_be_written(written, day, precision):
    form = agreement_form(signed=written)
    assert form.is_valid(), form.errors
    saved = Agreement.objects.get(pk=form.save().pk)
    assert (saved.signed_on.isoformat(), saved.signed_on_precision) == (day, precision)


def test_an_end_is_the_last_day_of_its_year():
    form = agreement_form(signed="2013", ends="2015")
    assert form.is_valid()
    assert form.instance.ends_on.isoformat() == "2015-12-31"


def test_an_empty_box_empties_both_columns():
    agreement = make_agreement(signed="2013")
    form = modelform_factory(Agreement, PartialDateForm, fields=["signed"])({"signed": ""}, instance=agreement)
    assert form.is_valid()
    saved = form.save()
    assert (saved.signed_on, saved.signed_on_precision) == (None, Precision.DAY)


@pytest.mark.parametrize("written", ["21 May 2013", "2013-13", "../2013", "soon", "2013-02-30", "0000"])
def test_anything_else_is_refused_with_the_right_way_to_write_it(written):
    form = agreement_form(signed=written)
    assert not form.is_valid()
    assert list(form.errors) == ["signed"]
    assert written in form.errors["signed"][0]


def test_the_models_rules_hold_for_what_was_typed():
    form = agreement_form(signed="2015", ends="2013")
    assert not form.is_valid()
    assert "ends before it was signed" in str(form.errors)


def test_the_box_shows_what_is_kept_and_knows_when_it_is_changed():
    agreement = make_agreement(signed="2013-05")
    form = modelform_factory(Agreement, PartialDateForm, fields=["signed"])
    assert 'value="2013-05"' in str(form(instance=agreement)["signed"])
    assert not form({"signed": "2013-05"}, instance=agreement).has_changed()
    assert form({"signed": "2013-05-21"}, instance=agreement).changed_data == ["signed"]


def test_the_two_columns_are_never_fields_themselves():
    for model in (Agreement, Contribution, Office):
        fields = modelform_factory(model, PartialDateForm, fields="__all__").base_fields
        assert not [name for name in fields if name.endswith(("_on", "_on_precision"))]


def test_a_forged_column_is_ignored(as_chief):
    agreement = make_agreement(signed="2013")
    page = as_chief.get(address(agreement, "change"))
    data = posted(page) | {"signed_on": "1999-01-01", "signed_on_precision": "day"}
    assert as_chief.post(address(agreement, "change"), data).status_code == 302
    agreement.refresh_from_db()
    assert agreement.signed == PartialDate.parse("2013")


def test_a_row_has_the_same_box(as_chief):
    person = make_person()
    data = posted(as_chief.get(address(person, "change"))) | {
        "offices-TOTAL_FORMS": "1",
        "offices-0-title": "Director",
        "offices-0-organization": str(make_organization().pk),
        "offices-0-held_from": "2019",
        "offices-0-held_to": "2020-02",
    }
    assert as_chief.post(address(person, "change"), data).status_code == 302
    office = person.offices.get()
    assert (str(office.held_from), office.held_to_on.isoformat()) == ("2019", "2020-02-29")


def test_a_record_that_cannot_be_changed_shows_its_dates(as_editor):
    page = as_editor.get(address(make_agreement(signed="2013-05"), "change")).content.decode()
    assert "May 2013" in page
    assert "Organization" in page
    assert ">None<" not in page


def test_lists_show_the_precision(as_chief):
    make_agreement(signed="2013")
    assert '<td class="field-signed">2013</td>' in as_chief.get(address(Agreement, "changelist")).content.decode()


def test_a_form_without_dates_is_an_ordinary_form():
    form = modelform_factory(Organization, PartialDateForm, fields=["name", "type"])({"name": "A", "type": "40"})
    assert form.is_valid()
