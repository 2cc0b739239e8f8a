"""What GET answers, PUT accepts: unchanged, it writes nothing; copied, it makes the same record again."""

import pytest
from jsonschema import Draft202012Validator, validate
from jsonschema import ValidationError as JSONSchemaError

from api.viewsets.documentation import description
from tests.api.test_answers import NAMES

ADDRESSES = {
    "organizations": "partner",
    "agreements": "agreement",
    "projects": "project",
    "funders": "funder",
    "contributions": "contribution",
    "indicators": "indicator",
    "events": "event",
    "people": "person",
    "news": "story",
}


def test_every_noun_is_here():
    assert {*ADDRESSES} == {*NAMES} - {"countries", "regions"}


def test_an_answer_put_back_writes_nothing(one, write):
    for noun, name in ADDRESSES.items():
        record = getattr(one, name)
        before = write.get(f"{noun}/{record.slug}/")
        histories = type(record).history.count()
        after = write.put(f"{noun}/{record.slug}/", before.answer)
        assert after.answer == before.answer, noun
        assert after["ETag"] == before["ETag"]
        assert type(record).history.count() == histories


# What a record is called, and so cannot be twice.
CALLED = {"organizations": "name", "funders": "name", "indicators": "title"}
NEW = {"id", "url", "page_url", "slug", "version", "updated_at", "display", "state"}
# What points to the original, and not to its copy.
POINTING = {
    "organizations": {"units"},
    "agreements": {"plans", "superseded_by", "evidence", "commitments", "files"},
    "projects": {"components", "contributions", "events", "evidence", "files", "funders", "indicators"},
    "funders": {"contributions"},
    "contributions": {"evidence"},
    "indicators": {"evidence", "measurements", "baseline", "target", "actual"},
    "events": {"contributions", "files"},
    "people": {"signatures"},
    "news": {"versions", "images"},
}


def test_a_copy_of_an_answer_makes_the_same_record_again(one, write):
    for noun, name in ADDRESSES.items():
        answer = write.get(f"{noun}/{getattr(one, name).slug}/").answer
        body = {key: value for key, value in answer.items() if key not in NEW}
        if noun in CALLED:
            body[CALLED[noun]] = "A copy"
        for row in [*body.get("commitments", []), *body.get("measurements", []), *body.get("images", [])]:
            del row["id"]
        made = write.post(f"{noun}/", body)
        left_out = NEW | POINTING[noun] | {CALLED.get(noun)}
        kept = {key: value for key, value in made.answer.items() if key not in left_out}
        assert kept == {key: value for key, value in answer.items() if key not in left_out}, noun
        assert made["Location"] == made.answer["url"]
        assert made["ETag"] == write.get(made.answer["url"].removeprefix("http://testserver"))["ETag"]
        record = type(getattr(one, name)).objects.get(pk=made.answer["id"])
        assert (record.state, record.version) == ("draft", 1)
        latest = record.history.latest()
        assert (latest.history_user.username, latest.history_change_reason) == ("publisher", "API, token report")


def test_the_description_takes_what_answers_give(one, write):
    """Whoever checks bodies against the OpenAPI description may send an answer back as well."""
    components = description()["components"]
    for noun, name in ADDRESSES.items():
        record = getattr(one, name)
        answer = write.get(f"{noun}/{record.slug}/").answer
        for kind in ("Write", "Patch"):
            ref = f"#/components/schemas/{type(record).__name__}{kind}"
            validate(answer, {"$ref": ref, "components": components}, cls=Draft202012Validator)
            with pytest.raises(JSONSchemaError):
                validate(answer | {"titel": "x"}, {"$ref": ref, "components": components}, cls=Draft202012Validator)
