"""Typing errors are answered with what was probably meant, and nothing that anybody sends is a fault of ours."""

import json
import string
from urllib.parse import quote

import pytest
from django.db import OperationalError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partnerships.models import Agreement
from tests.factories import make_agreement, make_country, make_organization

from .conftest import ROOT
from .test_answers import NAMES

MEDIA_TYPE = "application/problem+json"


def test_a_problem_document_looks_like_this(db, ask):
    response = ask("news/", 400, yaer="2020")
    assert response["Content-Type"] == MEDIA_TYPE
    assert response.answer == {
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "detail": "The question cannot be answered as it was asked. Each error names its parameter.",
        "instance": "/api/v1/news/",
        "errors": [
            {
                "parameter": "yaer",
                "message": "There is no parameter “yaer”. Did you mean “year”?",
                "suggestion": "year",
            }
        ],
    }


@pytest.mark.parametrize(
    ("question", "parameter", "suggestion"),
    [
        ("agreements/?partner=brulu", "partner", "brulo"),
        ("agreements/?partner_all=brulu", "partner_all", "brulo"),
        ("agreements/?partnr=brulo", "partnr", "partner"),
        ("agreements/?kind=mous", "kind", "mou"),
        ("agreements/?kind=Memorandum of understandin", "kind", "mou"),
        ("agreements/?status=inforce", "status", "in_force"),
        ("agreements/?ordering=titel", "ordering", "title"),
        ("agreements/?ordering=title,-dat", "ordering", "date"),
        ("agreements/?parent=memorandun", "parent", "memorandum"),
        ("agreements/?country=Nigger", "country", "NE"),
        ("agreements/?year=20", "year", None),
        ("agreements/?year=2019-01", "year", None),
        ("agreements/?year=０２０１９", "year", None),
        ("agreements/?year_from=2018&year_from=2019", "year_from", None),
        ("agreements/?year_from=2019&year_to=2018", "year_to", None),
        ("agreements/?sdg=18", "sdg", None),
        ("agreements/?partner_exact=maybe", "partner_exact", None),
        ("agreements/?count=maybe", "count", None),
        ("agreements/?count=true&count=true", "count", None),
        ("agreements/?q=a&q=b", "q", None),
        ("agreements/?ordering=" + "title,date," * 26, "ordering", None),
        ("agreements/?format=jsn", "format", "json"),
        ("agreements/?created_by__password__startswith=a", "created_by__password__startswith", None),
        ("agreements/?ordering=created_by__password", "ordering", None),
        ("projects/?role=funding", "role", None),
        ("projects/?partner=brulo&role=founding", "role", "funding"),
        ("news/?original=ture", "original", None),
        ("agreements/memorandum/?expnd=parties", "expnd", "expand"),
        ("agreements/memorandum/?q=a", "q", None),
        ("search/?q=a&typ=news", "typ", None),
        ("search/?qq=a", "qq", "q"),
        ("search/", "q", None),
        ("search/?q=%20", "q", None),
        ("?yaer=2020", "yaer", None),
        ("schema/?lang=fr", "lang", None),
        ("docs/?lang=fr", "lang", None),
    ],
)
def test_typing_errors(question, parameter, suggestion, db, client):
    make_organization("Brussels Liaison Office", acronym="BRULO")
    make_agreement("Memorandum")
    make_country("NE", "Niger", alpha3="NER")
    response = client.get(ROOT + question)
    assert (response.status_code, response["Content-Type"]) == (400, MEDIA_TYPE)
    errors = response.json()["errors"]
    assert [error["parameter"] for error in errors] == [parameter]
    assert errors[0]["suggestion"] == suggestion
    assert errors[0]["message"].endswith("?" if suggestion else (".",))


def test_every_wrong_parameter_is_listed_at_once(db, ask):
    errors = ask("agreements/", 400, yaer="2020", kind=["mou", "x"], country="Atlantis").answer["errors"]
    assert {error["parameter"] for error in errors} == {"yaer", "kind", "country"}


@pytest.mark.parametrize(
    "address", ["agreements/nothing/", "agreements/99/", "nothing/", "agreements/a/b/", "a/b/c/d/", "countries/XX/"]
)
def test_nothing_there(address, db, ask):
    response = ask(address, 404)
    assert response["Content-Type"] == MEDIA_TYPE
    assert response.answer["detail"] == "There is nothing at this address."
    assert response.answer["instance"] == ROOT + address


def test_a_forgotten_slash_is_put_right(db, client):
    response = client.get("/api/v1/agreements?kind=mou")
    assert (response.status_code, response["Location"]) == (301, "/api/v1/agreements/?kind=mou")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("address", ["", "search/", "countries/", "countries/NE/"])
def test_writing_is_not_possible_here(method, address, db, client):
    make_agreement("Memorandum")
    response = getattr(client, method)(ROOT + address, "{}", content_type="application/json")
    assert (response.status_code, response["Content-Type"]) == (405, MEDIA_TYPE)
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert Agreement.objects.get().title == "Memorandum"


def test_a_format_that_there_is_not(db, client):
    response = client.get(f"{ROOT}agreements/", headers={"accept": "application/pdf"})
    assert (response.status_code, response["Content-Type"]) == (406, MEDIA_TYPE)
    assert client.get(f"{ROOT}agreements/?format=json").status_code == 200


def test_a_database_that_is_away(db, client, monkeypatch):
    def away(*args):
        raise OperationalError("connection refused by 10.0.0.1")

    monkeypatch.setattr(Agreement.objects.__class__, "visible_to", away, raising=False)
    response = client.get(f"{ROOT}agreements/")
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert "10.0.0.1" not in response.content.decode()


HOSTILE = [
    "%00",
    "%ff%fe",
    "%ED%A0%80",
    "%F0%9F%92%A9",
    "9" * 4000,
    "-1",
    "1e400",
    "NaN",
    "٣",
    "²",
    "' OR 1=1 --",
    '"; DROP TABLE x',
    "%25",
    "_",
    "*",
    '"',
    "NEAR(",
    "a" * 8000,
    "../../etc/passwd",
    "{{7*7}}",
    "%E2%80%AE",
    "[]",
    "null",
]


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_values_are_answered(value, db, client):
    make_agreement("Memorandum")
    value = value if "%" in value else quote(value)
    for noun in NAMES:
        for name in ("q", "partner", "country", "region", "year", "ordering", "cursor", "page_size", "x"):
            assert client.get(f"{ROOT}{noun}/?{name}={value}").status_code in (200, 400)
        assert client.get(f"{ROOT}{noun}/?{value}").status_code in (200, 400)
        assert client.get(f"{ROOT}{noun}/{value}/").status_code in (400, 404)
    assert client.get(f"{ROOT}search/?q={value}").status_code in (200, 400)


def test_a_thousand_parameters_are_too_many(db, client):
    response = client.get(f"{ROOT}agreements/?" + "&".join(f"a{number}=1" for number in range(1500)))
    assert (response.status_code, response["Content-Type"]) == (400, MEDIA_TYPE)


words = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30),
    st.text(alphabet=string.printable, max_size=30),
    st.sampled_from(["true", "2019", "fifa", "NE", "-date", "title", "mou", "99999999999999999999"]),
)
names = st.one_of(
    words,
    st.sampled_from(
        [
            "q",
            "partner",
            "partner_all",
            "country",
            "region",
            "year",
            "year_from",
            "year_to",
            "role",
            "cursor",
            "count",
            "page_size",
            "ordering",
            "kind",
            "status",
            "sdg",
            "parent",
            "format",
            "in_kind",
            "currency",
            "language",
        ]
    ),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(noun=st.sampled_from(sorted(NAMES)), pairs=st.lists(st.tuples(names, words), max_size=5))
def test_no_question_is_a_fault_of_ours(noun, pairs, db, client):
    query = "&".join(f"{quote(name)}={quote(value)}" for name, value in pairs)
    response = client.get(f"{ROOT}{noun}/?{query}")
    assert response.status_code in (200, 400)
    json.loads(response.content)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(noun=st.sampled_from([*sorted(NAMES), "search", "x"]), raw=st.binary(max_size=40))
def test_no_bytes_are_a_fault_of_ours(noun, raw, db, client):
    address = "".join(f"%{byte:02x}" for byte in raw)
    assert client.get(f"{ROOT}{noun}/{address}/").status_code in (200, 301, 400, 404)
    assert client.get(f"{ROOT}{noun}/", QUERY_STRING=raw.decode("latin-1")).status_code in (200, 400, 404)
