"""The questions that the API's description shows are answered on the demo register, and are examples of its parameters."""

import re

import pytest

from api.viewsets.documentation import description
from tests.demo import load_demo

ADDRESS = re.compile(r"`(/\w+/\?[^`<]+)`")


def operations():
    return [methods["get"] for methods in description()["paths"].values() if "get" in methods]


@pytest.mark.django_db
def test_each_is_answered(client):
    load_demo()
    addresses = {address for operation in operations() for address in ADDRESS.findall(operation.get("description", ""))}
    wrong = {}
    for address in addresses:
        response = client.get("/api/v1" + address.replace("since=1200", "since=0"))
        if response.status_code != 200:
            wrong[address] = response.json()
    assert wrong == {}
    assert len(addresses) >= 25


def test_they_are_examples_of_the_parameters():
    projects = next(operation for operation in operations() if operation["operationId"] == "projects_list")
    question = "What does it pay for in Central Asia since 2018, by year?"
    shown = {parameter["name"]: parameter.get("examples", {}) for parameter in projects["parameters"]}
    assert {name: examples[question]["value"] for name, examples in shown.items() if question in examples} == {
        "partner": ["eu"],
        "role": ["funding"],
        "region": ["143"],
        "year_from": 2018,
        "facets": ["year"],
    }
    # A form that is opened asks nothing yet.
    first = [next(iter(examples.values()))["value"] for examples in shown.values() if examples]
    assert {repr(value) for value in first} == {"[]", "''"}
