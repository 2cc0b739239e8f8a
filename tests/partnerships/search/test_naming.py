"""Names that go on as somebody types."""

import pytest

from partnerships.search import named_like
from tests import factories as make

pytestmark = pytest.mark.django_db


def names(text, user=None, **limits):
    return [str(record) for record in named_like(text, user, **limits)]


def test_whole_names_come_first_then_beginnings():
    make.make_agreement("Memorandum with UNODC")
    make.make_organization("UNODC Regional Office", acronym="ROCA")
    make.make_organization("United Nations Office on Drugs and Crime", acronym="UNODC")
    make.make_story("UNODC opens an office")
    assert names("unodc") == [
        "United Nations Office on Drugs and Crime",
        "UNODC Regional Office",
        "Memorandum with UNODC",
    ]
    assert names("uno", limit=1) == ["UNODC Regional Office"]
    assert names("office uno") == ["UNODC Regional Office", "United Nations Office on Drugs and Crime"]
    assert names("office region") == ["UNODC Regional Office"]


@pytest.mark.parametrize("text", ["", "u", "?", "\x00", '"', "xqz"])
def test_too_little_suggests_nothing(text):
    make.make_organization("UNODC")
    assert names(text) == []


def test_drafts_are_suggested_to_nobody_but_the_desk():
    make.make_project("Secret plan", state="draft")
    assert names("secret") == []
    assert names("secret", make.make_user()) == ["Secret plan"]


@pytest.mark.parametrize("rows", [1, 3])
def test_one_statement_for_each_noun(rows, django_assert_num_queries):
    for number in range(rows):
        make.make_organization(f"Harbour {number}")
        make.make_project(f"Harbour {number}")
    with django_assert_num_queries(8):
        named_like("harb", None)
