from datetime import date

import pytest

from partnerships.dates import PartialDate, format_span
from partnerships.models import Agreement


@pytest.mark.parametrize(
    ("text", "last", "day", "precision", "words"),
    [
        ("2013", False, date(2013, 1, 1), "year", "2013"),
        ("2013", True, date(2013, 12, 31), "year", "2013"),
        ("2020-02", False, date(2020, 2, 1), "month", "February 2020"),
        ("2020-02", True, date(2020, 2, 29), "month", "February 2020"),
        ("2020-09-14", False, date(2020, 9, 14), "day", "14 September 2020"),
        ("../2020-06-09", False, date(2020, 6, 9), "by", "by 9 June 2020"),
    ],
)
def test_a_date_is_read_and_written_as_exactly_as_it_is_known(text, last, day, precision, words):
    read = PartialDate.parse(text, last)
    assert (read.day, read.precision) == (day, precision)
    assert read.isoformat() == text
    assert str(read) == words


@pytest.mark.parametrize(
    "text", ["", "13", "2013-5", "2013-13", "2020-02-30", "../2013", "14.9.2020", "2020-09-14T00:00", "0000"]
)
def test_what_is_no_date_is_refused_with_words(text):
    with pytest.raises(ValueError, match="is not a da"):
        PartialDate.parse(text)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (None, None, ""),
        ("2013", None, "since 2013"),
        ("../2020-06-09", None, "since 9 June 2020 or earlier"),
        ("../2020-06-09", "2022", "by 9 June 2020 – 2022"),
        (None, "2019-03", "until March 2019"),
        ("2016", "2019", "2016–2019"),
        ("2019", "2019", "2019"),
        ("2020-09-08", "2020-09-09", "8–9 September 2020"),
        ("2019-07-07", "2019-08-01", "7 July – 1 August 2019"),
        ("2019-12-31", "2020-01-02", "31 December 2019 – 2 January 2020"),
    ],
)
def test_a_span_is_written_as_a_reader_would(start, end, words):
    dates = [PartialDate.parse(text, last) if text else None for text, last in ((start, False), (end, True))]
    assert format_span(*dates) == words


def test_assigning_one_writes_both_columns():
    agreement = Agreement(title="A", kind="mou")
    agreement.signed, agreement.ends = "2013", "2015-06"
    assert (agreement.signed_on, agreement.signed_on_precision) == (date(2013, 1, 1), "year")
    assert (agreement.ends_on, agreement.ends_on_precision) == (date(2015, 6, 30), "month")
    agreement.ends = None
    assert (agreement.ends, agreement.ends_on) == (None, None)


@pytest.mark.django_db
def test_validation_moves_a_day_to_the_edge_of_its_year():
    agreement = Agreement(title="A", kind="mou", signed_on=date(2013, 5, 4), signed_on_precision="year")
    agreement.full_clean()
    assert agreement.signed_on == date(2013, 1, 1)
