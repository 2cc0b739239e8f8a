"""What a run of an import says while it works, how it is stopped, and what is kept of it."""

import io
import os
from importlib import import_module

import openpyxl
import pytest
from django.core import signing
from django.test import Client

from partnerships import importers, together
from partnerships.exports import verify
from partnerships.importers.comparing import Planner
from partnerships.importers.kept import folder
from partnerships.models import Agreement, Organization
from tests.factories import make_agreement, make_country, make_user

from .test_import import PAGE, book, kept, upload  # noqa: F401 - a fixture

ORGANIZATIONS = "/admin/partnerships/organization/import/"
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def by_row(monkeypatch):
    """Batches of one row, so that a small file has several."""
    for module in ("plan", "writing", "reading"):
        # The package has functions of the same names.
        monkeypatch.setattr(import_module(f"partnerships.importers.{module}"), "ROWS_AT_ONCE", 1)


@pytest.fixture
def during(monkeypatch):
    """`during(work)` does something each time a batch has been written."""

    def during(work):
        save = together.save

        def saving(*args):
            save(*args)
            work()

        monkeypatch.setattr(together, "save", saving)

    return during


def agreements(many):
    rows = [f"new-{number},New {number},mou" for number in range(many)]
    return "\n".join(["slug,title,kind", *rows]).encode()


def test_a_run_says_how_far_it_is_and_can_be_stopped(as_chief, chief, by_row, during):
    other = Client()
    other.force_login(chief)
    shown = upload(as_chief, agreements(4)).context
    seen = []

    def look():
        if len(seen) == 2:
            return
        seen.append(other.get(shown["addresses"]["progress"]).json())
        assert "Writing" in other.get(shown["addresses"]["run"]).content.decode()
        if len(seen) == 2:
            assert other.get(shown["addresses"]["cancel"]).status_code == 405
            assert other.post(shown["addresses"]["cancel"]).status_code == 302

    during(look)
    answer = as_chief.post(PAGE, {"confirm": "1", "token": shown["token"], "run": shown["run"]}, **JSON)
    assert seen == [
        {"phase": "writing", "done": number, "total": 4, "text": f"Writing: {number} of 4 records"} for number in (0, 1)
    ]
    answer = as_chief.get(answer.json()["next"])
    assert answer.context["report"].notice == "Cancelled. Nothing was written."
    assert Agreement.objects.count() == 0
    assert Agreement.history.count() == 0
    # Whoever thinks better of it can still carry it out.
    as_chief.post(PAGE, {"confirm": "1", "token": answer.context["token"], "run": answer.context["run"]})
    assert Agreement.objects.count() == 4


def test_a_dry_run_can_be_stopped(as_chief, by_row, monkeypatch):
    page = as_chief.get(PAGE).context
    compare = Planner.compare

    def comparing(self, batch):
        as_chief.post(page["addresses"]["cancel"])
        return compare(self, batch)

    monkeypatch.setattr(Planner, "compare", comparing)
    answer = as_chief.post(PAGE, {"file": io.BytesIO(agreements(3)), "run": page["run"]}, **JSON)
    assert answer.json() == {"next": page["addresses"]["run"]}
    shown = as_chief.get(page["addresses"]["run"])
    assert "Cancelled. Nothing was written." in shown.content.decode()
    assert shown.context["token"] == ""
    # After the end there is nothing to cancel.
    as_chief.post(page["addresses"]["cancel"])
    assert not [path for path in folder().iterdir() if path.suffix == ".cancel"]


def test_a_script_is_told_where_to_go_on(as_chief):
    page = as_chief.get(PAGE).context
    assert as_chief.get(page["addresses"]["progress"]).json() == {"phase": None, "done": 0, "total": 0, "text": ""}
    assert as_chief.get(page["addresses"]["run"]).headers["Location"] == PAGE
    answer = as_chief.post(PAGE, {"file": io.BytesIO(agreements(2)), "run": page["run"]}, **JSON)
    assert answer.json() == {"next": page["addresses"]["run"]}
    shown = as_chief.get(page["addresses"]["run"])
    assert shown.context["counts"] == {"new": 2, "changed": 0, "unchanged": 0, "error": 0}
    assert as_chief.get(page["addresses"]["progress"]).json()["phase"] == "ended"
    sent = {"confirm": "1", "token": shown.context["token"], "run": shown.context["run"]}
    answer = as_chief.post(PAGE, sent, **JSON)
    assert answer.json() == {"next": "/admin/partnerships/agreement/"}
    assert "2 records were written from" in as_chief.get("/admin/partnerships/agreement/").content.decode()
    again = as_chief.get(shown.context["addresses"]["run"])
    assert again.headers["Location"] == "/admin/partnerships/agreement/"
    # A ticket serves once; a page that is sent again gets a run of its own.
    answer = as_chief.post(PAGE, {"file": io.BytesIO(agreements(2)), "run": page["run"]}, **JSON)
    assert answer.json()["next"] not in (page["addresses"]["run"], "")
    answer = as_chief.post(PAGE, {"file": io.BytesIO(b"slug,titel\n"), "run": "x"}, **JSON)
    assert "Did you mean" in as_chief.get(answer.json()["next"]).content.decode()


def test_a_ticket_is_for_one_person_and_one_list(as_chief):
    page = as_chief.get(PAGE).context
    stranger = Client()
    stranger.force_login(make_user("other", is_superuser=True))
    nobody = Client()
    nobody.force_login(make_user("nobody"))
    for address in (*page["addresses"].values(), page["addresses"]["run"] + "problems.csv"):
        assert stranger.get(address).status_code == 404
        assert nobody.get(address).status_code == 403
        assert Client().get(address).status_code == 302
        assert as_chief.get(address.replace("agreement", "event")).status_code == 404
        assert as_chief.get(address.replace("import/", "import/x")).status_code == 404
    assert as_chief.get(page["addresses"]["run"] + "problems.csv").status_code == 404


def test_a_server_that_stopped_is_told_of(as_chief):
    page = as_chief.get(PAGE).context
    name = signing.loads(page["run"], salt="desk import run")["run"]
    child = os.fork()
    if not child:
        importers.Progress(name).__enter__().tell(importers.Phase.WRITING, 1, 2)
        os._exit(0)
    os.waitpid(child, 0)
    assert as_chief.get(page["addresses"]["progress"]).json()["phase"] == "broken"
    assert "The server stopped while it worked on this file." in as_chief.get(page["addresses"]["run"]).content.decode()


def test_all_that_is_wrong_can_be_downloaded(as_chief):
    make_country("NE", "Niger")
    make_agreement("Treaty", slug="treaty")
    rows = [f"new-{n},New,{'mou' if n % 2 else 'moo'},ne," for n in range(600)]
    rows = ["slug,title,kind,countries,parties", *rows, "=cmd|'x',T,mou,,someone"]
    shown = upload(as_chief, "\n".join(rows).encode())
    assert shown.context["counts"] == {"new": 300, "changed": 0, "unchanged": 0, "error": 301}
    assert len(shown.context["rows"]) == 500
    assert shown.context["report"].left_out == 101
    addresses = dict(shown.context["problem_files"])
    csv = as_chief.get(addresses["CSV"])
    assert csv["Content-Disposition"] == 'attachment; filename="agreements-problems.csv"'
    assert verify(csv.content, "csv") == 902
    lines = csv.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "row,record,kind,column,reason"
    assert lines[1].startswith('2,new-0,error,kind,"“moo” is not possible here. Possible are: ')
    assert lines[2] == "2,new-0,warning,countries,Read as “NE”."
    assert lines[-2] == "602,'=cmd|'x',warning,parties,Not imported: the column is for reading only."
    sheet = openpyxl.load_workbook(io.BytesIO(as_chief.get(addresses["XLSX"]).content)).worksheets[0]
    found = list(sheet.iter_rows(values_only=True))
    assert len(found) == 903
    assert found[-1][:4] == (602, "=cmd|'x'", "warning", "parties")
    assert as_chief.get(addresses["CSV"].replace(".csv", ".pdf")).status_code == 404


# What is wrong with a row, one after the other: column, what the cell says instead.
FAULTS = [("type", "1"), ("country", "QQ"), ("name", ""), ("state", "publishd")]


@pytest.mark.parametrize("size", [1200, pytest.param(10_000, marks=pytest.mark.long)])
def test_a_large_file_with_errors_is_mended_and_comes_back_unchanged(as_chief, size):
    """As it goes at an office: all errors at once, then all rows, then nothing."""
    make_country("NE", "Niger")
    header = ["slug", "name", "type", "country", "description", "state"]
    rows = [[f"body-{n}", f"Body {n}", "10", "NE", f"Text {n}", "published"] for n in range(size)]
    faulty, expected = [list(row) for row in rows], []
    for place in range(100):
        number, (column, text) = place * (size // 100), FAULTS[place % len(FAULTS)]
        faulty[number][header.index(column)] = text
        expected.append((number + 2, column))  # a sheet's first row is the header, and is counted
    shown = upload(as_chief, book(header, *faulty), ORGANIZATIONS)
    assert shown.context["counts"] == {"new": size - 100, "changed": 0, "unchanged": 0, "error": 100}
    assert [(row, column) for row, _slug, _kind, column, _reason in shown.context["report"].problems] == expected
    shown = upload(as_chief, book(header, *rows), ORGANIZATIONS)
    as_chief.post(ORGANIZATIONS, {"confirm": "1", "token": shown.context["token"], "run": shown.context["run"]})
    assert Organization.objects.published().count() == size
    entries = Organization.history.count()
    shown = upload(as_chief, book(header, *rows), ORGANIZATIONS)
    assert shown.context["counts"] == {"new": 0, "changed": 0, "unchanged": size, "error": 0}
    assert shown.context["token"] == ""
    assert Organization.history.count() == entries == size
