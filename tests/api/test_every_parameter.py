"""Every parameter that the OpenAPI description names is asked at least once, and answers with exactly the right records.

What a noun's own words find is written down in tests/data/questions; what a lookup by suffix finds is worked out here in
plain Python, from the values as people read them.
"""

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from urllib.parse import parse_qsl, quote

import pytest
from django.http import QueryDict
from django.test import TestCase

from api.urls import NOUNS
from api.viewsets.documentation import description
from partnerships.lookups import EmptyFilter, LookupFilter, NegationFilter

from .asking import build
from .conftest import ROOT

QUESTIONS = Path(__file__).parent.parent / "data" / "questions"
# These change the form of an answer, or where it begins; tests of their own say how.
ELSEWHERE = {"cursor", "format", "facets", "fields", "omit", "expand"}
OUTSIDE_THE_FILTERS = {"count", "page_size", "ordering"}


def written(noun):
    return tomllib.loads((QUESTIONS / f"{noun}.toml").read_text())


def documented(noun):
    return [parameter["name"] for parameter in description()["paths"][f"{ROOT}{noun}/"]["get"]["parameters"]]


def names(question):
    return {name for name, _value in parse_qsl(question)}


@pytest.mark.parametrize("noun", NOUNS)
def test_each_parameter_is_asked(noun):
    """And not in vain: at least one of its questions leaves something out."""
    questions, filters = written(noun), NOUNS[noun].filterset_class.base_filters
    asked = {name for question in questions for name in names(question)}
    telling = {name for question, slugs in questions.items() for name in names(question) if slugs != questions[""]}
    computed = {name for name, found in filters.items() if isinstance(found, LookupFilter | NegationFilter)}
    assert set(documented(noun)) - ELSEWHERE - computed - asked == set()
    assert set(documented(noun)) - ELSEWHERE - computed - telling - {"count"} == set()
    assert set(filters) | OUTSIDE_THE_FILTERS <= set(documented(noun)) | {"facets"}


def filters_of(*kinds):
    for noun, viewset in NOUNS.items():
        for name, found in viewset.filterset_class.base_filters.items():
            if isinstance(found, kinds):
                yield noun, name, found


def without(slugs, excluded):
    return " ".join(slug for slug in slugs.split() if slug not in excluded.split())


def days(word):
    """The first and the last day of `2013`, `2013-02` or `2013-02-28`."""
    year, month, day = ([int(part) for part in word.split("-")] + [0, 0])[:3]
    if day:
        return date(year, month, day), date(year, month, day)
    following = date(year + 1, 1, 1) if not month or month == 12 else date(year, month + 1, 1)
    return date(year, month or 1, 1), date.fromordinal(following.toordinal() - 1)


class Plain:
    """What the lookups of one kind of value mean. `value(record)` is None or "" where the record says nothing."""

    def __init__(self, value):
        self.value = value

    def words(self, values):
        """The values to be asked for."""
        return {str(value) for value in values if value not in (None, "")}

    def is_(self, value, word):
        return value is not None and str(value) == word

    def n(self, value, word):
        return not self.is_(value, word)

    def empty(self, value, word):
        return (value in (None, "")) == (word == "true")


class Words(Plain):
    def words(self, values):
        return (
            super().words(values)
            | {value[1:5].upper() for value in values if value}
            | {v[:3].upper() for v in values if v}
        )

    def ic(self, value, word):
        return word.casefold() in (value or "").casefold()

    def isw(self, value, word):
        return (value or "").casefold().startswith(word.casefold())


class Codes(Plain):
    def words(self, values):
        return super().words(values) | {value.swapcase() for value in values if value}

    def is_(self, value, word):
        return (value or "").casefold() == word.casefold()


class Numbers(Plain):
    def is_(self, value, word):
        return value is not None and value == Decimal(word)

    def gte(self, value, word):
        return value is not None and value >= Decimal(word)

    def lte(self, value, word):
        return value is not None and value <= Decimal(word)


class Dates(Plain):
    """Values are pairs: the date as people read it, and the day that it is kept as."""

    def words(self, values):
        written = {text.removeprefix("../") for text, _day in filter(None, values)}
        return {word[:length] for word in written for length in (4, 7, 10) if len(word) >= length}

    def is_(self, value, word):
        return value is not None and value[0].startswith(word)

    def gte(self, value, word):
        return value is not None and value[1] >= days(word)[0]

    def lte(self, value, word):
        return value is not None and value[1] <= days(word)[1]


class Moments(Plain):
    def words(self, values):
        return (
            {"2020-05", "2020-05-21", "2020-05-22", "2020-05-21T10:30:00Z", "2020-05-21T12:30:01+02:00"}
            if values
            else set()
        )

    def gte(self, value, word):
        earlier = {"2020-05", "2020-05-21", "2020-05-21T10:30:00Z"}
        return value.year == 2022 or word in earlier

    def lte(self, value, word):
        return value.year == 2020


def oracle(name, lookup):
    """How this noun's values are read and compared, without a database."""
    column = lookup.column or name
    match type(lookup).__name__:
        case "Date":
            return Dates(
                lambda one: (value := getattr(one, name.removesuffix("_on"))) and (value.isoformat(), value.day)
            )
        case "Day":
            return Dates(lambda one: (value := getattr(one, name)) and (value.isoformat(), value))
        case "Moment":
            return Moments(lambda one: getattr(one, name))
        case kind:
            return {"Text": Words, "Code": Codes, "Number": Numbers, "Id": Plain}[kind](
                lambda one: getattr(one, column)
            )


class QuestionsTest(TestCase):
    """A TestCase, so that one register serves all questions. Each test gathers what is wrong before it complains."""

    @classmethod
    def setUpTestData(cls):
        build()

    def answer(self, noun, question):
        response = self.client.get(f"{ROOT}{noun}/?{question}")
        assert response.status_code == 200, (noun, question, response.content[:500])
        return " ".join(row["slug"] for row in response.json()["results"])

    def found(self, noun, question):
        """The same from the FilterSet that the endpoint asks, without writing hundreds of answers."""
        model = NOUNS[noun].model
        filterset = NOUNS[noun].filterset_class(QueryDict(question), model.objects.visible_to(None))
        assert filterset.is_valid(), (noun, question, filterset.errors)
        return " ".join(filterset.qs.values_list("slug", flat=True))

    def test_each_written_question_has_its_answer(self):
        expected = {(noun, question): slugs for noun in NOUNS for question, slugs in written(noun).items()}
        assert {asked: self.answer(*asked) for asked in expected} == expected

    def test_not_is_the_rest(self):
        """`country__n=NE` finds what `country=NE` does not; `parent__empty=false` what `parent__empty=true` does not."""
        expected = {}
        for noun, name, found in filters_of(NegationFilter, EmptyFilter):
            base, questions, before = getattr(found, "base", None) and found.of, written(noun), len(expected)
            for question, slugs in questions.items():
                if names(question) == {base or name}:
                    turned = question.replace(f"{base}=", f"{name}=") if base else f"{name}=false"
                    expected[noun, turned] = without(questions[""], slugs)
            assert len(expected) > before, f"{noun} are not asked for {base or name} alone"
        assert {asked: self.found(*asked) for asked in expected} == expected

    def test_lookups_find_what_plain_python_finds(self):
        """Each lookup with the word that tells most: the one whose answer is nearest to half of all records."""
        expected, idle = {}, set()
        for noun, name, found in filters_of(LookupFilter):
            everything = written(noun)[""].split()
            records = {record.slug: record for record in NOUNS[noun].model.objects.filter(slug__in=everything)}
            plain = oracle(found.of, found.lookup)
            values = {slug: plain.value(records[slug]) for slug in everything}
            words = {"true", "false"} if found.suffix == "empty" else plain.words(values.values())
            matches = getattr(plain, found.suffix or "is_")
            answers = {word: " ".join(slug for slug in everything if matches(values[slug], word)) for word in words}
            word = min(sorted(answers), key=lambda word: abs(len(everything) / 2 - len(answers[word].split())))
            expected[noun, f"{name}={quote(word)}"] = answers[word]
            if answers[word] in ("", written(noun)[""]):
                idle.add((noun, name))
        assert {asked: self.found(*asked) for asked in expected} == expected
        assert idle == set()
