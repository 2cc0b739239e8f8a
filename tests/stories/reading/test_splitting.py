from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stories.reading.links import Link
from stories.reading.readers import Block, read, read_file, unparse
from stories.reading.splitting import split

DATA = Path(__file__).parents[2] / "data"


def items(text):
    return split(read(text.encode(), "f")).items


def dates(item):
    return tuple(day and day.isoformat() for day in (item.start, item.end))


@pytest.fixture(scope="module")
def listing():
    return split(read_file(DATA / "listing.txt")[1])


def test_each_dated_heading_opens_an_item(listing):
    assert [(item.title, *dates(item), item.line, item.last_line) for item in listing.items] == [
        ("The Harbour Trust and MOTEC sign a memorandum on clean ports", "2031-03-03", "2031-03-03", 6, 18),
        ("Pilots meet in Portville", None, None, 21, 27),
        ("A day that is not in the calendar", None, None, 30, 38),
        ("Ships wait at sea", "2030-12-30", "2031-01-02", 41, 43),
    ]


def test_the_text_becomes_paragraphs_and_lists_and_is_escaped(listing):
    assert listing.items[0].body == (
        "<p>The Harbour Trust and the Maritime Office for Technology (MOTEC) signed a memorandum on Tuesday. "
        "It covers:</p>\n"
        "<ul><li>shore power in &lt;three&gt; ports;</li>\n"
        "<li>training for 40 pilots &amp; crews.</li></ul>\n"
        "<p>With this step, both sides go on.</p>"
    )


def test_credits_and_captions_are_lifted(listing):
    credits = [[(c.written, c.caption) for c in item.image_credits] for item in listing.items]
    assert credits == [
        [("Photo © MOTEC", ""), ("IMAGE HaT", "Ana Lima, Director of MOTEC")],
        [("Photo © Port of the Sea", "")],
        [],
        [],
    ]


def test_links_are_lifted_and_empty_ones_dropped(listing):
    assert [item.links for item in listing.items] == [
        (
            Link("More information on the clean ports plan here"),
            Link("The clean ports plan"),
            Link("The Harbour Trust", "https://harbour.example/trust"),
        ),
        (Link("Web story originally published here."),),
        (Link("The tide tables"), Link("The harbour atlas")),
        (),
    ]


def test_what_cannot_be_read_is_named_with_its_line(listing):
    assert [(problem.line, problem.message) for item in listing.items for problem in item.problems] == [
        (21, "“28-29 February 2031” is not a date of the calendar; the item is left without a date"),
        (27, "nothing follows “Follow the latest news on”; it is left out"),
        (30, "“31 April 2031” is not a date of the calendar; the item is left without a date"),
        (43, "something is missing after “address (”; the text is kept as it is"),
    ]


def test_what_stands_around_the_items_is_in_none_of_them(listing):
    assert listing.title == "Harbour news"
    assert [(problem.line, problem.message) for problem in listing.problems] == [
        (1, "“Harbour news A few stories from our harbours.” stands before the first dated heading; it is in no item"),
        (46, "“See our 2030 stories here.” leads away from the document; it is in no item"),
    ]


def test_a_story_without_a_dated_heading_takes_its_date_from_the_text():
    [item] = split(read_file(DATA / "single.txt")[1]).items
    assert item.title == "10 years of clean water: two agencies renew their plan"
    assert dates(item) == ("2032-06-04", "2032-06-04")
    assert item.links == (Link("The Water Plan"),)
    assert [(p.line, p.message) for p in item.problems] == [
        (5, "the heading has no date; “4 th June 2032” was taken from the text: check it")
    ]


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Title\n\nPortville, 4 June 2032 – It rained.\n\nOn 5 June 2032 it stopped.", "2032-06-04"),
        ("Title\n\n4 June 2032\n\nIt rained.", "2032-06-04"),
        ("Title\n\nThe meeting of 4 June 2032 was short.", "2032-06-04"),
        ("Title\n\nThe meeting of 4 June 2032 came after that of 3 May 2032.", None),
        ("Title\n\nIt rained.", None),
    ],
)
def test_where_a_date_is_looked_for(text, start):
    [item] = items(text)
    assert dates(item) == (start, start)
    assert item.problems


def test_a_paragraph_that_begins_with_a_date_is_no_heading():
    text = "Title\n\n4 June 2032 – It rained. The council met. All went home."
    assert [item.title for item in items(text)] == ["Title"]


def test_a_heading_without_text_is_said():
    [item] = items("4 June 2032: Title")
    assert (item.body, item.problems[0].line) == ("", 1)
    assert "no text" in item.problems[0].message


def test_an_address_in_the_text_stays_there_and_becomes_a_link():
    [item] = items("4 June 2032: Title\n\nThe plan (https://a.example/plan) was read. It is long.")
    assert "https://a.example/plan" in item.body
    assert item.links == (Link("a.example/plan", "https://a.example/plan"),)


def test_a_caption_without_a_credit_is_lifted_and_said():
    [item] = items("4 June 2032: Title\n\nAna Lima, Mayor of PortvilleWith the mayor, all went home.")
    assert item.captions == ("Ana Lima, Mayor of Portville",)
    assert item.body == "<p>With the mayor, all went home.</p>"
    assert item.problems[0].line == 3


def test_no_blocks_make_no_items():
    assert split(()).items == ()
    assert split((Block("break", "", 1),)).items == ()


# Pieces that the rules look at, so that random texts meet them together.
PIECES = st.one_of(
    st.sampled_from(["8-9 May 2020: A", "31 February 2020: B", "Further information:", "• x - here", "", "", "here"]),
    st.sampled_from(
        ["Image © ACMEThe day", "© ", "IMAGE ", "www.a.b", "https://", "On 3 May 2020", "More on it here."]
    ),
    st.text(max_size=40),
)


@settings(deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=12))
def test_any_text_is_split_and_splits_the_same_when_written_out_again(pieces):
    blocks = read(("A\n" + "\n".join(pieces)).replace("\x00", "").encode(), "f")
    first = split(blocks)
    again = split(read(unparse(blocks).encode(), "f"))

    def told(reading):
        return [(item.title, item.start, item.end, item.body, item.image_credits, item.links) for item in reading.items]

    assert first.items
    assert told(first) == told(again)
