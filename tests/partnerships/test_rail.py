"""The rail of each list: its numbers are the API's, its links find what they promise, and drafts leave it as it is."""

import pytest
from django.http import QueryDict
from django.urls import reverse

from partnerships.models import Agreement
from tests import factories as make
from tests.partnerships.test_pages import KNOWN, LIST_QUERIES, list_address
from tests.partnerships.world import make_world

pytestmark = pytest.mark.django_db

QUESTIONS = ["", "partner=harbour", "country=NE&year=2019", "q=harbour", "partner=harbour&partner_exact=true&year=2020"]


def in_the_api(client, noun, names, question):
    folder = "news" if noun == "story" else list_address(noun).strip("/")
    answer = client.get(f"/api/v1/{folder}/?{question}&facets={','.join(names)}").json()
    return {
        name: ({one["value"]: one["count"] for one in facet["values"]}, facet["more"])
        for name, facet in answer["facets"].items()
    }


def values_of(group):
    return [*group.first, *group.rest]


def added(value, name, question):
    """The value of the filter that a link adds to the question."""
    before, after = QueryDict(question).getlist(name), QueryDict(value.address.lstrip("?")).getlist(name)
    [one] = [word for word in after if word not in before]
    return one


@pytest.mark.parametrize("noun", LIST_QUERIES)
@pytest.mark.parametrize("question", QUESTIONS)
def test_every_number_is_that_of_the_api(noun, question, client):
    make_world(2)
    groups = {group.name: group for group in client.get(f"{list_address(noun)}?{question}").context["facets"]}
    asked = QueryDict(question)
    # A filter that is in the question shows its alternatives: those of the same question without it.
    for name in groups:
        rest = asked.copy()
        rest.pop(name, None)
        shown = {
            (asked[name] if value.chosen else added(value, name, question)): value.count
            for value in values_of(groups[name])
        }
        counted, more = in_the_api(client, noun, [name], rest.urlencode())[name]
        assert (shown, groups[name].more) == (counted, more)


@pytest.mark.parametrize("noun", LIST_QUERIES)
def test_each_link_finds_as_many_as_it_says(noun, client):
    make_world(2)
    checked = 0
    for group in client.get(f"{list_address(noun)}?partner_exact=true").context["facets"]:
        for value in values_of(group):
            found = client.get(list_address(noun) + value.address)
            assert found.context["page"].paginator.count == value.count, (group.name, value)
            checked += 1
    assert checked


def test_a_chosen_value_is_taken_out_again_and_keeps_its_alternatives(client):
    niger, chad = make.make_country("NE", "Niger"), make.make_country("TD", "Chad")
    make.make_project(countries=[niger]), make.make_project(countries=[niger, chad]), make.make_project()
    [countries] = [
        group for group in client.get("/projects/?country=ne&q=project").context["facets"] if group.name == "country"
    ]
    assert [(value.label, value.count, value.address, value.chosen) for value in countries.first] == [
        ("Niger", 2, "?q=project", True),
        ("Chad", 1, "?q=project&country=TD&country=ne", False),
    ]


def test_ten_values_are_shown_and_the_others_are_folded_away(client):
    countries = [make.make_country(f"{first}{second}") for first in "ABC" for second in "ABCDEFGHIJK"]
    make.make_project(countries=countries)
    response = client.get("/projects/")
    [group] = [group for group in response.context["facets"] if group.name == "country"]
    assert (len(group.first), len(group.rest), group.more) == (10, 20, 3)
    assert "3 others can be named in the fields below." in response.content.decode()


def test_a_draft_changes_no_number_of_the_rail(client):
    world = make_world(1)
    before = {noun: client.get(list_address(noun)).context["facets"] for noun in LIST_QUERIES}
    hidden = make.make_organization("Hidden", state="draft")
    make.make_agreement("Draft", parties=[world.organization], countries=[world.country], signed="2001", state="draft")
    make.make_agreement("Known", parties=[hidden], signed="2019").delete()
    make.make_story("Draft", organizations=[world.organization], state="draft")
    assert {noun: client.get(list_address(noun)).context["facets"] for noun in LIST_QUERIES} == before
    client.force_login(make.make_user())
    assert client.get(reverse("partnerships:agreement-list")).context["facets"] != before["agreement"]


def test_what_was_counted_for_a_visitor_is_counted_again_when_the_register_changes(client, django_assert_num_queries):
    make_world(1)
    first = client.get("/agreements/")
    with django_assert_num_queries(KNOWN + LIST_QUERIES["agreement"] - 6):
        again = client.get("/agreements/")
    assert again.context["facets"] == first.context["facets"]
    make.make_agreement(signed="2019")
    assert client.get("/agreements/").context["page"].paginator.count == 3 == Agreement.objects.count()
