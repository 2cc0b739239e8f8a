"""Pages by key: complete and without repetition, in every order, while rows come and go."""

import base64
import json
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.signing import Signer

from partnerships.models import Agreement
from tests.factories import make_agreement

ORDERINGS = ["", "date", "-date", "title", "-title", "kind,-title", "-kind,date", "updated", "-created,kind,title"]
KINDS = ["mou", "letters", "framework"]


@pytest.fixture
def eleven(db):
    """Eleven agreements with many equal dates, kinds and titles, two of them without a date."""
    for number in range(11):
        make_agreement(
            f"Agreement {number % 4}",
            kind=KINDS[number % 3],
            signed=["2015", "2016-03", "2016-03-01", ""][number % 4],
            slug=f"a{number}",
        )


def local(address):
    return address.removeprefix("http://testserver")


def walk(ask, address, step="next", **parameters):
    """The slugs of every page from here on."""
    page = ask(address, **parameters).answer
    pages = [[row["slug"] for row in page["results"]]]
    while page[step]:
        page = ask(local(page[step])).answer
        pages.append([row["slug"] for row in page["results"]])
    return pages


@pytest.mark.parametrize("ordering", ORDERINGS)
@pytest.mark.parametrize("size", [1, 3, 11, 100])
def test_pages_together_are_the_list(ordering, size, eleven, ask):
    whole = [row["slug"] for row in ask("agreements/", ordering=ordering).answer["results"]]
    pages = walk(ask, "agreements/", ordering=ordering, page_size=size)
    assert [slug for page in pages for slug in page] == whole
    assert len(whole) == 11
    assert all(len(page) == size for page in pages[:-1])


@pytest.mark.parametrize("ordering", ORDERINGS)
def test_the_way_back_is_the_way_there(ordering, eleven, ask):
    page = ask("agreements/", ordering=ordering, page_size=3).answer
    assert page["previous"] is None
    there = [page]
    while page["next"]:
        page = ask(local(page["next"])).answer
        there.append(page)
    back = [page]
    while page["previous"]:
        page = ask(local(page["previous"])).answer
        back.append(page)
    assert [page["results"] for page in reversed(back)] == [page["results"] for page in there]
    assert page["previous"] is None
    assert [row["slug"] for row in ask(local(page["next"])).answer["results"]] == [
        row["slug"] for row in there[1]["results"]
    ]


@pytest.mark.parametrize("ordering", ORDERINGS)
def test_rows_that_come_and_go_between_pages_disturb_nobody(ordering, eleven, ask):
    """Whatever stays is given exactly once, even if the row that a cursor points at is gone."""
    page = ask("agreements/", ordering=ordering, page_size=2).answer
    seen, gone, number = [row["slug"] for row in page["results"]], set(), 0
    while page["next"]:
        # The last row that was given goes, and so does one that is still to come; others come at both ends.
        Agreement.objects.filter(slug=seen[-1]).delete()
        coming = Agreement.objects.exclude(slug__in=seen).filter(slug__startswith="a").order_by("pk").last()
        if coming and number % 2:
            gone.add(coming.slug)
            coming.delete()
        # (Not for ever: in the order of creation there would always be another page.)
        for signed in ("1990", "2016-03", "2030") if number < 5 else ():
            make_agreement(
                f"Agreement {number % 5}", kind=KINDS[number % 3], signed=signed, slug=f"new{number}-{signed}"
            )
        number += 1
        page = ask(local(page["next"])).answer
        seen += [row["slug"] for row in page["results"]]
    assert len(seen) == len(set(seen))
    assert {f"a{number}" for number in range(11)} - gone <= set(seen)


def test_a_page_that_has_become_empty_still_leads_back(eleven, ask):
    page = ask("agreements/", page_size=10).answer
    last = ask(local(page["next"])).answer
    Agreement.objects.filter(slug=last["results"][0]["slug"]).delete()
    empty = ask(local(page["next"])).answer
    assert (empty["results"], empty["next"]) == ([], None)
    back = ask(local(empty["previous"])).answer
    assert (back["results"], back["next"], back["previous"]) == (page["results"], None, None)


def test_a_first_page_that_has_become_empty_leads_forward(eleven, ask):
    first = ask("agreements/", page_size=1).answer
    second = ask(local(first["next"])).answer
    Agreement.objects.filter(slug=first["results"][0]["slug"]).delete()
    empty = ask(local(second["previous"])).answer
    assert (empty["results"], empty["previous"]) == ([], None)
    assert ask(local(empty["next"])).answer["results"] == second["results"]


def test_links_repeat_the_question(eleven, ask):
    page = ask("agreements/", kind=["mou", "letters"], ordering="-title", page_size=2, count="true").answer
    asked = parse_qs(urlsplit(page["next"]).query)
    assert asked.pop("cursor")
    assert asked == {"kind": ["mou", "letters"], "ordering": ["-title"], "page_size": ["2"], "count": ["true"]}


def test_an_empty_list_has_one_page(db, ask):
    answer = ask("agreements/", count="true").answer
    assert answer.pop("citation")["data_version"] == "0"
    assert answer == {"next": None, "previous": None, "count": 0, "results": []}


@pytest.mark.parametrize("size", ["0", "101", "-1", "abc", "1e9", "٣", "9" * 4000, "2.5"])
def test_impossible_sizes_are_refused(size, db, ask):
    error = ask("agreements/", 400, page_size=size).answer["errors"]
    assert error == [{"parameter": "page_size", "message": "A page has between 1 and 100 rows.", "suggestion": None}]


def cursor_of(page):
    return parse_qs(urlsplit(page["next"]).query)["cursor"][0]


def test_damaged_and_foreign_cursors_are_refused(eleven, ask):
    cursor = cursor_of(ask("agreements/", page_size=2).answer)
    by_title = cursor_of(ask("agreements/", page_size=2, ordering="title").answer)
    keys, _, signature = cursor.partition(".")
    forged = base64.urlsafe_b64encode(json.dumps([["2016-01-01", 10**4000], False]).encode()).decode().rstrip("=")
    for wrong in (
        "x",
        cursor[:-1],
        cursor + "x",
        "A" + cursor[1:],
        keys,
        f".{signature}",
        f"{forged}.{signature}",
        by_title,
        "\0",
        "é" * 500,
        "x" * 8000,
    ):
        error = ask("agreements/", 400, cursor=wrong).answer["errors"][0]
        assert error["parameter"] == "cursor"
        assert "Start from the first page" in error["message"]
    ask("agreements/", 400, cursor=cursor, ordering="title")
    ask("projects/", 400, cursor=cursor)
    ask("agreements/", cursor=cursor, page_size=5)


@pytest.mark.parametrize(
    "keys",
    [[], ["x", "y"], [[None, None], False], [1], {"a": 1}, "ab", [["2016-01-01"], False], [["2016-01-01", "x"], False]],
)
def test_even_a_signed_cursor_is_read_with_care(keys, eleven, ask):
    """As after a change of the code that left old cursors behind."""
    signer = Signer(salt="api.cursor partnerships.Agreement -listed_on -pk", sep=".")
    ask("agreements/", 400, cursor=signer.sign_object(keys))


def test_paging_parameters_are_given_once(eleven, ask):
    for name, value in (("cursor", "x"), ("page_size", "5"), ("count", "true")):
        errors = ask("agreements/", 400, **{name: [value, value]}).answer["errors"]
        assert [error["parameter"] for error in errors] == [name]
