"""Facets: each value's count is what the filter of the same name finds, and nobody's drafts are in it."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import connection
from django.http import QueryDict
from django.utils import timezone

from partnerships.models import Agreement, Contribution, Event, Organization, Party, Person, Project
from partnerships.reporting import dimensions_of, facet
from partnerships.reporting.ties import Records
from stories.models import NewsItem
from tests import factories as make
from tests.api.conftest import fill
from tests.api.test_gate import add_drafts
from tests.demo import load_demo
from tests.partnerships.test_filtersets import NOUNS

pytestmark = pytest.mark.django_db

QUESTIONS = ["", "partner=pa&country=NA", "year=2017", "q=project"]


def ids(model, user, question=""):
    filterset = NOUNS[model](QueryDict(question), model.objects.visible_to(user), request=SimpleNamespace(user=user))
    assert filterset.is_valid(), filterset.errors
    return set(filterset.qs.values_list("pk", flat=True))


def candidates(model, name, user):
    """Everything that could be written into the filter."""
    values = dimensions_of(model)[name].values
    if isinstance(values, Records):
        visible = values.model.objects.all()
        visible = visible.visible_to(user) if hasattr(visible, "visible_to") else visible
        return {str(value) for value in visible.values_list(values.value, flat=True)}
    if name in ("year", "signed_year"):
        # What has no end counts up to this year, and no later year is offered beside it.
        latest = timezone.localdate().year if dimensions_of(model)[name].latest else 2100
        return {str(year) for year in [*range(2008, 2031), 2097, 2098, 2099] if year <= latest}
    if name in ("in_kind", "joint", "online", "original"):
        return {"true", "false"}
    field = NOUNS[model].base_filters[name].field_class
    if field.__name__ == "ChoicesField":
        return {str(value) for value in NOUNS[model].base_filters[name].extra["choices"].values}
    return set(model.objects.values_list(name, flat=True)) - {""}


def compare(model, name, user, questions, values, day=""):
    """Fail unless each of these values, and no other, has the count that the filter finds in the question's answer."""
    exact = "&partner_exact=true" if name == "partner" else ""
    exact += f"&as_of={day}" if day else ""
    on = date.fromisoformat(day) if day else None
    known = {value: ids(model, user, f"{name}={value}{exact}") for value in values}
    for question in questions:
        asked = ids(model, user, question)
        answer = facet(model.objects.filter(pk__in=asked), name, user, on, most=1000)
        counted = {one.value: one.count for one in answer.values}
        expected = {value: len(asked & those) for value, those in known.items() if asked & those}
        assert counted == expected, (model.__name__, name, question)
        assert answer.without == len(asked - set().union(*known.values())), (model.__name__, name, question)
        assert answer.more == 0
        order = [(-one.count, one.value) for one in answer.values]
        assert order == sorted(order)
        assert all(one.label for one in answer.values)


def twisted(one):
    """Dates and ties at the edges of what the phrases say."""
    other = make.make_organization("Other", parent=one.partner)
    same_day = make.make_agreement("Ended at once", parties=[other], signed="2016-05-01", terminated="2016-05-01")
    make.make_agreement("New year", parties=[other], signed="2014-03-01", terminated="2017-01-01")
    make.make_agreement("Only in force", parties=[one.partner, other], signed="2011", entered_into_force="2012-02-01")
    make.make_agreement("Later", parties=[other], signed="2018-01-01", supersedes=[same_day, one.agreement])
    make.make_agreement("Planned", parties=[other], signed="2098", ends="2099")
    make.make_agreement("By then", signed="../2015-06-01")
    returned = make.make_agreement("Left and came back", parties=[other], signed="2015", countries=[one.country])
    Party.objects.filter(agreement=returned).update(withdrew_on="2016-01-01")
    make.make(Party, agreement=returned, organization=other, joined="2017")
    make.make_project("Only its end", ends="2016", participants=[(other, "funding"), (other, "implementing")])
    make.make_project("No dates", regions=[make.make_region("west", parent=one.region, code="011", kind="m49")])
    make.make_project("To come", starts="2097")
    make.make_event("Undated", countries=[one.country])
    make.make_event("Over the year", starts="2017-12-30", ends="2019-01-02", participants=[(other, "host")])
    make.make_contribution(funders=[one.funder], event=one.event, recipient=other, amount="10", currency="USD")
    make.make_story("Told twice", event_start="2016", event_end="2018", published_on="2017-05-05", language="fr")
    make.make_story("Told later", event_start="2016", published_on="2019-05-05", goals=[one.goal])
    make.make_indicator("Elsewhere", project=one.project, measurements=[{"value": 1, "measured": "2017"}] * 2)
    make.make_person("Bo Former", offices=[{"title": "Chief", "organization": other, "held_from": "2015"}] * 2)


@pytest.fixture
def world(db):
    one = fill()
    fill("1")
    add_drafts(one)
    twisted(one)
    return one


@pytest.mark.parametrize("who", ["visitor", "desk"])
def test_each_count_is_what_the_filter_of_that_name_finds(world, who):
    user = make.make_user() if who == "desk" else None
    checked = 0
    for model in NOUNS:
        for name in dimensions_of(model):
            assert name in NOUNS[model].base_filters
            compare(model, name, user, QUESTIONS, candidates(model, name, user))
            checked += 1
    assert checked > 60


def test_on_a_day_each_count_is_what_the_filter_finds_for_that_day(world):
    make.make_contribution(funders=[make.make_funder()], project=world.project, dated="2019")
    left, stayed = make.make_organization("Left"), make.make_organization("Stayed")
    make.make_agreement("Briefly", parties=[left, stayed], signed="2014").parties.filter(organization=left).update(
        withdrew_on="2016-01-01"
    )
    make.make_person(
        "Cy Past", offices=[{"title": "Chief", "organization": left, "held_from": "2010", "held_to": "2015"}]
    )
    changed = set()
    for model in (Agreement, Organization, Person, Project):
        records = model.objects.visible_to(None)
        for name in dimensions_of(model).keys() - {"type", "kind", "sdg", "parent", "signed_year", "agreement"}:
            for day in ("2016-06-30", "2017-03-01"):
                compare(model, name, None, [""], candidates(model, name, None), day)
                that_day, ever = (facet(records, name, None, on) for on in (date.fromisoformat(day), None))
                changed |= {(model, name)} if that_day != ever else set()
    always = {(Agreement, "partner"), (Agreement, "status"), (Organization, "partner"), (Person, "partner")}
    assert always | {(Project, "partner"), (Project, "status"), (Project, "funder")} <= changed


def test_the_demo_register_is_counted_as_it_is_found(db):
    load_demo()
    for model in (Agreement, Project, Contribution, Event, NewsItem):
        everything = model.objects.visible_to(None)
        for name in dimensions_of(model).keys() - {"region"}:
            values = [one.value for one in facet(everything, name, None, most=1000).values]
            # What cannot be in the facet is left out by the filter: the records without a value are counted as well.
            compare(model, name, None, [""], values)


def test_sqlite_does_not_try_each_record_with_each_value(db):
    """20,000 stories and 5,000 organizations would be a hundred million look-ups, and half a minute."""
    if connection.vendor != "sqlite":
        pytest.skip("It is SQLite's plan that matters.")
    for model in NOUNS:
        asked = (
            model.objects.visible_to(None).values("pk") if hasattr(model.objects, "visible_to") else model.objects.all()
        )
        for name in {"partner", "funder"}.intersection(dimensions_of(model)):
            dimension = dimensions_of(model)[name]
            for ties in dimension.ties:
                plan = ties.queryset(None, None, asked, dimension.values.visible_to(None)).explain()
                assert "=? AND" not in plan.replace("=? AND rowid=?", ""), (model, name, plan)
