"""The search across all nouns, and the description that the API gives of itself."""

import json

from django.core.management import call_command

from .conftest import ROOT
from .test_answers import NAMES


def test_search_gives_brief_records_of_every_kind(one, ask):
    answer = ask("search/", q="project").answer
    first = answer["results"][0]
    assert (first["type"], first["slug"]) == ("project", "project")
    assert first.keys() == {"type", "id", "url", "display", "slug"}
    assert {"type": "contribution", "slug": "project", "display": "FU + Second fund to Project"}.items() <= next(
        hit for hit in answer["results"] if hit["type"] == "contribution"
    ).items()
    assert answer["counts"]["project"] == 1
    assert len(answer["results"]) == sum(answer["counts"].values())


def test_search_costs_no_more_for_more_hits(one, django_assert_num_queries, ask):
    with django_assert_num_queries(18):
        ask("search/", q="project")


def test_the_description_is_valid_and_complete(capsys):
    call_command("spectacular", "--validate", "--fail-on-warn", "--format", "openapi-json")
    described = json.loads(capsys.readouterr().out)
    assert described["openapi"] == "3.1.0"
    for noun in NAMES:
        operation = described["paths"][f"{ROOT}{noun}/"]["get"]
        names = {parameter["name"] for parameter in operation["parameters"]}
        assert {"partner", "country", "region", "year", "q", "ordering", "cursor", "page_size", "count"} <= names
        assert operation["responses"].keys() == {"200", "400", "401", "403", "405", "406", "503"}
        assert f"`/{noun}/?" in operation["description"]


def test_the_description_and_its_page_are_served_without_inline_code(db, client):
    schema = client.get(f"{ROOT}schema/", headers={"accept": "application/json"})
    assert schema.json()["info"]["title"] == "Concord API"
    page = client.get(f"{ROOT}docs/").content.decode()
    assert "<style" not in page
    assert page.count("<script") == page.count("<script src=") == 3
    assert client.get(f"{ROOT}docs/?script=")["Content-Type"].startswith("application/javascript")
