"""What a file is to contain (`fields`, `omit`, `expand`), and the facts of a day in it (`as_of`)."""

import csv
import io
import json

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from api.urls import NOUNS
from partnerships.exports import table_of, verify
from partnerships.importers.plan import plan
from partnerships.importers.reading import Unreadable, read
from partnerships.models import Agreement, Organization, OrganizationName, Party
from tests.factories import make, make_agreement, make_organization, make_person, make_project

from .conftest import ROOT, fill

DAY = "2014-06-30"


@pytest.fixture
def fetch(client):
    """The bytes of a whole download."""

    def fetch(noun, format, **question):
        response = client.get(f"{ROOT}{noun}/", {**question, "format": format})
        assert response.status_code == 200, response.content[:500]
        data = response.getvalue()
        verify(data, format)
        return data

    return fetch


def rows_of(data, format):
    """The rows, each a dictionary."""
    if format == "ndjson":
        return [json.loads(line) for line in data.splitlines()[:-1]]
    if format == "csv":
        return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))[:-1]
    header, *rows = openpyxl.load_workbook(io.BytesIO(data), read_only=True).worksheets[0].values
    return [{name: "" if cell is None else str(cell) for name, cell in zip(header, row, strict=True)} for row in rows]


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_a_table_has_the_columns_that_were_asked_for_in_its_own_order(db, fetch, format):
    fill()
    for noun in NOUNS:
        whole = rows_of(fetch(noun, format), format)
        [*_first, one, two] = table_of(NOUNS[noun].model).header[:5]
        chosen = rows_of(fetch(noun, format, fields=f"{two},slug, {one}"), format)
        assert chosen == [{name: row[name] for name in row if name in ("slug", one, two)} for row in whole], noun
        left = rows_of(fetch(noun, format, omit=f"{one},id"), format)
        assert left == [{name: row[name] for name in row if name not in ("id", one)} for row in whole], noun
        both = rows_of(fetch(noun, format, fields=f"slug,{one}", omit=one), format)
        assert both == [{"slug": row["slug"]} for row in whole], noun


def test_lines_of_json_are_the_rows_of_the_pages_whatever_was_chosen(db, ask, fetch):
    for suffix in ("", "1", "2"):
        fill(suffix)
    for noun, question in (
        ("agreements", {"fields": "slug,parties.organization,parent"}),
        ("agreements", {"omit": "areas,parties.signatures", "expand": "parties.organization,parent"}),
        ("projects", {"expand": "parent", "fields": "slug,parent.title"}),
        ("news", {"fields": "id"}),
        ("contributions", {"omit": "url,funders.url"}),
    ):
        answer = ask(f"{noun}/", **question).answer["results"]
        assert rows_of(fetch(noun, "ndjson", **question), "ndjson") == answer
        assert len(answer) >= 3


def test_what_is_left_out_is_not_read(db, fetch):
    fill()
    for format in ("csv", "ndjson"):
        with CaptureQueriesContext(connection) as every:
            fetch("agreements", format, omit="place")
        with CaptureQueriesContext(connection) as few:
            fetch("agreements", format, fields="slug")
        assert len(few) + 3 <= len(every), format
        if format == "csv":
            assert not any('"description"' in query["sql"] for query in few)


def test_a_column_that_there_is_not_is_a_problem_that_names_the_nearest(db, ask):
    for format in ("csv", "xlsx"):
        for name in ("fields", "omit"):
            [error] = ask("agreements/", 400, format=format, **{name: "slug,signd_on"}).answer["errors"]
            assert (error["parameter"], error["suggestion"]) == (name, "signed_on")
            assert error["message"].startswith("There is no column “signd_on” in this file. Possible are: id, slug, ")
        [error] = ask("agreements/", 400, format=format, fields="slug", omit="slug").answer["errors"]
        assert (error["parameter"], error["message"]) == ("omit", "No column would be left. Omit fewer.")
        [error] = ask("agreements/", 400, format=format, expand="parent").answer["errors"]
        assert error["parameter"] == "expand"
        assert "Take format=ndjson" in error["message"]
    [error] = ask("agreements/", 400, format="ndjson", fields="titel").answer["errors"]
    assert (error["parameter"], error["suggestion"]) == ("fields", "title")


def test_columns_are_no_part_of_the_name_of_a_file(db, client):
    make_agreement("Treaty")
    names = [
        client.head(f"{ROOT}agreements/", {"format": "csv", "year": "2013", **more})["Content-Disposition"]
        for more in ({}, {"fields": "slug"}, {"omit": "slug"})
    ]
    assert len(set(names)) == 1
    dated = client.head(f"{ROOT}agreements/", {"format": "csv", "as_of": DAY})["Content-Disposition"]
    assert "as_of-2014-06-30" in dated


@pytest.fixture
def past(db):
    """Organizations that had other names in 2014, and what they did then and later."""
    old = make_organization("Office for Crime", acronym="OFC", slug="ofc")
    make(OrganizationName, organization=old, name="Centre for Crime", kind="former", used_to="2015")
    make(OrganizationName, organization=old, name="CFC", kind="acronym", used_to="2015")
    late, gone = make_organization("Latecomer", slug="late"), make_organization("Leaver", slug="gone")
    memo = make_agreement("Memo", slug="memo", parties=[old], signed="2013", ends="2020")
    make(Party, agreement=memo, organization=late, joined="2016-03")
    make(Party, agreement=memo, organization=gone, joined="2013", withdrew="2018")
    make_agreement("Ended", slug="ended", signed="2012", terminated="2017")
    make_agreement("Later", slug="later", signed="2016", supersedes=[memo])
    make_person(
        "Ada",
        slug="ada",
        offices=[
            {"title": "Deputy", "organization": old, "held_from": "2010", "held_to": "2014"},
            {"title": "Director", "organization": old, "held_from": "2015"},
        ],
    )
    make_project("Work", slug="work", participants=[(old, "implementing")], starts="2013", ends="2016")


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_a_table_of_a_day_tells_the_facts_of_that_day(past, fetch, format):
    def asked(noun, *names, **question):
        rows = rows_of(fetch(noun, format, **question), format)
        return {row["slug"]: tuple(row[name] for name in names) for row in rows}

    names = ("status", "signed_on", "terminated_on", "parties", "party_names")
    assert asked("agreements", *names, as_of=DAY) == {
        "memo": ("in_force", "2013", "", "ofc; gone (joined 2013)", "Centre for Crime; Leaver"),
        "ended": ("in_force", "2012", "", "", ""),
        "later": ("draft", "", "", "", ""),
    }
    today = asked("agreements", *names)
    assert today["memo"][0] == "superseded"
    assert "late (joined 2016-03)" in today["memo"][3]
    assert today["ended"][:3] == ("terminated", "2012", "2017")
    then = asked("organizations", "name", "acronym", "as_of", as_of=DAY)
    assert then["ofc"] == ("Centre for Crime", "CFC", DAY)
    assert then["late"] == ("Latecomer", "", DAY)
    assert asked("organizations", "name", "acronym")["ofc"] == ("Office for Crime", "OFC")
    assert asked("people", "offices", as_of=DAY) == {"ada": ("Deputy, ofc (from 2010, to 2014)",)}
    assert asked("projects", "status", "participant_names", as_of=DAY) == {"work": ("running", "Centre for Crime")}
    assert asked("projects", "status", "participant_names") == {"work": ("closed", "Office for Crime")}
    assert asked("agreements", "as_of", as_of=DAY, fields="slug,title") == dict.fromkeys(
        ["memo", "ended", "later"], (DAY,)
    )


def test_tables_of_a_day_agree_with_the_answers_of_that_day(past, fetch):
    for day in ("2012-06-30", DAY, "2016-07-01", "2019-01-01"):
        tables = {noun: rows_of(fetch(noun, "csv", as_of=day), "csv") for noun in ("organizations", "agreements")}
        lines = {noun: rows_of(fetch(noun, "ndjson", as_of=day), "ndjson") for noun in tables}
        for row, line in zip(tables["organizations"], lines["organizations"], strict=True):
            assert (row["slug"], row["name"], row["acronym"]) == (line["slug"], line["name"], line["acronym"])
        for row, line in zip(tables["agreements"], lines["agreements"], strict=True):
            for name in ("slug", "status", "signed_on", "ends_on", "terminated_on"):
                assert row[name] == (line[name] or ""), (day, line["slug"], name)
            names = {party["organization"]["display"] for party in line["parties"]}
            assert set(filter(None, row["party_names"].split("; "))) == names


def test_a_table_of_a_day_is_not_imported_as_if_it_were_todays(past, fetch, chief):
    for noun, model in (("agreements", Agreement), ("organizations", Organization)):
        sheet = read(fetch(noun, "csv", as_of=DAY))
        with pytest.raises(Unreadable, match="the facts of another day"):
            plan(table_of(model), sheet, chief)


def test_a_table_of_some_columns_is_imported_unchanged(past, fetch, chief):
    sheet = read(fetch("organizations", "csv", fields="slug,name,acronym"))
    found = plan(table_of(Organization), sheet, chief)
    assert (found.rows, found.quiet) == ([], 3)
