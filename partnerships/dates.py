"""Dates that say how exact they are.

"A memorandum signed in 2013" is a year, not the first of January. The database keeps an ordinary date beside its
precision, so that comparisons stay plain and indexed: a date that opens a period is kept as the first day of its year or
month, one that closes a period as the last.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from . import date_words


class Precision(models.TextChoices):
    DAY = "day", _("exact day")
    MONTH = "month", _("month")
    YEAR = "year", _("year")
    # A document of 9 June that says "recently signed" proves the signature for that day, and nothing earlier.
    BY = "by", _("on or before this day")


def precision_field():
    return models.CharField(
        _("how exact"),
        max_length=5,
        choices=Precision,
        default=Precision.DAY,
        help_text=_("Choose “year” or “month” where that is all that is known."),
    )


def listed_on_field(*columns):
    """The date that lists are sorted by: the first of these columns that is filled.

    The database derives it, so it can carry an index and never be stale. It is never NULL: a record without a date comes
    last, on SQLite and PostgreSQL alike, and pages can be cut at any row.
    """
    return models.GeneratedField(
        expression=Coalesce(*columns, models.Value(date(1, 1, 1))), output_field=models.DateField(), db_persist=True
    )


WRITTEN = re.compile(r"(?P<by>\.\./)?(?P<year>\d{4})(-(?P<month>\d\d)(-(?P<day>\d\d))?)?")


@dataclass(frozen=True)
class PartialDate:
    """A day with its precision, written by ISO 8601: `2013`, `2013-05`, `2013-05-21`, or `../2013-05-21` (by that day)."""

    day: date
    precision: str = Precision.DAY

    @classmethod
    def parse(cls, text, last=False):
        """Read one of the four forms; `last` takes the period's last day. Raises ValueError with words for a person."""
        found = WRITTEN.fullmatch(text.strip())
        if not found or (found["by"] and not found["day"]):
            raise ValueError(
                f"“{text}” is not a date. Write 2013, 2013-05, 2013-05-21, or ../2013-05-21 for “by that day”."
            )
        precision = Precision.DAY if found["day"] else Precision.MONTH if found["month"] else Precision.YEAR
        if found["by"]:
            precision = Precision.BY
        try:
            day = date(int(found["year"]), int(found["month"] or 1), int(found["day"] or 1))
        except ValueError as error:
            raise ValueError(f"“{text}” is not a day of the calendar.") from error
        return cls(day, precision).snapped(last)

    def snapped(self, last=False):
        """The same date, moved to the first (or last) day of the year or month that it stands for."""
        year, month = self.day.year, self.day.month
        match self.precision:
            case Precision.YEAR:
                return PartialDate(date(year, 12, 31) if last else date(year, 1, 1), self.precision)
            case Precision.MONTH:
                return PartialDate(
                    date(year, month, calendar.monthrange(year, month)[1] if last else 1), self.precision
                )
        return self

    def isoformat(self):
        length = {Precision.YEAR: 4, Precision.MONTH: 7}.get(self.precision, 10)
        return ("../" if self.precision == Precision.BY else "") + self.day.isoformat()[:length]

    def __str__(self):
        return self.say()

    def say(self, relation=""):
        """In words: on its own, or as "when", "since" or "until" (partnerships.date_words)."""
        return date_words.phrase(self.day, self.precision, relation)


class Dated(property):
    """Reads `<name>_on` and `<name>_on_precision` as one PartialDate (or None); assigning one writes both columns.

    It is a property so that Django takes it in a model's constructor: `Agreement(signed="2013")`.
    """

    def __init__(self, last=False):
        super().__init__()
        self.last = last

    def __set_name__(self, owner, name):
        self.column = f"{name}_on"

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        day = getattr(instance, self.column)
        return PartialDate(day, getattr(instance, f"{self.column}_precision")) if day else None

    def __set__(self, instance, value):
        if isinstance(value, str):
            value = PartialDate.parse(value, self.last) if value else None
        value = value.snapped(self.last) if value else None
        setattr(instance, self.column, value.day if value else None)
        setattr(instance, f"{self.column}_precision", value.precision if value else Precision.DAY)


class DatedModel(models.Model):
    """A model whose dates are snapped to their precision whenever it is validated."""

    class Meta:
        abstract = True

    @classmethod
    def date_names(cls):
        """The names of its dates, such as `["signed", "ends"]`."""
        return [name for kind in cls.__mro__ for name, value in vars(kind).items() if isinstance(value, Dated)]

    def clean(self):
        super().clean()
        for name in self.date_names():
            # A form that refused the date has left something here that is no date; its own error stands.
            if isinstance(getattr(self, f"{name}_on"), date):
                setattr(self, name, getattr(self, name))


def format_span(start, end):
    """Two dates as a reader writes them: “8–9 September 2020”, “2016–2019”, “since 14 September 2020”, or "" for none."""
    if not start and not end:
        return ""
    if not end:
        return start.say("since")
    if not start:
        return end.say("until")
    if str(start) == str(end):
        return str(start)
    if start.precision == end.precision == Precision.YEAR:
        return date_words.years(start.day.year, end.day.year)
    if start.precision == end.precision == Precision.DAY and start.day.year == end.day.year:
        within = date_words.within_a_month if start.day.month == end.day.month else date_words.within_a_year
        return within(start.day, end.day)
    return date_words.between(start, end)
