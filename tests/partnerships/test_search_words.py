"""On PostgreSQL, beginnings are asked for by the words that begin so; what is found stays the same."""

import pytest
from django.db import connection

from partnerships import search
from partnerships.models import Organization
from partnerships.search.storage import MOST_WORDS
from tests.factories import make_organization

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="FTS5 has an index of beginnings of its own"),
]
NAMES = ["Personal Fund", "Person to Person", "Persons Unlimited", "Perso Bank", "联合国", "Fédération d'épargne"]


def found_by(text):
    """Names that the expression finds, and names that the plain tsquery finds."""
    question = search.ask(text)
    plain = "%s::tsquery", [question.tsquery()]
    return tuple(
        set(Organization.objects.filter(pk__in=hits(sql, parameters)).values_list("name", flat=True))
        for sql, parameters in (search.expression(question), plain)
    )


def hits(sql, parameters):
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT object_id FROM search_index WHERE model = %s::integer AND words @@ ({sql})",
            [search.subject_of(Organization).number, *parameters],
        )
        return [pk for (pk,) in cursor.fetchall()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pers", {"Personal Fund", "Person to Person", "Persons Unlimited", "Perso Bank"}),
        ("persons", {"Personal Fund", "Person to Person", "Persons Unlimited"}),
        ("persons ", {"Personal Fund", "Person to Person", "Persons Unlimited"}),
        ("unlimited perso", {"Persons Unlimited"}),
        ("persim", set()),
        ("联", {"联合国"}),
        ("epar", {"Fédération d'épargne"}),
        ('"person to" pers', {"Person to Person"}),
    ],
)
def test_a_beginning_finds_what_it_found(text, expected):
    for name in NAMES:
        make_organization(name)
    assert found_by(text) == (expected, expected)


def test_a_beginning_of_too_many_words_stays_one():
    for number in range(MOST_WORDS + 1):
        make_organization(f"Bureau{number}")
    everything = {f"Bureau{number}" for number in range(MOST_WORDS + 1)}
    assert found_by("bur") == (everything, everything)


def test_the_words_are_those_of_the_index():
    def words_there(word):
        with connection.cursor() as cursor:
            cursor.execute("SELECT word FROM search_word WHERE word LIKE %s", [word])
            return {found for (found,) in cursor.fetchall()}

    one = make_organization("Zanzibar Trust", description="<p>Zeitgeist</p>")
    assert words_there("z%") >= {"zanzibar", "zeitgeist"}
    one.name = "Zodiac Trust"
    one.save()
    assert "zodiac" in words_there("z%")
    assert words_there("·%") | words_there("¶%") | words_there("§%") == set()
