"""`/stats/`: what it answers, what it refuses, and that it asks in the words of the lists."""

import jsonschema
import pytest

from api.urls import NOUNS
from api.viewsets.documentation import description
from partnerships.models import Party
from partnerships.reporting import dimensions_for_groups
from tests import factories as make

from .conftest import ROOT
from .test_gate import add_drafts


@pytest.fixture
def money(one):
    """Beside what is there: an amount in dollars, and one that nobody knows."""
    make.make_contribution(funders=[one.funder], project=one.project, amount="7", currency="USD", dated="2017")
    make.make_contribution(funders=[one.funder], project=one.project, dated="2019")
    return one


def total(currency, amount, summed, stage="commitment"):
    return {
        "currency": currency,
        "stage": stage,
        "stage_label": stage,
        "in_kind": False,
        "amount": amount,
        "summed": summed,
    }


def test_contributions_by_year_and_funder(money, ask):
    answer = ask("stats/", of="contributions", partner="pa", group_by="year,funder", currency="eur").answer
    assert answer.pop("citation")["permalink"].endswith(
        "/api/v1/stats/?currency=eur&group_by=year%2Cfunder&of=contributions&partner=pa"
    )
    fund = {"value": "fu", "label": "Fund"}
    both = {"value": "fu + second-fund", "label": "Fund + Second fund"}
    nothing = {"no_amount": 0, "other_currency": 0}

    def group(year, funder, **rest):
        head = {"year": {"value": year, "label": year}, "funder": funder, "shared": funder is both}
        return head | {"count": 1, "sums": [], "left_out": nothing} | rest

    assert answer == {
        "of": "contributions",
        "group_by": ["year", "funder"],
        "total": {
            "count": 4,
            "sums": [total("EUR", "1000000.00", 1)],
            "left_out": {"no_amount": 2, "other_currency": 1},
        },
        "groups": [
            group("2017", fund, left_out=nothing | {"other_currency": 1}),
            group("2017", both, sums=[total("EUR", "1000000.00", 1)]),
            group("2018", fund, left_out=nothing | {"no_amount": 1}),
            group("2019", fund, left_out=nothing | {"no_amount": 1}),
        ],
        "more": 0,
    }


def test_without_a_currency_each_has_a_sum_of_its_own(money, ask):
    answer = ask("stats/", of="contributions").answer
    assert answer["groups"] == []
    assert answer["total"] == {
        "count": 4,
        "sums": [total("EUR", "1000000.00", 1), total("USD", "7.00", 1)],
        "left_out": {"no_amount": 2, "other_currency": 0},
    }


def test_other_nouns_are_counted(one, ask):
    answer = ask("stats/", of="projects", group_by="country", year=2018).answer
    assert answer["total"] == {"count": 3}
    assert answer["groups"] == [
        {"country": {"value": "NA", "label": "Niger"}, "count": 1},
        {"country": {"value": None, "label": None}, "count": 2},
    ]


def test_groups_are_those_of_the_day_that_is_asked_for(one, ask):
    Party.objects.filter(organization=one.unit).update(withdrew_on="2016-01-01")
    for day, partners in (("2015-01-01", ["pa", "un", None]), ("2016-06-01", ["pa", None])):
        groups = ask("stats/", of="agreements", group_by="partner", as_of=day).answer["groups"]
        assert [group["partner"]["value"] for group in groups] == partners
        values = ask("agreements/", facets="partner", as_of=day).answer["facets"]["partner"]["values"]
        assert [value["value"] for value in values] == partners[:-1]


def test_results_have_exact_values(one, ask):
    sums = ask("stats/", of="indicators").answer["total"]["sums"]
    assert [(one["unit"], one["figure"], one["value"], one["summed"], one["left_out"]) for one in sums] == [
        ("persons", "baseline", "1600", 1, {"no_figure": 0}),
        ("persons", "target", None, 0, {"no_figure": 1}),
        ("persons", "actual", "842.5", 1, {"no_figure": 0}),
    ]


@pytest.mark.parametrize(
    ("question", "errors"),
    [
        ({}, [("of", None)]),
        ({"of": "contribution"}, [("of", "contributions")]),
        ({"of": "projects", "group_by": "contry"}, [("group_by", "country")]),
        ({"of": "contributions", "group_by": "year,funder,stage,currency"}, [("group_by", None)]),
        ({"of": "indicators", "group_by": "year"}, [("group_by", None)]),
        ({"of": "projects", "groupby": "year"}, [("groupby", "group_by")]),
        ({"of": "projects", "ordering": "date"}, [("ordering", None)]),
        ({"of": "projects", "page_size": "5"}, [("page_size", None)]),
        ({"of": "projects", "yaer": "2019", "group_by": "kind"}, [("group_by", None), ("yaer", "year")]),
        ({"of": "agreements", "kind": "memorandum of understanding"}, [("kind", "mou")]),
        ({"of": "contributions", "year": "19", "currency": "\0"}, [("currency", None), ("year", None)]),
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_nearest(question, errors, db, ask):
    found = ask("stats/", 400, **question).answer["errors"]
    assert sorted((error["parameter"], error["suggestion"]) for error in found) == errors


@pytest.mark.parametrize("noun", NOUNS)
def test_each_noun_is_counted_by_all_it_can_be_and_as_its_list_counts(noun, one, ask):
    answer = ask("stats/", of=noun, partner="pa").answer
    assert answer["total"]["count"] == ask(f"{noun}/", partner="pa", count="true").answer["count"]
    described = description()
    schema = described["paths"][f"{ROOT}stats/"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    for name in dimensions_for_groups(NOUNS[noun].model):
        answer = ask("stats/", of=noun, group_by=name).answer
        assert sum(group["count"] for group in answer["groups"]) >= answer["total"]["count"] > 0
        jsonschema.validate(answer, schema | {"components": described["components"]})


def test_a_draft_changes_no_figure(one, client):
    def everything():
        return {
            (noun, name): client.get(f"{ROOT}stats/", {"of": noun, "group_by": name}).content
            for noun, viewset in NOUNS.items()
            for name in ["", *dimensions_for_groups(viewset.model)]
        }

    before = everything()
    add_drafts(one)
    assert everything() == before


def test_the_root_names_it(db, ask):
    assert ask("").answer["stats"] == f"http://testserver{ROOT}stats/"
