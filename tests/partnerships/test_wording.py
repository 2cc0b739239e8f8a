"""Sentences about dates and money: exact, and honest about what nobody knows."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from partnerships import money
from partnerships.charts.bars import share, year_bars
from partnerships.dates import PartialDate
from partnerships.models import Agreement, Event, Project
from partnerships.wording import agreement_status, event_status, project_status, span, when

TODAY = date(2024, 6, 1)


def told(teller, model, **dates):
    record = model(pk=1)
    record._prefetched_objects_cache = {"superseded_by": []}
    for name, value in dates.items():
        setattr(record, name, value)
    return teller(record, TODAY).sentence


@pytest.mark.parametrize(
    ("dates", "sentence"),
    [
        ({}, "No signature is recorded."),
        ({"signed": "2020-09-14"}, "In force since 14 September 2020. No end date is stated."),
        ({"signed": "2013", "ends": "2026"}, "In force since 2013. It ends in 2026."),
        ({"signed": "../2020-06-09"}, "In force; signed on or before 9 June 2020. No end date is stated."),
        ({"signed": "2019", "ends": "2023-12-31"}, "Expired on 31 December 2023."),
        ({"signed": "2019", "terminated": "2021-03"}, "Terminated in March 2021."),
        (
            {"signed": "2024-05-01", "entered_into_force": "2025-01-01"},
            "Signed on 1 May 2024; it enters into force on 1 January 2025.",
        ),
        ({"signed": "2025-01-01"}, "To be signed on 1 January 2025."),
    ],
)
def test_agreements(dates, sentence):
    assert told(agreement_status, Agreement, **dates) == sentence


@pytest.mark.parametrize(
    ("dates", "sentence"),
    [
        ({}, "Its start is not stated. Nor is its end."),
        ({"ends": "2026"}, "Its start is not stated. It ends in 2026."),
        ({"starts": "2017"}, "Running since 2017. No end date is stated."),
        ({"starts": "../2020-01-16"}, "Running; known to the register since 16 January 2020. No end date is stated."),
        ({"starts": "2016", "ends": "2019"}, "Closed. It ran 2016–2019."),
        ({"ends": "2019"}, "Closed in 2019. Its start is not stated."),
        ({"starts": "2025-02"}, "Planned to start in February 2025. No end date is stated."),
    ],
)
def test_projects(dates, sentence):
    assert told(project_status, Project, **dates) == sentence


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "Its date is not stated."),
        ({"is_planned": True}, "Announced; no date is stated."),
        ({"starts": "2020-09-14", "place": "Vienna"}, "Held 14 September 2020. Vienna."),
        ({"starts": "2025-01-01", "is_online": True}, "To be held 1 January 2025. Online."),
    ],
)
def test_events(values, sentence):
    assert told(event_status, Event, **values) == sentence


def test_spans_that_begin_by_a_day_do_not_begin_on_it():
    by = PartialDate.parse("../2020-06-09")
    assert span(by, None) == "by 9 June 2020"
    assert span(by, PartialDate.parse("2022", last=True)) == "by 9 June 2020, until 2022"
    assert when(by) == "by 9 June 2020"


@pytest.mark.parametrize(
    ("amount", "short", "exact"),
    [
        ("6500000", "EUR 6.5 million", "EUR 6,500,000"),
        ("1234567.89", "EUR 1.23 million", "EUR 1,234,567.89"),
        ("2300000000", "EUR 2.3 billion", "EUR 2,300,000,000"),
        ("999999", "EUR 999,999", "EUR 999,999"),
        ("5.50", "EUR 5.50", "EUR 5.50"),
    ],
)
def test_money(amount, short, exact):
    assert money.rounded(Decimal(amount), "EUR").replace("\xa0", " ") == short
    assert money.exact(Decimal(amount), "EUR").replace("\xa0", " ") == exact


def test_numbers_follow_the_language_of_the_page():
    with translation.override("fr"):
        assert money.figure(1600) == "1\u202f600"


def test_what_is_counted_in_millions_has_the_form_of_its_number():
    with translation.override("ru"):
        found = [money.rounded(Decimal(amount), "EUR") for amount in ("35000000.00", "6500000.00", "1000000.00")]
    assert found == ["35\xa0миллионов\xa0EUR", "6,5\xa0миллиона\xa0EUR", "1\xa0миллион\xa0EUR"]


def test_bars_stand_for_every_year_between():
    bars = year_bars({2018: 2, 2020: 4})
    assert [(bar.year, bar.count, bar.height, bar.y) for bar in bars] == [
        (2018, 2, 48.0, 48.0),
        (2019, 0, 0.0, 96.0),
        (2020, 4, 96.0, 0.0),
    ]
    assert year_bars({}) == ()


def test_the_longest_bar_is_whole():
    assert (share(842, 1600), share(0, 0)) == ("52.62%", "0.00%")
