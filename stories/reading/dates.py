"""Dates as stories write them: `8-9 September 2020`, `21 st May 2019`, `September 30 - October 2, 2020`, `2020-09-14`.

Only forms that can be read in one way are read. `03/04/2020` is the third of April or the fourth of March, so it
is not a date here.
"""

import calendar
import datetime
import re
from dataclasses import dataclass

_NAMES = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_NAMES |= {name[:3]: number for name, number in _NAMES.items()} | {"sept": 9}

# Optional white space is bounded everywhere, so that no line can make the search slow.
_DAY = r"\d{1,2}(?:\s?(?:st|nd|rd|th)\b)?"
_MONTH = rf"(?:{'|'.join(sorted(_NAMES, key=len, reverse=True))})\b\.?"
_TO = r"\s{0,3}(?:[-–—/]|to|until|and|&)\s{0,3}"
_ISO = r"\d{4}-\d{2}-\d{2}"
_OF = r"\s{0,3}(?:of\s)?\s{0,3}"

# The order matters: a longer form comes before a shorter one that it begins with.
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?P<iso1>{_ISO})(?:{_TO}(?P<iso2>{_ISO}))?(?!\d)",
        rf"(?P<d1>{_DAY}){_OF}(?P<m1>{_MONTH}),?(?:\s{{1,3}}(?P<y1>\d{{4}}))?{_TO}"
        rf"(?P<d2>{_DAY}){_OF}(?P<m2>{_MONTH}),?\s{{0,3}}(?P<y2>\d{{4}})(?!\d)",
        rf"(?P<d1>{_DAY})(?:{_TO}(?P<d2>{_DAY}))?{_OF}(?P<m1>{_MONTH}),?\s{{0,3}}(?P<y1>\d{{4}})(?!\d)",
        rf"(?P<m1>{_MONTH})\s{{0,3}}(?P<d1>{_DAY})(?:,?\s{{1,3}}(?P<y1>\d{{4}}))?{_TO}"
        rf"(?P<m2>{_MONTH})\s{{0,3}}(?P<d2>{_DAY}),?\s{{1,3}}(?P<y2>\d{{4}})(?!\d)",
        rf"(?P<m1>{_MONTH})\s{{0,3}}(?P<d1>{_DAY})(?:{_TO}(?P<d2>{_DAY}))?,?\s{{1,3}}(?P<y1>\d{{4}})(?!\d)",
        rf"(?P<m1>{_MONTH})\s{{1,3}}(?P<y1>\d{{4}})(?!\d)",
        rf"(?P<d1>{_DAY})(?:{_TO}(?P<d2>{_DAY}))?{_OF}(?P<m1>{_MONTH})(?!,?\s?\d)",
    )
)
_WEEKDAY = rf"(?:(?:{'|'.join(calendar.day_name)})\b,?\s{{1,3}})?"
_LEAD = re.compile(_WEEKDAY, re.IGNORECASE)
_ANY_DAY = re.compile(rf"\b\d{{1,2}}\s?(?:st|nd|rd|th)?\b|\b{_MONTH}|\b\d{{4}}-", re.IGNORECASE)


@dataclass(frozen=True)
class Span:
    """A date or a range as it is written. `start` and `end` are None when it is no real date; `problem` says why."""

    start: datetime.date | None
    end: datetime.date | None
    written: str
    problem: str = ""
    precision: str = "day"

    @property
    def is_day(self) -> bool:
        return self.start is not None and self.start == self.end


def match_date(text: str, position: int = 0) -> tuple[Span, int] | None:
    """Return the date that begins at `position` and where it ends; None when no date begins there."""
    begin = _LEAD.match(text, position).end()
    for form in _FORMS:
        if found := form.match(text, begin):
            return _span(found), found.end()
    return None


def find_days(text: str) -> list[tuple[Span, int]]:
    """Return each single day, with month and year, that the text names, and where it begins."""
    days, position = [], 0
    while start := _ANY_DAY.search(text, position):
        position = start.end()
        if found := match_date(text, start.start()):
            span, position = found[0], max(position, found[1])
            if span.is_day:
                days.append((span, start.start()))
    return days


def _span(found: re.Match) -> Span:
    part = found.groupdict()
    written = " ".join(found.group().split())
    try:
        if part.get("iso1"):
            start = datetime.date.fromisoformat(part["iso1"])
            end = datetime.date.fromisoformat(part["iso2"]) if part["iso2"] else start
        elif not part.get("y1") and not part.get("y2"):
            return Span(None, None, written, f"“{written}” has no year; the item is left without a date")
        elif not part.get("d1"):
            start, end = _whole_month(part)
            return Span(start, end, written, f"“{written}” names no day; the whole month was taken", "month")
        else:
            start, end = _days(part)
    except ValueError:
        return Span(None, None, written, f"“{written}” is not a date of the calendar; the item is left without a date")
    if start > end:
        return Span(None, None, written, f"“{written}” ends before it begins; the item is left without a date")
    return Span(start, end, written)


def _days(part: dict) -> tuple[datetime.date, datetime.date]:
    first_month = _month(part["m1"])
    last_month = _month(part["m2"]) if part.get("m2") else first_month
    last_year = int(part.get("y2") or part["y1"])
    # A year written once, at the end, is that of the end: "30 December - 2 January 2021" began the year before.
    first_year = int(part["y1"] or last_year - (first_month > last_month))
    start = datetime.date(first_year, first_month, _number(part["d1"]))
    return start, datetime.date(last_year, last_month, _number(part["d2"])) if part["d2"] else start


def _whole_month(part: dict) -> tuple[datetime.date, datetime.date]:
    year, month = int(part["y1"]), _month(part["m1"])
    return datetime.date(year, month, 1), datetime.date(year, month, calendar.monthrange(year, month)[1])


def _month(name: str) -> int:
    return _NAMES[name.lower().rstrip(".")]


def _number(day: str) -> int:
    return int(re.match(r"\d+", day).group())
