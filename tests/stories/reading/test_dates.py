import datetime

import pytest

from stories.reading.dates import find_days, match_date


def span(text):
    found = match_date(text)
    return (str(found[0].start), str(found[0].end), text[found[1] :]) if found else None


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("14 September 2020", "2020-09-14", "2020-09-14"),
        ("8-9 September 2020", "2020-09-08", "2020-09-09"),
        ("16- 17 January 2020", "2020-01-16", "2020-01-17"),
        ("8 and 9 Sept. 2020", "2020-09-08", "2020-09-09"),
        ("30 July - 2 August 2020", "2020-07-30", "2020-08-02"),
        ("30 December 2019 – 2 January 2020", "2019-12-30", "2020-01-02"),
        ("30 December - 2 January 2021", "2020-12-30", "2021-01-02"),
        ("21st May 2019", "2019-05-21", "2019-05-21"),
        ("21 st of May, 2019", "2019-05-21", "2019-05-21"),
        ("Monday, 14 September 2020", "2020-09-14", "2020-09-14"),
        ("September 14, 2020", "2020-09-14", "2020-09-14"),
        ("September 8-9, 2020", "2020-09-08", "2020-09-09"),
        ("September 30 - October 2, 2020", "2020-09-30", "2020-10-02"),
        ("December 30, 2020 to January 2, 2021", "2020-12-30", "2021-01-02"),
        ("2020-09-14", "2020-09-14", "2020-09-14"),
        ("2020-09-08/2020-09-09", "2020-09-08", "2020-09-09"),
        ("29 February 2020", "2020-02-29", "2020-02-29"),
    ],
)
def test_dates_as_stories_write_them(text, start, end):
    assert span(f"{text}: Title") == (start, end, ": Title")


@pytest.mark.parametrize(
    "text", ["20 years of partnership", "Mayor 2020", "12 Mayors", "03/04/2020", "14 September 20201", "1.5 May", ""]
)
def test_what_is_no_date(text):
    assert span(text) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("31 February 2020", "is not a date of the calendar"),
        ("29 February 2019", "is not a date of the calendar"),
        ("99 May 2020", "is not a date of the calendar"),
        ("2020-13-45", "is not a date of the calendar"),
        ("0 May 0000", "is not a date of the calendar"),
        ("9-8 September 2020", "ends before it begins"),
        ("14 September", "has no year"),
    ],
)
def test_an_impossible_date_is_a_problem_and_no_crash(text, said):
    found, _ = match_date(text)
    assert (found.start, found.end) == (None, None)
    assert f"“{text}” {said}" in found.problem


def test_a_month_is_its_first_and_last_day_and_says_so():
    found, _ = match_date("February 2020")
    assert (found.start, found.end) == (datetime.date(2020, 2, 1), datetime.date(2020, 2, 29))
    assert found.precision == "month"
    assert found.problem


def test_days_in_a_text_are_found_with_their_place_but_ranges_and_months_are_not():
    text = "In May 2019, on 21 st May 2019 and from 3-4 June 2019; the 28 th session was on July 4, 2019."
    assert [(str(found.start), text[at : at + 4]) for found, at in find_days(text)] == [
        ("2019-05-21", "21 s"),
        ("2019-07-04", "July"),
    ]
