"""A list with commas and the same list with its parameter repeated are one question."""

from api.commas import COMMA_LISTS
from api.viewsets.documentation import description

ONE_QUESTION = [
    ("agreements/?ordering=kind,-date", "agreements/?ordering=kind&ordering=-date"),
    ("agreements/?facets=kind,year&page_size=1", "agreements/?facets=kind&facets=year&page_size=1"),
    ("agreements/?fields=slug,title&omit=slug", "agreements/?fields=slug&fields=title&omit=slug&omit="),
    ("projects/project/?expand=parent,agreements", "projects/project/?expand=parent&expand=agreements"),
    ("stats/?of=projects&group_by=year,country", "stats/?of=projects&group_by=year&group_by=country"),
    ("agreements/?ordering=kind,-date&format=csv", "agreements/?ordering=kind&ordering=-date&format=csv"),
]


def test_both_are_answered_alike(one, client):
    answers = [[client.get(f"/api/v1/{address}") for address in pair] for pair in ONE_QUESTION]
    assert {answer.status_code for pair in answers for answer in pair} == {200}
    for commas, repeated in answers:
        assert b"".join(commas) == b"".join(repeated)


def test_a_wrong_word_is_refused_in_either(one, ask):
    for address in ("agreements/?ordering=date&ordering=tilte", "agreements/?fields=tilte&fields=id"):
        errors = ask(f"/api/v1/{address}", 400).answer["errors"]
        assert [error["suggestion"] for error in errors] == ["title"], address


def test_these_are_the_parameters_described_with_commas():
    described = {
        parameter["name"]
        for methods in description()["paths"].values()
        for operation in methods.values()
        for parameter in operation.get("parameters", ())
        if parameter.get("explode") is False
    }
    assert described == {*COMMA_LISTS}
