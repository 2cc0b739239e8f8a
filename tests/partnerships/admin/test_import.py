"""Import at the desk: a dry run, a decision, and what it says to whom."""

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from partnerships.exports import csv_bytes, table_of, xlsx_bytes
from partnerships.models import Agreement
from stories.models import NewsItem
from tests.factories import make_agreement, make_organization, make_story, make_user

from .desk import address

PAGE = "/admin/partnerships/agreement/import/"


@pytest.fixture(autouse=True)
def kept(tmp_path, monkeypatch):
    """The folder of files that wait for a decision."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path / "concord-imports"


def csv_of(model, user=None):
    table = table_of(model)
    return b"".join(csv_bytes(table.header, table.blocks(model.objects.all(), user)))


def files_in(kept):
    """The files that wait for a decision, and not what is told of runs."""
    return [path for path in kept.iterdir() if not path.suffix]


def upload(client, data, page=PAGE, name="agreements.csv"):
    return client.post(page, {"file": SimpleUploadedFile(name, data)})


def test_a_changed_file_is_shown_and_then_written(as_chief, chief, kept):
    fifa = make_organization("FIFA", slug="fifa")
    agreement = make_agreement("Treaty", slug="treaty", parties=[fifa])
    make_agreement("Other", slug="other")
    data = csv_of(Agreement, chief).replace(b"Treaty", b"=Treaty <b>")
    shown = upload(as_chief, data)
    assert shown.status_code == 200
    assert shown.context["counts"] == {"new": 0, "changed": 1, "unchanged": 1, "error": 0}
    assert "=Treaty &lt;b&gt;" in shown.content.decode()
    agreement.refresh_from_db()
    assert agreement.title == "Treaty"
    assert len(files_in(kept)) == 1
    assert {path.stat().st_mode & 0o077 for path in kept.iterdir()} == {0}
    done = as_chief.post(PAGE, {"confirm": "1", "token": shown.context["token"]}, follow=True)
    assert done.redirect_chain == [("/admin/partnerships/agreement/", 302)]
    assert "1 record was written from agreements.csv." in done.content.decode()
    agreement.refresh_from_db()
    assert (agreement.title, agreement.version) == ("=Treaty <b>", 2)
    assert "imported from agreements.csv" in as_chief.get(address(agreement, "history")).content.decode()
    assert "=Treaty &lt;b&gt;" in as_chief.get("/agreements/treaty/").content.decode()
    assert files_in(kept) == []
    # The same decision twice: the file is gone.
    assert as_chief.post(PAGE, {"confirm": "1", "token": shown.context["token"]}).status_code == 400


def test_an_unchanged_file_offers_nothing_to_write(as_chief, chief, kept):
    make_story("Told", slug="told")
    table = table_of(NewsItem)
    data = b"".join(xlsx_bytes(table.name, table.header, table.blocks(NewsItem.objects.all(), None)))
    shown = upload(as_chief, data, reverse("admin:stories_newsitem_import"), "news.xlsx")
    assert shown.context["counts"] == {"new": 0, "changed": 0, "unchanged": 1, "error": 0}
    assert shown.context["token"] == ""
    assert files_in(kept) == []


def test_with_an_error_nothing_can_be_written(as_chief):
    make_agreement("Treaty", slug="treaty")
    shown = upload(as_chief, b"slug,title,kind\ntreaty,New title,mou\nnew,Another,nonsense\n")
    assert shown.context["counts"] == {"new": 0, "changed": 1, "unchanged": 0, "error": 1}
    assert [row.number for row in shown.context["rows"]] == [3, 2]
    assert shown.context["token"] == ""


def test_a_register_that_changed_in_between_is_shown_again(as_chief):
    agreement = make_agreement("Treaty", slug="treaty")
    shown = upload(as_chief, b"slug,title\ntreaty,New title\n")
    agreement.title = "Changed at the desk"
    agreement.save()
    again = as_chief.post(PAGE, {"confirm": "1", "token": shown.context["token"]})
    assert again.status_code == 409
    assert again.context["rows"][0].changes == [("title", "Changed at the desk", "New title")]
    agreement.refresh_from_db()
    assert agreement.title == "Changed at the desk"
    as_chief.post(PAGE, {"confirm": "1", "token": again.context["token"]})
    agreement.refresh_from_db()
    assert agreement.title == "New title"


def test_a_decision_belongs_to_one_person_and_one_list(as_chief, client):
    make_agreement("Treaty", slug="treaty")
    token = upload(as_chief, b"slug,title\ntreaty,New title\n").context["token"]
    assert as_chief.post("/admin/partnerships/event/import/", {"confirm": "1", "token": token}).status_code == 400
    client.force_login(make_user("other", is_superuser=True))
    for stolen in (token, token + "x", ""):
        assert client.post(PAGE, {"confirm": "1", "token": stolen}).status_code == 400
    assert Agreement.objects.get().title == "Treaty"


def test_who_may_not_add_and_change_does_not_import(client, db):
    lists = {"/admin/partnerships/agreement/": 403, "/admin/partnerships/organization/": 403}
    client.force_login(make_user("nobody"))
    for page, status in lists.items():
        assert client.get(f"{page}import/").status_code == status
        assert client.post(f"{page}import/").status_code == status
    client.logout()
    assert client.get(PAGE)["Location"].startswith("/accounts/login/")
    client.force_login(make_user("editor", group="editor"))
    assert client.get(PAGE).status_code == 200
    assert PAGE in client.get("/admin/partnerships/agreement/").content.decode()


def test_editors_see_why_what_is_public_is_not_theirs(as_editor):
    make_agreement("Treaty", slug="treaty")
    shown = upload(as_editor, b"slug,title\ntreaty,New title\n")
    assert "What is or was public is changed by publishers." in shown.content.decode()
    assert shown.context["token"] == ""


def book(*rows):
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The file is empty"),
        (b"slug,titel\nx,y\n", "There is no column “titel” in this table. Did you mean “title”?"),
        (b"title\ny\n", "The column “slug” is missing."),
        (b"slug,title,title\n", "these columns twice: title"),
        ("slug,title\nx,Größe\n".encode("latin-1"), "not in UTF-8: byte 0xF6 in line 2"),
        ("slug,title\n".encode("utf-16"), "The file is in UTF-16."),
        (b'slug,title\nx,"never closed\n', "cannot be read"),
        (b"slug,title\nx,a\0b\n", "NUL characters"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "of the old kind (.xls)"),
        (b"PK\x03\x04 and nothing more", "The workbook is damaged"),
        (book(["slug", "title"], ["x", "a_x0000_b"]), "NUL characters"),
        (b"slug,title\n" + b"x,y\n" * 50_001, "more than 50,000 rows"),
    ],
)
def test_what_cannot_be_read_says_why(as_chief, data, words):
    response = as_chief.post(PAGE, {"file": SimpleUploadedFile("file", data)} if data else {"file": io.BytesIO(b"\n")})
    assert response.status_code == 400
    assert words in response.context["problem"]


def test_a_file_that_was_saved_by_a_spreadsheet_is_read(as_chief):
    make_agreement("Treaty", slug="treaty")
    rows = [
        ["slug", "title", "ends_on", "signed_on"],
        ["treaty", "Treaty", 2031, date(2013, 5, 21)],
        [None],
        ["#complete"],
    ]
    for data in (
        book(*rows),
        b"slug;title;ends_on;signed_on\r\ntreaty;Treaty;2031;2013-05-21\r\n;;;\r\n#complete;;;\r\n",
        b"\xef\xbb\xbfslug\ttitle\tends_on\tsigned_on\ntreaty\tTreaty\t2031\t2013-05-21\n",
    ):
        [row] = upload(as_chief, data).context["rows"]
        assert row.changes == [("ends_on", "", "2031"), ("signed_on", "", "2013-05-21")]


def test_rows_that_were_cut_are_errors(as_chief):
    shown = upload(as_chief, b"slug,title,kind\ntreaty,New title\nnew,Title,mou,more\n")
    assert [row.errors[0][0] for row in shown.context["rows"]] == ["", ""]
    assert "The row has 2 cells, and the header 3." in shown.content.decode()


def test_a_workbook_that_unpacks_to_gigabytes_is_refused_unopened(as_chief, monkeypatch):
    monkeypatch.setattr("partnerships.importers.reading.MOST_UNPACKED", 1000)
    monkeypatch.setattr("partnerships.importers.reading.load_workbook", None)
    response = upload(as_chief, book(["slug"], ["x"]))
    assert response.status_code == 400
    assert "unpacks to more than" in response.context["problem"]


def test_a_file_too_large_is_refused_unread(as_chief, monkeypatch):
    monkeypatch.setattr("partnerships.importers.MOST_BYTES", 10)
    assert upload(as_chief, b"slug,title\nx,y\n").status_code == 400
    assert as_chief.post(PAGE, {}).status_code == 400


def test_a_text_that_xlsx_had_to_cut_is_not_imported(as_chief, chief):
    long = "word " * 10_000
    agreement = make_agreement("Treaty", slug="treaty", description=long)
    table = table_of(Agreement)
    data = b"".join(xlsx_bytes(table.name, table.header, table.blocks(Agreement.objects.all(), chief)))
    [row] = upload(as_chief, data).context["rows"]
    assert (str(row.verdict), [column for column, _reason in row.warnings]) == ("unchanged", ["description"])
    agreement.refresh_from_db()
    assert agreement.description == long
