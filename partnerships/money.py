"""Amounts as a reader writes them, and exactly."""

from decimal import Decimal

from babel import Locale
from babel.numbers import format_compact_decimal, format_decimal, format_percent
from django.utils.translation import get_language, pgettext

MILLION = Decimal(10) ** 6
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
    return _written(format_decimal(amount, format=pattern, locale=locale()), currency)


def rounded(amount, currency):
    """“EUR 6.5 million”; below a million, the exact figure."""
    if amount < MILLION:
        return exact(amount, currency)
    # Chinese has one form only: “650万”.
    form = "long" if "long" in locale().compact_decimal_formats else "short"
    # With idle zeros, Babel would take the word of a fraction: “35 миллиона” in Russian.
    short = format_compact_decimal(amount.normalize(), format_type=form, locale=locale(), fraction_digits=2)
    return _written(short, currency)


def brief(amount):
    """The bare number in as little room as possible, for a mark of a picture that names the currency: “6.5M”."""
    return format_compact_decimal(amount, format_type="short", locale=locale(), fraction_digits=1)


def _written(figures, currency):
    words = pgettext("money", "%(currency)s %(amount)s") % {"currency": currency, "amount": figures}
    return words.replace(" ", NARROW)


def percentage(value):
    """“50%”, as the language of the page writes it."""
    return format_percent(Decimal(value) / 100, locale=locale(), decimal_quantization=False)
