"""Rules that are decided in Python are decided as the database does, and what is unique in the file is so as well."""

from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, DateField, DecimalField, F, Q

from partnerships.exports import table_of
from partnerships.importers import plan
from partnerships.importers.checking import Undecided, holds
from partnerships.models import Agreement, Contribution, Event, Organization, Person, Project
from tests.factories import make_agreement, make_organization, make_project

from .test_round_trip import RECORDS, carried_out, planned, sheet

CHECKS = [
    (model, constraint)
    for model in RECORDS
    for constraint in model._meta.constraints
    if isinstance(constraint, CheckConstraint)
]


def columns_in(condition):
    for one in condition.children:
        if isinstance(one, Q):
            yield from columns_in(one)
        else:
            yield one[0].partition("__")[0]
            if isinstance(one[1], F):
                yield one[1].name


def values_for(model, name):
    if name == "pk":
        return [None, 1, 2]
    field = model._meta.get_field(name)
    if isinstance(field, DateField):
        return [None, date(2013, 1, 1), date(2019, 5, 21)]
    if isinstance(field, DecimalField):
        return [None, Decimal(-1), Decimal(0), Decimal("0.01")]
    if field.many_to_one:
        return [None, 1, 2]
    return [value for value, _label in field.choices] if field.choices else ["", "EUR", "eur", "EURO", "EUR\n"]


@pytest.mark.parametrize(("model", "constraint"), CHECKS, ids=[constraint.name for _model, constraint in CHECKS])
def test_a_rule_is_decided_as_the_database_decides_it(db, model, constraint):
    names = sorted(set(columns_in(constraint.condition)))
    said = set()
    for values in product(*[values_for(model, name) for name in names]):
        record = model()
        for name, value in zip(names, values, strict=True):
            setattr(record, "pk" if name == "pk" else model._meta.get_field(name).attname, value)
        try:
            constraint.validate(model, record)
            expected = True
        except ValidationError:
            expected = False
        try:
            found = holds(constraint.condition, record) is not False
        except Undecided:
            continue  # the database is asked
        assert found == expected, (names, values)
        said.add(found)
    assert said == {True, False}


def test_what_asks_for_more_than_columns_is_left_to_the_database(db):
    for condition in (Q(title__iendswith="x"), Q(title="x") ^ Q(title="y"), Q(title__gt=3)):
        with pytest.raises(Undecided):
            holds(condition, Agreement(title="x"))


def test_two_rows_of_a_file_cannot_be_the_same(world, chief):
    make_organization("Taken", slug="taken")
    row = {"type": "40", "country": ""}
    found = planned(
        Organization,
        chief,
        {"slug": "a", "name": "Taken", **row},
        {"slug": "b", "name": "Twins", **row},
        {"slug": "c", "name": "Twins", **row},
        {"slug": "d", "name": "Twins", **row, "country": "NA"},
    )
    message = "There is already an organization of that name. Use that record."
    assert {row.slug: row.errors for row in found.rows} == {
        "a": [("", message)],
        "b": [],
        "c": [("", message), ("", "Row 3 of this file says the same.")],
        "d": [],
    }


def test_two_rows_may_not_make_a_loop_together(world, chief):
    for slug in ("one", "two"):
        make_project(slug.title(), slug=slug)
    found = planned(Project, chief, {"slug": "one", "parent": "two"}, {"slug": "two", "parent": "one"})
    assert [row.errors for row in found.rows] == [
        [("parent", "“Two” already stands below “One”. Choose another parent.")],
        [("parent", "“One” already stands below “Two”. Choose another parent.")],
    ]


def test_rows_without_an_address_get_each_their_own(world, chief):
    make_agreement("Pact", slug="pact")
    once = make_agreement("Once", slug="pact-3")
    once.slug = "today"
    once.save()
    rows = [{"slug": slug, "title": "Pact", "kind": "mou"} for slug in ("", "", "pact-5", "", "")]
    rows.append({"slug": "", "title": "123", "kind": "mou"})
    before = set(Agreement.objects.values_list("slug", flat=True))
    carried_out(Agreement, chief, *rows)
    made = set(Agreement.objects.values_list("slug", flat=True)) - before
    assert made == {"pact-2", "pact-4", "pact-5", "pact-6", "pact-7", "agreement-123"}


def test_contributions_without_an_address_are_named_after_what_they_pay_for(world, chief):
    row = {"slug": "", "project": world.project.slug, "funders": world.funder.slug, "stage": "pledge"}
    before = set(Contribution.objects.values_list("slug", flat=True))
    carried_out(Contribution, chief, row, row)
    assert len(set(Contribution.objects.values_list("slug", flat=True)) - before) == 2


def test_what_was_read_otherwise_than_written_is_a_warning(world, chief):
    once = make_organization("Once", slug="once")
    once.slug = "today"
    once.save()
    found = planned(
        Organization,
        chief,
        {"slug": "new", "name": "New", "type": "40", "country": " na", "parent": "once"},
    )
    assert found.rows[0].warnings == [
        ("country", "Read as “NA”."),
        ("parent", "“once” is called “today” today. That record is taken."),
    ]
    assert found.rows[0].record.parent_id == once.pk
    event = Event.objects.filter(state="published").first()
    found = planned(Event, chief, {"slug": event.slug, "is_online": "Yes", "starts_on": " 2013", "ends_on": ""})
    assert {column for column, _reason in found.rows[0].warnings} == {"is_online", "starts_on"}
    assert found.problems == [(2, event.slug, "warning", column, reason) for column, reason in found.rows[0].warnings]


def test_a_batch_costs_the_same_however_many_rows_it_has(world, chief, django_assert_num_queries):
    def file(many):
        rows = [
            {"slug": f"new-{many}-{n}", "title": f"New {many} {n}", "kind": "mou", "countries": "NA"}
            for n in range(many)
        ]
        old = [{"slug": "", "title": f"Without {many} {n}", "kind": "mou", "countries": ""} for n in range(many)]
        return sheet(*rows, *old)

    with django_assert_num_queries(8):
        plan(table_of(Agreement), file(1), chief)
    with django_assert_num_queries(8):
        plan(table_of(Agreement), file(30), chief)


def test_people_get_the_name_they_are_sorted_by(world, chief):
    carried_out(Person, chief, {"slug": "ada", "name": "Ada Lovelace"})
    assert Person.objects.get(slug="ada").sort_name == "Lovelace, Ada"
