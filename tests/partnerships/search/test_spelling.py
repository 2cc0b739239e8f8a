"""What may have been meant; the same on both databases."""

import pytest

from partnerships.models import OrganizationName
from partnerships.search import corrections, ranked
from partnerships.search.spelling import distance
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("fifa", "fifa", 0),
        ("fiffa", "fifa", 1),
        ("ffia", "fifa", 1),
        ("fata", "fifa", 2),
        ("", "ab", 2),
        ("abcd", "wxyz", 3),
    ],
)
def test_distance(one, other, slips):
    assert distance(one, other, 2) == distance(other, one, 2) == slips


@pytest.fixture
def names():
    fifa = make.make_organization("Fédération Internationale de Football Association", acronym="FIFA")
    OrganizationName.objects.create(organization=fifa, name="ФИФА", language="ru")
    make.make_country("NE", "Niger", "NER")
    make.make_person("Ghada Waly")
    make.make_story("Prison reform", body="<p>They met in Tashkent.</p>")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("fiffa", "fifa"),
        ("ffia", "fifa"),
        ("FIFFA", "FIFA"),
        ("ifa", "fifa"),
        ("gifa", "fifa"),
        ("fifla prison", "fifa prison"),
        ("Fedaration internatonale", "Federation internationale"),
        ("Nigr", "Niger"),
        ("Gada Wali", "Ghada Waly"),
        ("tashkend", "tashkent"),
        ("ФИФФА", "ФИФА"),
        ('"prison refrom"', '"prison reform"'),
        ("prizon, tashkent", "prison, tashkent"),
    ],
)
def test_the_likeliest_comes_first(names, typed, meant):
    assert corrections(typed)[0] == meant


@pytest.mark.parametrize("typed", ["xqzwk", "", "?", "ab", "2019", "联合国", "🙂", "\x00", "' -- %_"])
def test_what_is_like_nothing_has_no_correction(names, typed):
    assert corrections(typed) == []


def test_a_correction_may_be_of_a_draft_and_then_finds_nothing():
    make.make_agreement("Zanzibar memorandum", state="draft")
    assert not any(ranked(text, None).hits for text in corrections("zanzibr"))
    assert ranked(corrections("zanzibr")[0], make.make_user()).hits


def test_one_statement(names, django_assert_num_queries):
    from django.db import connection

    expected = 2 if connection.vendor == "sqlite" else 1  # SQLite makes its view of the index, too
    for text in ("fiffa", "fiffa nigr prizon tashkend"):
        with django_assert_num_queries(expected):
            corrections(text)
