"""Every noun's list and record: what is in them, what they cost, and that the OpenAPI description tells the truth."""

import re

import jsonschema
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from api.viewsets.documentation import description
from tests.factories import make_person, make_signature, make_user

from .conftest import ROOT, fill

# A noun -> the statements that a list and a record cost, however many rows there are.
COSTS = {
    "organizations": (2, 3),
    "agreements": (9, 20),
    "projects": (9, 18),
    "funders": (1, 3),
    "contributions": (6, 9),
    "indicators": (3, 5),
    "events": (4, 9),
    "people": (2, 3),
    "news": (4, 15),
    "countries": (2, 2),
    "regions": (1, 3),
}
VERSION = 1  # beside these, one query asks for the data version
CARDS = 2  # a visitor's list: the ids of the page come first, and then the cards that there are of them
PLACES = ("countries", "regions")  # facts, of which there are no cards
TIED = ("agreements", "projects", "events", "news")
NAMES = {
    "organizations": "pa",
    "agreements": "memorandum",
    "projects": "project",
    "funders": "fu",
    "contributions": "project",
    "indicators": "detainees",
    "events": "meeting",
    "people": "ada-signer",
    "news": "story",
    "countries": "niger",
    "regions": "sahel",
}
BRIEF = {"id", "url", "display", "slug"}
PRIVATE = (
    "internal_note",
    "state",
    "created_by",
    "confirmed_by",
    "source_document",
    "source_key",
    "listed_on",
    "email",
    "focal_points",
)


def keys(answer):
    """Every key at any depth."""
    if isinstance(answer, dict):
        yield from answer
        for value in answer.values():
            yield from keys(value)
    elif isinstance(answer, list):
        for value in answer:
            yield from keys(value)


@pytest.mark.parametrize("noun", COSTS)
def test_a_list_costs_the_same_for_one_row_and_for_three(noun, one, ask):
    cost = COSTS[noun][0] + VERSION + (0 if noun in PLACES else CARDS) + (noun in TIED)
    first, alone = asked_again(ask, f"{noun}/")
    fill("1"), fill("2")
    rows, together = asked_again(ask, f"{noun}/")
    assert len(rows.answer["results"]) == 3 * len(first.answer["results"])
    assert (len(alone), len(together)) == (cost, cost)
    assert not any('."body"' in query["sql"] for query in together)


@pytest.mark.parametrize("noun", COSTS)
def test_a_record_costs_the_same_beside_one_and_beside_three(noun, one, ask):
    cost = COSTS[noun][1] + VERSION + (noun not in PLACES)
    _answer, alone = asked_again(ask, f"{noun}/{NAMES[noun]}/")
    fill("1"), fill("2")
    _answer, together = asked_again(ask, f"{noun}/{NAMES[noun]}/")
    assert (len(alone), len(together)) == (cost, cost)
    if noun != "news":
        assert not any('."body"' in query["sql"] for query in together)


def asked_again(ask, path):
    """The second answer, when the process knows the organizations' names, and its queries."""
    ask(path)
    with CaptureQueriesContext(connection) as queries:
        answer = ask(path)
    return answer, queries.captured_queries


def test_a_visitor_costs_no_session_and_gets_no_cookie(one, ask):
    with CaptureQueriesContext(connection) as queries:
        response = ask("agreements/")
    assert not any("session" in query["sql"] for query in queries)
    assert not response.cookies


@pytest.mark.parametrize("noun", NAMES)
def test_a_record_is_found_by_slug_and_lists_link_to_it(noun, one, ask):
    record = ask(f"{noun}/{NAMES[noun]}/").answer
    assert record["slug"] == NAMES[noun]
    assert record["url"] == f"http://testserver{ROOT}{noun}/{NAMES[noun]}/"
    assert record["page_url"].startswith("http://testserver/")
    row = next(row for row in ask(f"{noun}/").answer["results"] if row["id"] == record["id"])
    assert row.keys() <= record.keys()
    assert BRIEF | {"page_url"} <= row.keys()
    assert set(PRIVATE).isdisjoint(keys([row, record]))
    if noun not in ("countries", "regions"):
        assert {"version", "updated_at", "caveat"} <= row.keys()
        assert ask(f"{noun}/{record['id']}/").answer == record


def test_a_list_of_stories_has_no_bodies(one, ask):
    response = ask("news/")
    assert "BODY OF THE STORY" not in response.content.decode()
    assert ask("news/story/").answer["body"] == "<p>BODY OF THE STORY</p>"


def test_a_body_is_cleaned_once_more_when_it_is_shown(one, ask):
    type(one.story).objects.filter(pk=one.story.pk).update(body="<p>Fine</p><script>alert(1)</script>")
    assert ask("news/story/").answer["body"] == "<p>Fine</p>"


def test_dates_are_as_exact_as_they_are_known(one, ask):
    agreement = ask("agreements/memorandum/").answer
    assert agreement["signed_on"] == "2013-05"
    assert agreement["ends_on"] == "2030"
    assert agreement["terminated_on"] is None
    assert agreement["parties"][0]["signatures"][0]["signed_on"] == "../2013-05-20"
    assert ask("projects/project/").answer["ends_on"] == "2019-06-30"


def test_an_agreement_tells_what_follows_from_its_dates(one, ask):
    assert ask("agreements/memorandum/").answer["status"] == "in_force"
    framework = ask("agreements/framework/").answer
    assert (framework["status"], framework["status_label"]) == ("superseded", "superseded")
    assert [brief["slug"] for brief in framework["superseded_by"]] == ["memorandum"]
    assert [brief["slug"] for brief in framework["plans"]] == ["memorandum"]


def test_an_agreement_tells_what_it_says(one, ask):
    agreement = ask("agreements/memorandum/").answer
    assert [party["organization"]["slug"] for party in agreement["parties"]] == ["pa", "un"]
    assert agreement["areas"] == ["Training"]
    assert agreement["commitments"][0]["text"] == "Meet once a year"
    assert agreement["commitments"][0]["responsible"]["slug"] == "un"
    assert agreement["goals"] == [{"number": 16, "title": "Peace, justice and strong institutions"}]
    assert agreement["parent"]["slug"] == "framework"
    assert agreement["countries"][0]["alpha2"] == "NA"
    assert [found["claim"] for found in agreement["evidence"]] == ["signed", "committed", "met"]


def test_a_signature_without_a_public_person_has_none(one, ask):
    hidden = make_person("Hidden Signer", state="draft")
    make_signature(one.agreement, one.unit, person=hidden, capacity="Deputy")
    signature = ask("agreements/memorandum/").answer["parties"][1]["signatures"][0]
    assert (signature["person"], signature["capacity"]) == (None, "Deputy")


def test_money_is_exact_and_shared_amounts_are_marked(one, ask):
    gift = ask("contributions/project/").answer
    assert (gift["amount"], gift["currency"], gift["shared"]) == ("1000000.00", "EUR", True)
    assert [funder["organization"]["slug"] for funder in gift["funders"]] == ["pa", "pa"]
    in_kind = ask("contributions/meeting/").answer
    assert (in_kind["amount"], in_kind["currency"], in_kind["shared"], in_kind["in_kind"]) == (None, "", False, True)


def test_a_project_names_each_funder_once(one, ask):
    project = ask("projects/project/").answer
    assert [funder["slug"] for funder in project["funders"]] == ["fu", "second-fund"]
    indicator = project["indicators"][0]
    assert (indicator["baseline"]["value"], indicator["target"], indicator["actual"]["value"]) == (
        "1600",
        None,
        "842.5",
    )
    assert [found["target"]["type"] for found in project["evidence"]] == ["project", "contribution", "measurement"]


def test_a_measurement_is_proved_at_its_indicators_address(one, ask):
    proof = ask("indicators/detainees/").answer["evidence"][0]
    assert proof["target"]["url"].endswith("/indicators/detainees/")
    assert proof["story"]["slug"] == "story"
    proved = ask("news/story/").answer["evidence"]
    assert [found["target"]["type"] for found in proved] == [
        "agreement",
        "project",
        "contribution",
        "measurement",
        "commitment",
    ]


@pytest.mark.parametrize("code", ["NA", "na", "NAX", "niger"])
def test_a_country_is_found_by_its_codes_and_its_slug(code, one, ask):
    country = ask(f"countries/{code}/").answer
    assert country["names"] == dict.fromkeys(["en", "fr", "es", "ar", "ru", "zh"], "Niger")
    assert [region["slug"] for region in country["regions"]] == ["sahel"]


def test_the_root_lists_everything(one, ask):
    answer = ask("").answer
    assert [*answer] == [*sorted(NAMES, key=[*answer].index), "search", "stats", "changes", "schema", "docs"]
    for word in NAMES:
        assert answer[word] == f"http://testserver{ROOT}{word}/"


def test_head_and_options_answer_without_a_surprise(one, client):
    allowed = {
        "agreements/": "GET, POST, HEAD, OPTIONS",
        "agreements/memorandum/": "GET, PUT, PATCH, DELETE, HEAD, OPTIONS",
        "countries/": "GET, HEAD, OPTIONS",
        "search/?q=story": "GET, HEAD, OPTIONS",
        "": "GET, HEAD, OPTIONS",
    }
    for address, methods in allowed.items():
        head = client.head(ROOT + address)
        assert (head.status_code, head.content) == (200, b"")
        options = client.options(ROOT + address)
        assert (options.status_code, options["Allow"]) == (200, methods)


def test_staff_see_drafts_in_the_same_shape(one, ask, client):
    one.agreement.state = "draft"
    one.agreement.save()
    ask("agreements/memorandum/", 404)
    client.force_login(make_user())
    assert ask("agreements/memorandum/").answer["slug"] == "memorandum"


def schema_of(address):
    """The JSON schema of a 200 answer at this path of the description, with the components that it refers to."""
    body = description()["paths"][address]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    return body | {"components": description()["components"]}


@pytest.mark.parametrize("noun", NAMES)
def test_answers_are_what_the_description_says(noun, one, ask):
    for address, path in ((f"{noun}/", f"{noun}/"), (f"{noun}/{NAMES[noun]}/", f"{noun}/{{slug}}/")):
        schema = strict(schema_of(ROOT + path))
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(
            ask(address, **({"count": "true"} if "slug" not in path else {})).answer
        )


def strict(schema):
    """The same schema, in which what is not described is not allowed."""
    if isinstance(schema, list):
        return [strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    schema = {key: strict(value) for key, value in schema.items()}
    if isinstance(schema.get("properties"), dict) and schema.get("type") == "object":
        schema.setdefault("additionalProperties", False)
    return schema


def test_other_answers_are_what_the_description_says(one, ask):
    jsonschema.validate(ask("").answer, schema_of(ROOT))
    jsonschema.validate(ask("search/", q="story").answer, strict(schema_of(f"{ROOT}search/")))
    problem = description()["components"]["schemas"]["Problem"] | {"components": description()["components"]}
    jsonschema.validate(ask("news/", 400, yaer=2020).answer, strict(problem))
    jsonschema.validate(ask("news/nothing/", 404).answer, strict(problem))


def test_every_parameter_of_a_list_is_described(ask):
    for path, methods in description()["paths"].items():
        for operation in methods.values():
            for parameter in operation.get("parameters", []):
                assert len(parameter["description"]) > 10, (path, parameter)
            assert re.search(r"\w", operation["description"])
