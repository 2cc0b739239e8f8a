"""Days and spans of days as questions write them: `2013`, `2013-05`, `2013-05-21`, `90d`, `2w`, `6m`, `1y`."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from .dates import PartialDate, Precision

SPAN = re.compile(r"([0-9]{1,4})([dwmy])")
LAST_DAY = date(9999, 12, 31)


@dataclass(frozen=True)
class Period:
    """From the first to the last day of what was written; `precision` says whether that is a day, a month or a year."""

    first: date
    last: date
    precision: str
    text: str

    @classmethod
    def parse(cls, text):
        """Raises ValueError with words for a person."""
        if not text.isascii() or text.startswith(".."):
            raise ValueError(_("“%s” is not a date. Write 2013, 2013-05 or 2013-05-21.") % text)
        try:
            start = PartialDate.parse(text)
        except ValueError:
            raise ValueError(_("“%s” is not a date. Write 2013, 2013-05 or 2013-05-21.") % text) from None
        return cls(start.day, start.snapped(last=True).day, start.precision, text)

    @property
    def precisions(self):
        """How exact a date must be to lie within it for certain."""
        finer = {Precision.DAY: 1, Precision.MONTH: 2, Precision.YEAR: 3}[self.precision]
        return [Precision.DAY, Precision.MONTH, Precision.YEAR][:finer]

    def __str__(self):
        return self.text


@dataclass(frozen=True)
class Span:
    """A number of days, weeks, months or years."""

    number: int
    unit: str

    @classmethod
    def parse(cls, text):
        """Raises ValueError with words for a person."""
        if not (found := SPAN.fullmatch(text.casefold())):
            raise ValueError(
                _("“%s” is not a span of time. Write a number and d, w, m or y: 90d, 12w, 6m or 1y.") % text
            )
        return cls(int(found[1]), found[2])

    def after(self, day):
        """The day that lies this long after another; the end of a shorter month where that has no such day."""
        try:
            match self.unit:
                case "d" | "w":
                    return day + timedelta(days=self.number * (7 if self.unit == "w" else 1))
            months = day.year * 12 + day.month - 1 + self.number * (12 if self.unit == "y" else 1)
            year, month = months // 12, months % 12 + 1
            return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
        except (OverflowError, ValueError):
            return LAST_DAY

    def __str__(self):
        return f"{self.number}{self.unit}"
