"""Dates in the words of the page's language.

Each way to say a date is one whole phrase to translate: “in May 2013” is “в мае 2013 года” in Russian and “en mayo de
2013” in Spanish, so neither the preposition nor the name of the month can be put in from outside.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

# A month that stands alone with its year, one that belongs to a day or follows “since” and “until”, and one after “in”.
ALONE = (
    pgettext_lazy("month alone", "January"),
    pgettext_lazy("month alone", "February"),
    pgettext_lazy("month alone", "March"),
    pgettext_lazy("month alone", "April"),
    pgettext_lazy("month alone", "May"),
    pgettext_lazy("month alone", "June"),
    pgettext_lazy("month alone", "July"),
    pgettext_lazy("month alone", "August"),
    pgettext_lazy("month alone", "September"),
    pgettext_lazy("month alone", "October"),
    pgettext_lazy("month alone", "November"),
    pgettext_lazy("month alone", "December"),
)
OF = (
    pgettext_lazy("day of the month", "January"),
    pgettext_lazy("day of the month", "February"),
    pgettext_lazy("day of the month", "March"),
    pgettext_lazy("day of the month", "April"),
    pgettext_lazy("day of the month", "May"),
    pgettext_lazy("day of the month", "June"),
    pgettext_lazy("day of the month", "July"),
    pgettext_lazy("day of the month", "August"),
    pgettext_lazy("day of the month", "September"),
    pgettext_lazy("day of the month", "October"),
    pgettext_lazy("day of the month", "November"),
    pgettext_lazy("day of the month", "December"),
)
IN = (
    pgettext_lazy("in the month", "January"),
    pgettext_lazy("in the month", "February"),
    pgettext_lazy("in the month", "March"),
    pgettext_lazy("in the month", "April"),
    pgettext_lazy("in the month", "May"),
    pgettext_lazy("in the month", "June"),
    pgettext_lazy("in the month", "July"),
    pgettext_lazy("in the month", "August"),
    pgettext_lazy("in the month", "September"),
    pgettext_lazy("in the month", "October"),
    pgettext_lazy("in the month", "November"),
    pgettext_lazy("in the month", "December"),
)

# For each relation the phrase of a day, a month, a year, and of a day by which something was so; and the month's name.
PHRASES = {
    "": {
        "day": (pgettext_lazy("date", "%(day)s %(month)s %(year)s"), OF),
        "month": (pgettext_lazy("date", "%(month)s %(year)s"), ALONE),
        "year": (pgettext_lazy("date", "%(year)s"), ALONE),
        "by": (pgettext_lazy("date", "by %(day)s %(month)s %(year)s"), OF),
    },
    "when": {
        "day": (_("on %(day)s %(month)s %(year)s"), OF),
        "month": (_("in %(month)s %(year)s"), IN),
        "year": (_("in %(year)s"), ALONE),
        "by": (pgettext_lazy("date", "by %(day)s %(month)s %(year)s"), OF),
    },
    "since": {
        "day": (_("since %(day)s %(month)s %(year)s"), OF),
        "month": (_("since %(month)s %(year)s"), OF),
        "year": (_("since %(year)s"), ALONE),
        "by": (_("since %(day)s %(month)s %(year)s or earlier"), OF),
    },
    "until": {
        "day": (_("until %(day)s %(month)s %(year)s"), OF),
        "month": (_("until %(month)s %(year)s"), OF),
        "year": (_("until %(year)s"), ALONE),
        "by": (pgettext_lazy("date", "by %(day)s %(month)s %(year)s"), OF),
    },
}


def phrase(day, precision, relation=""):
    """“14 September 2020”, “in May 2013”, “since 2013”, “until 9 June 2020”."""
    pattern, months = PHRASES[relation][precision]
    return pattern % _parts(day, months)


def within_a_month(first, last):
    """“8–9 September 2020”."""
    numbers = {"first": _number(first), "last": _number(last)}
    return pgettext("date", "%(first)s–%(last)s %(month)s %(year)s") % {**_parts(last, OF), **numbers}


def within_a_year(first, last):
    """“7 July – 1 August 2019”."""
    start = pgettext("date", "%(day)s %(month)s") % _parts(first, OF)
    return between(start, phrase(last, "day"))


def years(first, last):
    """“2016–2019”."""
    return pgettext("years", "%(first)s–%(last)s") % {"first": first, "last": last}


def between(start, end):
    """Two dates in words, the first and the last of a span."""
    return pgettext("dates", "%(start)s – %(end)s") % {"start": start, "end": end}


def _parts(day, months):
    return {"day": _number(day), "month": months[day.month - 1], "year": day.year}


def _number(day):
    # French says “1er mai”, and “2 mai”.
    return pgettext("first day of a month", "1") if day.day == 1 else str(day.day)
