"""Lists as files: the same rows as the pages in the same order, whole or recognisably not, and nothing that is not public."""

import csv
import io
import json

import openpyxl
import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from api.reading import cards
from api.reading.listing import CardsMixin
from api.urls import NOUNS
from partnerships.exports import Incomplete, table_of, verify
from partnerships.exports.columns import Value
from partnerships.models import Agreement
from tests.factories import make_agreement, make_organization, make_story, make_user

from .conftest import ROOT, fill
from .test_gate import add_drafts

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RECORDS = [noun for noun in NOUNS if noun not in ("countries", "regions")]

# Five questions to each of four nouns that have the most to ask; (address, question).
QUESTIONS = [
    *[
        ("agreements", asked)
        for asked in ("partner=pa", "country=NA", "year=2019", "status=in_force", "ordering=title")
    ],
    *[
        ("projects", asked)
        for asked in ("partner=un&role=implementing", "region=sahel", "year=2017", "q=project", "sdg=16")
    ],
    *[("news", asked) for asked in ("partner=pa", "country=NA", "year=2019", "language=en", "ordering=-title")],
    *[
        ("contributions", asked)
        for asked in ("partner=pa", "currency=EUR", "year=2017", "in_kind=true", "ordering=date")
    ],
    *[("events", asked) for asked in ("partner=pa", "country=NA", "year=2018", "kind=meeting", "ordering=-name")],
]
PAGES = {"news": "/stories/", "contributions": None}


@pytest.fixture
def fetch(client):
    """The bytes of a download; it must be whole."""

    def fetch(noun, format, question=""):
        response = client.get(f"{ROOT}{noun}/?{question}&format={format}".replace("?&", "?"))
        assert response.status_code == 200, response.content[:500]
        data = response.getvalue()
        verify(data, format)
        return data

    return fetch


def table(data):
    """The rows of a CSV as dictionaries, without its proof."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))[:-1]


def slugs_of(data, format):
    if format == "csv":
        return [row["slug"] for row in table(data)]
    if format == "ndjson":
        return [json.loads(line)["slug"] for line in data.splitlines()[:-1]]
    header, *rows = openpyxl.load_workbook(io.BytesIO(data), read_only=True).worksheets[0].values
    return [row[header.index("slug")] for row in rows]


def pages_of(ask, noun, question):
    """The rows of all pages of a list, two at a time."""
    rows, address = [], f"{ROOT}{noun}/?{question}&page_size=2"
    while address:
        answer = ask(address).answer
        rows += answer["results"]
        address = (answer["next"] or "").removeprefix("http://testserver")
    return rows


def test_files_pages_and_the_public_list_agree_record_for_record(db, client, ask, fetch):
    for suffix in ("", "1", "2"):
        fill(suffix)
    seen = 0
    for noun, question in QUESTIONS:
        rows = pages_of(ask, noun, question)
        expected = [row["slug"] for row in rows]
        for format in ("csv", "xlsx", "ndjson"):
            assert slugs_of(fetch(noun, format, question), format) == expected, (noun, question, format)
        lines = fetch(noun, "ndjson", question).decode().splitlines()[:-1]
        assert [json.loads(line) for line in lines] == rows, (noun, question)
        page = client.get(f"{PAGES.get(noun, f'/{noun}/')}?{question}") if PAGES.get(noun, noun) else None
        if page:
            assert [record.slug for record in page.context["records"]] == expected, (noun, question)
        seen += len(expected)
    assert seen > 40


def test_an_agreement_as_csv(db, fetch):
    one = fill()
    [row] = [row for row in table(fetch("agreements", "csv")) if row["slug"] == one.agreement.slug]
    assert row.pop("updated_at") == one.agreement.updated_at.isoformat(timespec="seconds").replace("+00:00", "Z")
    assert row == {
        "id": str(one.agreement.pk),
        "slug": one.agreement.slug,
        "title": one.agreement.title,
        "short_title": one.agreement.short_title,
        "kind": "mou",
        "kind_label": "Memorandum of understanding",
        "reference": one.agreement.reference,
        "status": one.agreement.status().value,
        "status_label": str(one.agreement.status().label),
        "signed_on": one.agreement.signed.isoformat(),
        "place": one.agreement.place,
        "entered_into_force_on": "",
        "ends_on": one.agreement.ends.isoformat() if one.agreement.ends else "",
        "terminated_on": "",
        "parties": "; ".join(
            party.organization.slug + (f" (joined {party.joined.isoformat()})" if party.joined_on else "")
            for party in one.agreement.parties.all()
        ),
        "party_names": "; ".join(party.organization.name for party in one.agreement.parties.all()),
        "areas": "; ".join(area.text for area in one.agreement.areas.all()),
        "parent": one.agreement.parent.slug,
        "parent_title": one.agreement.parent.title,
        "supersedes": "; ".join(sorted(old.slug for old in one.agreement.supersedes.all())),
        "countries": "NA",
        "country_names": "Niger",
        "regions": "sahel",
        "region_names": "Sahel",
        "sdgs": "16",
        "description": one.agreement.description,
        "caveat": one.agreement.caveat,
        "state": "published",
        "version": str(one.agreement.version),
        "page_url": f"http://testserver/agreements/{one.agreement.slug}/",
    }


def test_dates_as_csv_are_as_exact_as_they_are_known(db, fetch):
    make_story("Exact", slug="exact", published_on="2019-02-01", event_start="2013", event_end="../2019-05-21")
    make_story("Vague", slug="vague", event_start="2013-05")
    names = ("published_on", "event_start_on", "event_end_on")
    found = {row["slug"]: tuple(row[name] for name in names) for row in table(fetch("news", "csv"))}
    assert found == {"exact": ("2019-02-01", "2013", "../2019-05-21"), "vague": ("", "2013-05", "")}


def test_tables_have_a_readable_number_of_columns_and_no_name_twice():
    for noun, viewset in NOUNS.items():
        header = table_of(viewset.model).header
        assert table_of(viewset.model).name == noun
        assert 9 <= len(header) <= 33, noun
        assert len(set(header)) == len(header), noun
        assert not {"internal_note", "focal_points"} & set(header)


def test_each_noun_has_as_many_statements_for_three_rows_as_for_one(db, client, django_assert_num_queries):
    fill()
    counts = {}
    for noun in NOUNS:
        for format in ("csv", "ndjson"):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                client.get(f"{ROOT}{noun}/", {"format": format}).getvalue()
            counts[noun, format] = len(queries)
    for suffix in ("1", "2"):
        fill(suffix)
    for (noun, format), count in counts.items():
        with django_assert_num_queries(count):
            client.get(f"{ROOT}{noun}/", {"format": format}).getvalue()
        assert count <= 22, (noun, format)


def test_drafts_are_in_no_file_of_a_visitor(db, client, fetch):
    one = fill()
    formats = [(noun, format) for noun in NOUNS for format in ("csv", "ndjson", "xlsx")]
    before = {(noun, format): fetch(noun, format) for noun, format in formats}
    add_drafts(one)
    for (noun, format), data in before.items():
        assert fetch(noun, format) == data, (noun, format)
    client.force_login(make_user("chief", is_superuser=True))
    assert {noun for noun in RECORDS if fetch(noun, "csv") == before[noun, "csv"]} == set()
    assert "secret-body" in slugs_of(fetch("organizations", "csv"), "csv")


def test_the_accept_header_asks_as_the_parameter_does(db, client, fetch):
    make_agreement("Treaty")
    for format, accepted in (("csv", "text/csv"), ("xlsx", XLSX), ("ndjson", "application/x-ndjson")):
        response = client.get(f"{ROOT}agreements/", headers={"accept": accepted})
        assert response.getvalue() == fetch("agreements", format)
        assert response["Content-Type"].partition(";")[0] == accepted
        assert "Accept" in response["Vary"]
    assert (
        client.get(f"{ROOT}agreements/", headers={"accept": "text/html,*/*;q=0.8"})["Content-Type"]
        == "application/json"
    )
    assert "Accept" in client.get(f"{ROOT}agreements/")["Vary"]


def test_a_file_is_named_after_its_question_and_its_day(db, client, monkeypatch):
    make_organization("FIFA", slug="fifa")
    response = client.get(f"{ROOT}agreements/?partner=fifa&format=csv")
    name = response["Content-Disposition"]
    assert name.startswith('attachment; filename="agreements_partner-fifa_2')
    assert name.endswith('.csv"')
    response.getvalue()


@pytest.mark.parametrize("format", ["csv", "xlsx", "ndjson"])
@pytest.mark.parametrize("name", ["cursor", "page_size", "count", "facets"])
def test_what_only_pages_can_be_asked_is_refused(db, ask, format, name):
    response = ask("agreements/", 400, **{"format": format, name: "10"})
    assert response["Content-Type"] == "application/problem+json"
    [error] = response.answer["errors"]
    assert error["parameter"] == name
    assert "Leave it out" in error["message"]


def test_questions_that_cannot_be_answered_are_problems_in_every_format(db, ask):
    for format in ("csv", "xlsx", "ndjson"):
        response = ask("agreements/", 400, format=format, partnr="fifa")
        assert response["Content-Type"] == "application/problem+json"
        assert [error["suggestion"] for error in response.answer["errors"]] == ["partner"]
    [error] = ask("agreements/", 400, format="cvs").answer["errors"]
    assert (error["parameter"], error["suggestion"]) == ("format", "csv")
    make_agreement("Treaty", slug="treaty")
    [error] = ask("agreements/treaty/", 400, format="csv").answer["errors"]
    assert error["message"] == "There is no format “csv” here. Possible are: json."


def test_head_tells_what_would_come_without_reading_the_list(db, client, django_assert_num_queries):
    make_agreement("Treaty")
    for format in ("csv", "xlsx", "ndjson"):
        with django_assert_num_queries(1):
            response = client.head(f"{ROOT}agreements/", {"format": format})
        whole = client.get(f"{ROOT}agreements/", {"format": format})
        assert response.status_code == 200
        assert response.getvalue() == b""
        for name in ("Content-Type", "Content-Disposition", "Vary"):
            assert response[name] == whole[name]
        assert "Content-Length" not in response


def test_a_list_without_rows_is_a_whole_file(db, fetch):
    assert verify(fetch("people", "csv"), "csv") == 0
    assert verify(fetch("people", "xlsx"), "xlsx") == 0
    assert verify(fetch("people", "ndjson"), "ndjson") == 0
    assert fetch("people", "csv").splitlines()[0].decode("utf-8-sig").startswith("id,slug,name,")


@pytest.mark.parametrize("format", ["csv", "xlsx", "ndjson"])
def test_what_fails_midway_ends_without_proof_and_what_fails_at_once_is_a_problem(
    db, client, monkeypatch, format, caplog
):
    monkeypatch.setattr("partnerships.exports.batches.ROWS_AT_FIRST", 2)
    monkeypatch.setattr("partnerships.exports.batches.ROWS_AT_ONCE", 2)
    monkeypatch.setattr("api.downloads.CARDS_AT_ONCE", 2)
    for number in range(5):
        make_agreement(f"Treaty {number}")
    calls = []

    def failing(original, after):
        def wrapped(*args):
            calls.append(args)
            if len(calls) > after:
                raise OperationalError("the database went away")
            return original(*args)

        return wrapped

    from api.serializers import AgreementRowSerializer

    target, name = (AgreementRowSerializer, "to_representation") if format == "ndjson" else (Value, "cells")
    original = getattr(target, name)
    monkeypatch.setattr(target, name, failing(original, 0))
    response = client.get(f"{ROOT}agreements/", {"format": format})
    assert (response.status_code, response["Content-Type"]) == (503, "application/problem+json")
    if format == "ndjson":
        return  # its first piece is longer than these rows
    width = sum(isinstance(column, Value) for column in table_of(Agreement).columns)
    calls.clear()
    monkeypatch.setattr(target, name, failing(original, width + 1))
    response = client.get(f"{ROOT}agreements/", {"format": format})
    assert response.status_code == 200
    sent = []
    with pytest.raises(OperationalError):
        sent.extend(response.streaming_content)
    assert sent
    with pytest.raises(Incomplete):
        verify(b"".join(sent), format)


def test_many_batches_make_one_list(db, fetch, monkeypatch):
    for suffix in ("", "1", "2"):
        fill(suffix)
    whole = {(noun, format): fetch(noun, format) for noun in NOUNS for format in ("csv", "ndjson")}
    monkeypatch.setattr("partnerships.exports.batches.ROWS_AT_FIRST", 2)
    monkeypatch.setattr("partnerships.exports.batches.ROWS_AT_ONCE", 2)
    monkeypatch.setattr("api.downloads.CARDS_AT_ONCE", 2)
    monkeypatch.setattr("partnerships.exports.batches.MOST_REMEMBERED", 1)
    for (noun, format), data in whole.items():
        assert fetch(noun, format) == data, (noun, format)


@pytest.fixture
def both_ways(fetch, monkeypatch):
    """An NDJSON from the cards; it must be, byte for byte, what the serializers make of the same question."""

    def ask(noun, question=""):
        quick = fetch(noun, "ndjson", question)
        with monkeypatch.context() as patch:
            patch.setattr(CardsMixin, "has_cards", lambda view: False)
            assert quick == fetch(noun, "ndjson", question), (noun, question)
        return quick

    return ask


def test_rows_from_cards_are_those_of_the_serializers(db, both_ways, monkeypatch):
    for suffix in ("", "1", "2"):
        one = fill(suffix)
    one.agreement.title = "A\u2028line, a \\u2029 spelled out, \\\u2029 and a “mark”"
    one.agreement.save()
    cards.keep_all()
    monkeypatch.setattr("partnerships.exports.batches.ROWS_AT_FIRST", 1)
    for noun in NOUNS:
        both_ways(noun)
    assert one.agreement.title in [json.loads(line).get("title") for line in both_ways("agreements").splitlines()]
    for question in ("partner=pa", "country=NA", "ordering=-title"):
        both_ways("agreements", question)


def test_a_row_without_a_card_is_made_when_it_is_asked_for(db, both_ways):
    one, _other = fill(), fill("1")
    cards.keep_all()
    cards.forget([("SELECT %s, %s", [cards.kind_of(Agreement, cards.ROW), one.agreement.pk])])
    assert one.agreement.slug.encode() in both_ways("agreements")
    cards.forget_all()
    assert one.agreement.slug.encode() in both_ways("agreements")


def test_a_renamed_organization_has_its_new_name_in_rows_from_cards(db, both_ways):
    one = fill()
    cards.keep_all()
    party = one.agreement.parties.first().organization
    before = both_ways("agreements")
    party.name = "Renamed “\u2028” & Sons"
    party.save()
    assert party.name.encode() in both_ways("agreements")
    assert party.name.encode() not in before


def test_a_day_in_the_past_is_answered_without_cards(db, both_ways, monkeypatch):
    fill()
    cards.keep_all()
    monkeypatch.setattr(cards, "find", None)
    both_ways("agreements", "as_of=2014-06-30")
    with pytest.raises(TypeError):
        both_ways("agreements")


@pytest.mark.django_db(transaction=True)
def test_a_file_shows_one_moment_and_keeps_nobody_from_writing(client):
    """Outside a transaction: rows that change while the file is sent are in it as they were at its start."""
    for number in range(4):
        make_agreement(f"Treaty {number}", slug=f"treaty-{number}")
    from threading import Thread

    from django.db import connections

    def write():
        Agreement.objects.update(title="Changed")
        connections.close_all()

    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("A database in memory has one connection for all.")
    response = client.get(f"{ROOT}agreements/?ordering=title&format=ndjson")
    pieces = iter(response.streaming_content)
    first = next(pieces)
    thread = Thread(target=write)
    thread.start()
    thread.join(20)
    assert not thread.is_alive()
    data = first + b"".join(pieces)
    response.close()
    assert verify(data, "ndjson") == 4
    assert b"Changed" not in data
    assert Agreement.objects.filter(title="Changed").count() == 4


def test_a_public_list_offers_its_own_question_as_a_file(db, client):
    fill()
    page = client.get("/stories/?partner=pa&year=2019&ordering=-title")
    links = dict(page.context["downloads"])
    assert list(links) == ["CSV", "XLSX", "NDJSON"]
    assert 'href="/api/v1/news/?partner=pa&amp;year=2019&amp;ordering=-title&amp;format=csv"' in page.content.decode()
    for format, address in links.items():
        data = client.get(address).getvalue()
        assert slugs_of(data, format.lower()) == [story.slug for story in page.context["records"]]
