"""The ties answer as the FilterSets do, and every change of the register keeps them true."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import QueryDict

from partnerships import ties
from partnerships.filtersets import AgreementFilterSet, EventFilterSet, ProjectFilterSet
from partnerships.models import Agreement, Contribution, Event, Organization, Party, Project
from stories.filtersets import NewsItemFilterSet
from stories.models import NewsItem
from tests.demo import load_demo
from tests.factories import (
    make_agreement,
    make_contribution,
    make_country,
    make_event,
    make_funder,
    make_organization,
    make_project,
    make_story,
)

FILTERSETS = {
    Agreement: AgreementFilterSet,
    Project: ProjectFilterSet,
    Event: EventFilterSet,
    NewsItem: NewsItemFilterSet,
}


class Visitor:
    user = AnonymousUser()


def fetch(statement):
    with connection.cursor() as cursor:
        cursor.execute(*statement)
        return cursor.fetchall()


def by_filterset(model, **asked):
    data = QueryDict(mutable=True)
    for name, values in asked.items():
        data.setlist(name, values if isinstance(values, list) else [values])
    question = FILTERSETS[model](data, model.objects.visible_to(Visitor.user), request=Visitor)
    assert question.is_valid(), question.errors
    return list(question.qs.order_by("-listed_on", "-pk").values_list("pk", flat=True))


def by_ties(question, size=None):
    """All ids, gathered from pages of this size; without one, from a single page."""
    found, keys = [], None
    while True:
        rows = fetch(question.page(size or 1000, keys))
        found += [pk for _listed_on, pk in rows]
        if not size or len(rows) < size:
            return found
        keys = rows[-1]


@pytest.mark.django_db
def test_ties_answer_as_the_filtersets_do():
    load_demo()
    countries = {country.alpha2: country.pk for country in make_all_countries()}
    hidden = Organization.objects.get(slug="fifa")
    hidden.state = "draft"
    hidden.save()
    asked = 0
    for model in FILTERSETS:
        partners = Organization.objects.published().order_by("pk")[::3]
        units = {one.pk: list(Organization.objects.published().with_units([one.pk]).values_list("pk", flat=True)) for one in partners}  # fmt: skip
        for one in partners:
            question = ties.Question(model, organizations=tuple(units[one.pk]))
            assert by_ties(question) == by_filterset(model, partner=one.slug), (model, one)
            asked += len(by_ties(question))
        for code, pk in countries.items():
            question = ties.Question(model, countries=(pk,))
            assert by_ties(question, size=2) == by_filterset(model, country=code), (model, code)
        eu = Organization.objects.get(slug="eu")
        below = tuple(Organization.objects.published().with_units([eu.pk]).values_list("pk", flat=True))
        for code in ("NE", "KG", "LB"):
            narrow = ties.Question(model, organizations=below, countries=(countries[code],))
            assert by_ties(narrow, size=1) == by_filterset(model, partner="eu", country=code)
            assert fetch(narrow.count()) == [(len(by_ties(narrow)),)]
        both = ties.Question(model, countries=(countries["NE"], countries["KG"]))
        assert by_ties(both, size=2) == by_filterset(model, country=["NE", "KG"])
        assert fetch(both.count()) == [(len(by_ties(both)),)]
    assert asked > 100
    for model in (Event, NewsItem):
        for year in range(2011, 2024):
            question = ties.Question(model, year=year)
            assert by_ties(question, size=3) == by_filterset(model, year=str(year)), (model, year)
            assert fetch(question.count()) == [(len(by_ties(question)),)]


def make_all_countries():
    from partnerships.models import Country

    return Country.objects.filter(alpha2__in=["NE", "KG", "LB", "AF", "NG", "CO", "AT", "UZ"])


@pytest.mark.django_db
def test_a_story_is_found_in_every_year_that_it_is_about():
    story = make_story("Long story", published_on=datetime.date(2020, 2, 1), event_start="2017", event_end="2019")
    make_story("No date", state="draft")
    for year in range(2015, 2023):
        found = by_ties(ties.Question(NewsItem, year=year))
        assert found == by_filterset(NewsItem, year=str(year)) == ([story.pk] if 2017 <= year <= 2020 else [])


@pytest.mark.parametrize("broken", [{"year": 900}, {"organizations": tuple(range(1, 80))}])
def test_what_the_ties_do_not_know_is_left_to_the_filterset(broken):
    with pytest.raises(ties.Unanswerable):
        ties.Question(NewsItem, **broken)


def test_years_of_agreements_are_left_to_the_filterset():
    with pytest.raises(ties.Unanswerable):
        ties.Question(Agreement, year=2019)


def table():
    return sorted(fetch(["SELECT noun, organization, country, year, listed_on, object_id FROM tie"]))


def changes():
    """Functions that change the register one by one; each gets what the ones before have made."""

    def make_all(one):
        one["unodc"], one["fifa"] = make_organization("UNODC"), make_organization("FIFA")
        one["ne"], one["ml"] = make_country("NE"), make_country("ML")
        one["mou"] = make_agreement("MoU", parties=[one["unodc"]], countries=[one["ne"]], signed="2019")
        one["project"] = make_project("Project", participants=[(one["fifa"], "funding")], countries=[one["ne"]])
        one["event"] = make_event("Event", participants=[(one["fifa"], "host")], starts="2018-12-30", ends="2019-01-02")
        one["fund"] = make_funder("Fund", organization=one["unodc"])
        one["gift"] = make_contribution(funders=[one["fund"]], project=one["project"])
        one["story"] = make_story("Story", event_start="2018", organizations=[one["fifa"]], countries=[one["ml"]])

    yield make_all
    yield lambda one: Party.objects.create(agreement=one["mou"], organization=one["fifa"])
    yield lambda one: one["mou"].countries.add(one["ml"])
    yield lambda one: one["mou"].countries.clear()
    yield lambda one: save(one["mou"], signed="2021-02")
    yield lambda one: save(one["mou"], state="draft")
    yield lambda one: save(one["mou"], state="published")
    yield lambda one: save(one["gift"], state="draft")
    yield lambda one: save(one["gift"], state="published")
    yield lambda one: save(one["gift"], project=None, event=one["event"])
    yield lambda one: save(one["fund"], organization=one["fifa"])
    yield lambda one: one["gift"].funders.add(make_funder("Other fund", organization=one["unodc"]))
    yield lambda one: one["gift"].funders.remove(one["fund"])
    yield lambda one: save(one["event"], ends="2020")
    yield lambda one: one["project"].project_countries.all().delete()
    yield lambda one: one["project"].participations.get().delete()
    yield lambda one: one["story"].organizations.set([one["unodc"]])
    yield lambda one: save(one["story"], published_on=datetime.date(2020, 1, 1), event_end="2019")
    yield lambda one: one["unodc"].stories.clear()
    yield lambda one: save(one["fifa"], state="archived")
    yield lambda one: Contribution.objects.all().delete()
    yield lambda one: one["story"].delete()
    yield lambda one: one["mou"].delete()


def save(record, **values):
    for name, value in values.items():
        setattr(record, name, value)
    record.full_clean()
    record.save()


@pytest.mark.django_db
def test_every_change_leaves_the_table_as_rebuilding_it_would():
    one, before = {}, []
    for number, change in enumerate(changes()):
        change(one)
        kept = table()
        ties.rebuild()
        assert kept == table(), f"change {number} left other ties than there are"
        before.append(kept)
    assert len({tuple(rows) for rows in before}) > 15
    assert {row[-1] for row in before[-1] if row[0] == 1} == set()
