"""Each word that the description offers, with a letter missing or two in the wrong order, is refused and put right."""

from urllib.parse import urlencode

import pytest

from api.urls import NOUNS
from api.viewsets.documentation import description

from .conftest import ROOT

pytestmark = pytest.mark.django_db  # an answer's ETag asks for the data version, whatever the question


def misspelt(word):
    """The word without a letter in its middle, and with the two letters there the other way round."""
    middle = len(word) // 2
    return {
        word[:middle] + word[middle + 1 :],
        word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :],
    } - {word}


def parameters(noun):
    return description()["paths"][f"{ROOT}{noun}/"]["get"]["parameters"]


def errors(client, noun, question):
    response = client.get(f"{ROOT}{noun}/?{urlencode(question)}")
    assert response.status_code == 400, (noun, question)
    return {error["parameter"]: error["suggestion"] for error in response.json()["errors"]}


@pytest.mark.parametrize("noun", NOUNS)
def test_each_parameter_is_put_right(noun, client):
    names = [parameter["name"] for parameter in parameters(noun)]
    expected = {
        wrong: name
        for name in names
        if len(name) > 2
        for wrong in misspelt(name) - set(names)
        # “isl_ldc” may be is_ldc as well as is_lldc.
        if not {wrong[:place] + wrong[place + 1 :] for place in range(len(wrong))} & set(names) - {name}
    }
    assert errors(client, noun, dict.fromkeys(expected, "1")) == expected


@pytest.mark.parametrize("noun", NOUNS)
def test_each_value_of_a_fixed_list_is_put_right(noun, client):
    wrong_answers, asked = {}, 0
    for parameter in parameters(noun):
        values = parameter["schema"].get("items", {}).get("enum", [])
        for value in values:
            word = value.removeprefix("-")
            if len(word) < 4 or value.startswith("-"):
                continue  # codes of two digits are all alike
            for wrong in misspelt(word) - set(values):
                asked += 1
                found = errors(client, noun, [(parameter["name"], wrong)])
                if found != {parameter["name"]: word}:
                    wrong_answers[parameter["name"], wrong] = found
    assert wrong_answers == {}
    assert asked
