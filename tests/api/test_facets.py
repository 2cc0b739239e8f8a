"""`facets=` on the lists: what is counted, in which order, and at what cost."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from api.urls import NOUNS
from partnerships.reporting import dimensions_of
from tests import factories as make

from .conftest import ROOT, fill
from .test_answers import COSTS
from .test_gate import add_drafts


def test_a_list_counts_its_whole_question_and_names_what_it_counts(one, ask):
    make.make_project("Elsewhere", countries=[make.make_country("KG", "Kyrgyzstan")], starts="2018", ends="2018")
    make.make_project("Nowhere", starts="2018", ends="2018")
    answer = ask("projects/", facets="country,partner", page_size=1, year_from=2016, year_to=2018).answer
    assert list(answer)[-1] == "results"
    assert len(answer["results"]) == 1
    assert answer["facets"] == {
        "country": {
            "values": [
                {"value": "KG", "label": "Kyrgyzstan", "count": 1},
                {"value": "NA", "label": "Niger", "count": 1},
            ],
            "more": 0,
            "without": 3,
        },
        "partner": {
            "values": [
                {"value": "pa", "label": "Partner", "count": 1},
                {"value": "un", "label": "Unit", "count": 1},
            ],
            "more": 0,
            "without": 4,
        },
    }
    narrowed = ask("projects/", facets="country", country="KG").answer["facets"]["country"]
    assert [value["value"] for value in narrowed["values"]] == ["KG"]


def test_years_overlap_and_what_has_no_end_counts_up_to_this_year(db, ask, monkeypatch):
    monkeypatch.setattr("partnerships.reporting.years.timezone.localdate", lambda: date(2021, 5, 1))
    make.make_agreement("Ended", signed="2018", ends="2019")
    make.make_agreement("Open", signed="2019")
    make.make_agreement("Long", signed="2020", ends="2030")
    years = ask("agreements/", facets="year").answer["facets"]["year"]["values"]
    assert [(year["value"], year["count"]) for year in years] == [("2019", 2), ("2020", 2), ("2021", 2), ("2018", 1)]


def test_the_thirty_largest_are_given_and_the_others_counted(db, ask):
    countries = [make.make_country(f"{first}{second}") for first in "ABC" for second in "ABCDEFGHIJK"]
    make.make_project("All", countries=countries)
    make.make_project("Last", countries=countries[-1:])
    make.make_project("None")
    country = ask("projects/", facets="country").answer["facets"]["country"]
    values = [(value["value"], value["count"]) for value in country["values"]]
    assert values == [("CK", 2), *[(place.alpha2, 1) for place in countries[:29]]]
    assert (country["more"], country["without"]) == (3, 1)


@pytest.mark.parametrize(
    ("noun", "facets", "suggestion"),
    [
        ("projects", "contry", "country"),
        ("projects", "country,yaer", "year"),
        ("projects", "kind", None),
        ("agreements", "internal_note", None),
    ],
)
def test_an_unknown_facet_is_refused_with_the_nearest(noun, facets, suggestion, db, ask):
    errors = ask(f"{noun}/", 400, facets=facets).answer["errors"]
    assert [(error["parameter"], error["suggestion"]) for error in errors] == [("facets", suggestion)]
    assert "Possible are: " in errors[0]["message"]


def test_facets_of_nothing_are_empty(one, ask):
    nothing = {"values": [], "more": 0, "without": 0}
    assert ask("projects/", facets="country,year", q="zzzz").answer["facets"] == {"country": nothing, "year": nothing}


@pytest.mark.parametrize("noun", COSTS)
def test_a_facet_costs_one_statement_for_one_record_and_for_three(noun, one, ask):
    names = list(dimensions_of(NOUNS[noun].model))
    costs = []
    for suffix in ("1", "2"):
        ask(f"{noun}/")  # the process learns the organizations' names
        for asked in ({}, {"facets": ",".join(names)}):
            with CaptureQueriesContext(connection) as queries:
                ask(f"{noun}/", **asked)
            costs.append(len(queries))
        fill(suffix)
    assert costs == [costs[0], costs[0] + len(names)] * 2


def test_a_draft_changes_no_facet(one, client):
    def everything():
        return {
            noun: client.get(f"{ROOT}{noun}/", {"facets": ",".join(dimensions_of(viewset.model))}).content
            for noun, viewset in NOUNS.items()
        }

    before = everything()
    add_drafts(one)
    assert everything() == before
