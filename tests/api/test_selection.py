"""`fields`, `omit` and `expand`: what an answer contains."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from api.selection import expandable, names_of
from api.urls import NOUNS

from .conftest import fill
from .test_answers import NAMES


def cost(ask, address, **asked):
    with CaptureQueriesContext(connection) as queries:
        answer = ask(address, **asked).answer
    return answer, len(queries)


@pytest.mark.parametrize("noun", NOUNS)
def test_each_field_alone_is_what_it_is_in_the_whole(noun, one, ask):
    """And is never read on its own for each row, past the gate."""
    fill("1")
    whole, most = cost(ask, f"{noun}/")
    record, most_of_record = cost(ask, f"{noun}/{NAMES[noun]}/")
    for name in names_of(NOUNS[noun].row_serializer):
        rows, queries = cost(ask, f"{noun}/", fields=name)
        assert [row.get(name) for row in whole["results"]] == [row[name] for row in rows["results"]]
        assert all(row.keys() == {name} for row in rows["results"])
        assert queries <= most, name
    for name in names_of(NOUNS[noun].record_serializer):
        part, queries = cost(ask, f"{noun}/{NAMES[noun]}/", fields=name)
        assert part == {name: record[name]}
        assert queries <= most_of_record, name


def test_what_is_left_out_is_not_read(one, ask):
    _rows, queries = cost(ask, "agreements/", fields="id,title")
    assert queries == 2  # the data version and the list
    _record, queries = cost(
        ask, "agreements/memorandum/", omit="evidence,plans,supersedes,commitments,documents,files,goals"
    )
    assert queries == 10


def test_omit_leaves_the_rest(one, ask):
    whole = ask("projects/project/").answer
    part = ask("projects/project/", omit="description,parent.url,parent.id").answer
    expected = {key: value for key, value in whole.items() if key != "description"}
    expected["parent"] = {key: whole["parent"][key] for key in ("display", "slug")}
    assert part == expected


def test_a_dot_reaches_into_a_field(one, ask):
    rows = ask("agreements/", fields="slug,parties.organization,parent.slug").answer["results"]
    row = next(row for row in rows if row["slug"] == "memorandum")
    assert row.keys() == {"slug", "parties", "parent"}
    assert row["parent"] == {"slug": "framework"}
    assert [party.keys() for party in row["parties"]] == [{"organization"}, {"organization"}]
    assert ask("agreements/memorandum/", fields="parties,parties.note").answer["parties"][0].keys() > {"signatures"}


@pytest.mark.parametrize("noun", NOUNS)
def test_an_expanded_record_is_its_own_row(noun, one, ask):
    rows = {name: {row["slug"]: row for row in ask(f"{name}/").answer["results"]} for name in NOUNS}
    nouns = {viewset.model: name for name, viewset in NOUNS.items()}
    for path, model in expandable(NOUNS[noun].record_serializer).items():
        records = [ask(f"{noun}/{slug}/", expand=path).answer for slug in rows[noun]]
        found = list(at(records, path.split(".")))
        assert found or noun == "regions", path  # here they stand under nothing
        for row in found:
            assert {key: row[key] for key in rows[nouns[model]][row["slug"]]} == rows[nouns[model]][row["slug"]], path


def at(rows, path):
    for row in rows:
        value = row[path[0]]
        below = value if isinstance(value, list) else [value] if value else []
        yield from below if len(path) == 1 else at(below, path[1:])


def test_expanding_costs_the_same_for_any_number_of_rows(one, ask):
    asked = {"expand": "parties.organization,parent,parties.signatures.person"}
    _rows, alone = cost(ask, "agreements/", **asked)
    fill("1"), fill("2")
    _rows, together = cost(ask, "agreements/", **asked)
    assert alone == together


def test_a_share_stays_beside_an_expanded_country(one, ask):
    country = ask("projects/project/", expand="countries").answer["countries"][0]
    assert (country["alpha3"], country["percentage"]) == ("NAX", None)


def test_an_expanded_record_can_be_selected_from(one, ask):
    parent = ask("agreements/memorandum/", expand="parent", fields="parent.title,parent.status").answer
    assert parent == {"parent": {"title": "Framework", "status": "superseded"}}


def test_what_is_higher_is_expanded_first(one, ask):
    gift = ask("projects/project/", expand="contributions.funders,contributions").answer["contributions"][0]
    assert (gift["recipient"]["slug"], gift["funders"][0]["kind"]) == ("un", "trust_fund")


REFUSED = [
    ("fields=nope", "fields", None),
    ("fields=id,titel", "fields", "title"),
    ("fields=parties.organisation", "fields", "parties.organization"),
    ("fields=id.title", "fields", "title"),
    ("fields=internal_note", "fields", None),
    ("fields=focal_points", "fields", None),
    ("omit=descripton", "omit", None),
    ("omit=satus", "omit", "status"),
    ("expand=parties", "expand", "parties.organization"),
    ("expand=parnet", "expand", "parent"),
    ("expand=created_by", "expand", None),
    ("expand=parent&omit=parent", "expand", None),
    ("expand=parent&fields=title", "expand", None),
    (
        "expand=parent,superseded_by,countries,regions,parties.organization,parties.signatures.person",
        "expand",
        None,
    ),
]


def test_what_cannot_be_selected_is_refused(db, ask):
    for question, parameter, suggestion in REFUSED:
        errors = ask(f"/api/v1/agreements/?{question}", 400).answer["errors"]
        assert [(error["parameter"], error["suggestion"]) for error in errors] == [(parameter, suggestion)], question


def test_drafts_do_not_come_in_by_expansion(one, ask):
    one.framework.state = "draft"
    one.framework.save()
    assert ask("agreements/memorandum/", expand="parent").answer["parent"] is None
    assert ask("agreements/memorandum/", fields="parent").answer == {"parent": None}
    assert ask("agreements/memorandum/", fields="status").answer == {"status": "in_force"}
