"""The real questions in a view's docstring, as examples of its parameters in the OpenAPI description.

A question is a line such as: - What has been signed with FIFA? `/agreements/?partner=fifa`
"""

import re

from django.http import QueryDict

QUESTION = re.compile(r"^- (.+?)\s+`/\w+/\?(.+)`$", re.MULTILINE)
READ = {"integer": int, "boolean": lambda word: word == "true"}
# The first example is what a form begins with: it begins with no question at all.
NOTHING = {"array": [], "boolean": None}


def with_examples(parameters, text):
    """The parameters, each with what the questions of the text ask of it."""
    questions = [(words, QueryDict(query)) for words, query in QUESTION.findall(text or "")]
    return [parameter | examples(parameter, questions) for parameter in parameters]


def examples(parameter, questions):
    found = {words: {"value": value(parameter, asked)} for words, asked in questions if parameter["name"] in asked}
    nothing = NOTHING.get(parameter["schema"].get("type"), "")
    return {"examples": {"–": {"value": nothing}} | found} if found else {}


def value(parameter, asked):
    """What a question says of a parameter, as its schema types it."""
    name, schema = parameter["name"], parameter["schema"]
    if schema.get("type") != "array":
        return READ.get(schema.get("type"), str)(asked[name])
    words = asked.getlist(name) if parameter.get("explode", True) else asked[name].split(",")
    return [READ.get(schema["items"].get("type"), str)(word) for word in words]
