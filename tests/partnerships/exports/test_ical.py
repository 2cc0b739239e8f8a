"""A calendar as a parser that is not ours reads it."""

from datetime import UTC, date, datetime

import icalendar
import pytest

from partnerships.exports import ical

ENTRY = {
    "uid": "event-1-held@register.example",
    "first": date(2019, 12, 31),
    "after": date(2020, 1, 2),
    "title": "Harbour day",
    "text": "A meeting.",
    "url": "https://register.example/events/harbour-day/",
    "modified": datetime(2026, 11, 24, 9, 30, tzinfo=UTC),
    "sequence": 3,
}


def read(**facts):
    text = ical.calendar("Harbours", [ical.Entry(**{**ENTRY, **facts})])
    (event,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    return event


def test_an_entry_byte_for_byte():
    assert ical.calendar("Harbours; and, more", [ical.Entry(**ENTRY)]).split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Concord//Register of partnerships//EN",
        "CALSCALE:GREGORIAN",
        "NAME;LANGUAGE=en:Harbours\\; and\\, more",
        "X-WR-CALNAME:Harbours\\; and\\, more",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        "BEGIN:VEVENT",
        "UID:event-1-held@register.example",
        "DTSTAMP:20261124T093000Z",
        "LAST-MODIFIED:20261124T093000Z",
        "SEQUENCE:3",
        "DTSTART;VALUE=DATE:20191231",
        "DTEND;VALUE=DATE:20200102",
        "SUMMARY:Harbour day",
        "DESCRIPTION:A meeting.",
        "URL:https://register.example/events/harbour-day/",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_days_have_no_time_zone():
    event = read()
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2019, 12, 31), date(2020, 1, 2))
    assert event.decoded("last-modified") == ENTRY["modified"]


@pytest.mark.parametrize(
    "text",
    ['a, b; c\\d: "e"', "first\nsecond", "END:VEVENT\nBEGIN:VEVENT", "مذكرة تفاهم " * 20, "谅解备忘录" * 40, "🤝" * 60],
)
def test_any_text_comes_back(text):
    event = read(title=text, text=text, place=text)
    assert [str(event[name]) for name in ("summary", "description", "location")] == [text] * 3


def test_no_line_is_longer_than_the_standard_allows():
    text = ical.calendar("谅" * 100, [ical.Entry(**{**ENTRY, "text": "🤝 and so on, " * 50})])
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


def test_control_characters_go():
    assert str(read(title="a\x00\x07b\r\nc\rd")["summary"]) == "ab\nc\nd"
