"""Whatever is sent as a body is answered with 4xx and a way out, and nothing of it is written."""

import pytest

from api.parsers import LARGEST_BODY
from api.writing.nouns import SHAPES
from api.writing.shape import FIXED
from partnerships.models import Organization
from tests.factories import make_organization

from .test_round_trip import ADDRESSES


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("[" * 200_000, "too deeply"),
        ('{"a":' * 200_000, "too deeply"),
        ("[" * 200_000 + "]" * 200_000, "too deeply"),
        ('{"name": ' + "[" * 50 + "]" * 50 + "}", "too deeply"),
        ('{"name": "A\\u0000B"}', "at “name” has a NUL"),
        ('{"name": "\\ud800"}', "half of a character"),
        ('{"names": [{"name": "\\udfff"}]}', "at “names.0.name”"),
        ('{"\\ud800": 1}', "half of a character"),
        ('{"name": NaN}', "NaN is no number"),
        ('{"name": Infinity}', "Infinity"),
        ('{"name": "A", "name": "B"}', "“name” is given twice"),
        ('{"\\ud800": 1, "\\ud800": 2}', "given twice"),
        ('{"name": "A",}', "line 1, column 14"),
        ('{"name":\n "A" "B"}', "line 2, column 6"),
        ('{"name": ' + "9" * 5000 + "}", "4300 digits"),
        (b'{"name": "\xff"}', "byte 10"),
        ("name=A", "line 1, column 1"),
        (b"\xef\xbb\xbf{}", "not JSON"),
    ],
)
def test_bodies_that_are_no_record(body, words, write):
    response = write.post("organizations/", body, 400)
    assert response["Content-Type"] == "application/problem+json"
    assert words in response.answer["detail"]
    assert not Organization.objects.exists()


@pytest.mark.parametrize(
    "value",
    [None, True, 0, 1.5, -1, "x", "", [], {}, [None], [[]], [{}], [True], {"slug": []}, {"id": 9**400}, "9" * 4000],
)
def test_any_value_anywhere_is_answered(value, write):
    """Every field of every noun and of its rows, with what it is not made for."""
    words = {"newsitem": "news", "person": "people"}
    nouns = {words.get(model._meta.model_name, f"{model._meta.model_name}s"): shape for model, shape in SHAPES.items()}
    assert nouns.keys() == ADDRESSES.keys()
    for noun, shape in nouns.items():
        bodies = [dict.fromkeys([*shape.names, *FIXED], value)]
        bodies += [{rows.name: [dict.fromkeys([*rows.names, "id"], value)]} for rows in shape.rows]
        for body in bodies:
            write.post(f"{noun}/", body, 400)


def test_a_body_that_is_too_large(write):
    body = '{"description": "' + "x" * LARGEST_BODY + '"}'
    assert "5 MB" in write.post("organizations/", body, 413).answer["detail"]


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""]
)
def test_a_body_of_another_kind(kind, write):
    response = write.client.generic(
        "POST", "/api/v1/organizations/", "name=A", content_type=kind, headers={"Authorization": write.header}
    )
    assert (response.status_code, response["Content-Type"]) == (415, "application/problem+json")


def test_a_body_that_is_missing(write):
    make_organization("One")
    tag = write.get("organizations/one/")["ETag"]
    for method, address in (("post", ""), ("post", "bulk/"), ("put", "one/"), ("patch", "one/")):
        response = write(method, f"organizations/{address}", None, 400, If_Match=tag)
        assert "Send a body" in response.answer["errors"][0]["message"]


def test_parameters_are_not_ignored_when_writing(write):
    assert write.post("organizations/?publish=true", {"name": "A", "type": "40"}, 400).answer["errors"]
    assert write.post("organizations/?format=csv", {"name": "A", "type": "40"}, 400).answer["errors"]
    make_organization("One")
    for method in ("put", "patch", "delete"):
        assert write(method, "organizations/one/?force=1", {}, 400, If_Match="x").answer["errors"]
    assert write.post("organizations/one/publish/", {"state": "draft"}, 400, If_Match="x").answer["errors"]


def test_text_survives_as_it_was_written(write):
    for name in ("الاتحاد الأوروبي", "איגוד", "👩‍👩‍👧 ZWJ", "e\u0301 NFD", "é NFC", "x" * 255, "a\u202eb", "=1+1"):
        made = write.post("organizations/", {"name": name, "type": "40"}).answer
        assert made["name"] == name
        assert write.get(f"organizations/{made['slug']}/").answer["name"] == name


def test_a_hundred_errors_are_enough(write):
    body = {f"field{number}": number for number in range(5000)}
    assert len(write.post("organizations/", body, 400).answer["errors"]) == 100
    links = {"title": "A", "kind": "mou", "supersedes": ["nothing"] * 300}
    assert len(write.post("agreements/", links, 400).answer["errors"]) == 100
    assert len(write.post("organizations/", {"x" * 2_000_000: 1}, 400).content) < 1500
    assert len(write.post("organizations/", {"type": "x" * 2_000_000}, 400).content) < 1500
