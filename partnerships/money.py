"""Amounts as a reader writes them, and exactly."""

from decimal import Decimal

from babel import Locale
from babel.numbers import format_decimal
from django.utils.translation import get_language
from django.utils.translation import gettext as _

NARROW = "\N{NO-BREAK SPACE}"


def locale():
    """Babel's name for the language of the page."""
    return Locale.parse(get_language() or "en", sep="-")


def figure(value):
    """A number with its thousands separated and without idle zeros: “1,600”, “0.5”."""
    return format_decimal(value, format="#,##0.####", locale=locale())


def exact(amount, currency):
    """“EUR 6,500,000”; cents only where there are some."""
    pattern = "#,##0" if amount == amount.to_integral_value() else "#,##0.00"
    return f"{currency}{NARROW}{format_decimal(amount, format=pattern, locale=locale())}"


def rounded(amount, currency):
    """“EUR 6.5 million”; below a million, the exact figure."""
    for size, words in ((Decimal(10) ** 9, _("%s billion")), (Decimal(10) ** 6, _("%s million"))):
        if amount >= size:
            short = format_decimal(amount / size, format="#,##0.##", locale=locale())
            return f"{currency}{NARROW}{(words % short).replace(' ', NARROW)}"
    return exact(amount, currency)
