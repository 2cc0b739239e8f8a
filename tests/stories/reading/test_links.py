import pytest

from stories.reading import links
from stories.reading.links import Link


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("The Plan - here;", Link("The Plan")),
        ("The Plan (here).", Link("The Plan")),
        ("The Plan: https://a.example/b.", Link("The Plan", "https://a.example/b")),
        ("The Plan (https://a.example/b_(c))", Link("The Plan", "https://a.example/b_(c)")),
        ("www.a.example/b", Link("a.example/b", "https://www.a.example/b")),
        ("<https://a.example/>", Link("a.example", "https://a.example/")),
        ("here", None),
    ],
)
def test_one_line_of_a_list_of_links(text, link):
    assert links.target(text) == link


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("Further information:", None),
        ("For more information, please e-mail:", None),
        ("Follow the latest news on", None),
        ("Follow us on https://a.example/x", Link("a.example/x", "https://a.example/x")),
        ("For more information, please visit www.a.example.", Link("a.example", "https://www.a.example")),
        ("For more about the clean ports plan", Link("For more about the clean ports plan")),
        ("More information on the plan here", Link("More information on the plan here")),
        ("Read more on the plan: https://a.example", Link("Read more on the plan", "https://a.example")),
    ],
)
def test_a_line_that_leads_to_links(text, link):
    assert links.intro(text).link == link


@pytest.mark.parametrize(
    "text",
    [
        "Further information on the plan was given by the Minister.",
        "For more information, write to port@harbour.example",
        "Links between ports and prosperity",
        "More informed decisions",
    ],
)
def test_prose_and_addresses_of_people_are_no_links(text):
    assert links.intro(text) is None


def test_a_whole_line_that_only_leads_elsewhere():
    assert links.sentence("Web story first published here.") == Link("Web story first published here.")
    assert links.sentence("We met there. All of us were here.") is None
    assert links.sentence("The harbour is clean.") is None


def test_a_last_sentence_that_leads_elsewhere_is_parted_from_its_paragraph():
    assert links.last_sentence("It is clean. More information on the plan here.") == (
        "It is clean.",
        Link("More information on the plan here."),
    )
    assert links.last_sentence("It is clean. We are all here.") is None
