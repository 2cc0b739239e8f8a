"""Amounts of money in a text: “EUR 6.5 million”, “€6,500,000”, “US$ 2bn”, “6,5 millions d’euros”."""

import re
from dataclasses import dataclass
from decimal import Decimal

LEAST = 1_000  # smaller sums in a story are prices, not contributions

# A dollar without a country is the United States', as the United Nations write it.
SIGNS = {"US$": "USD", "U.S.$": "USD", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
CODES = (
    "AED", "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EGP", "EUR", "GBP", "HUF", "INR", "JPY", "KES", "KRW", "KWD",
    "MXN", "NGN", "NOK", "NZD", "PLN", "QAR", "RUB", "SAR", "SEK", "SGD", "TRY", "USD", "XAF", "XOF", "ZAR",
)  # fmt: skip
WORDS = {"euro": "EUR", "euros": "EUR", "us dollars": "USD", "u.s. dollars": "USD", "dollars": "USD", "dólares": "USD"}
SCALES = {
    "thousand": 3, "million": 6, "millions": 6, "millones": 6, "millón": 6, "mio": 6, "mn": 6, "m": 6,
    "billion": 9, "milliard": 9, "milliards": 9, "mrd": 9, "bn": 9,
}  # fmt: skip

_SPACE = "[ \u00a0\u202f]"
_FIGURES = rf"(?P<figures>\d{{1,3}}(?:(?P<mark>[,.'’]|{_SPACE})\d{{3}})(?:(?P=mark)\d{{3}})*(?:[.,]\d{{1,2}})?(?!\d)|\d+(?:[.,]\d+)?)"
_SCALE = rf"(?:{_SPACE}*-?(?P<scale>{'|'.join(sorted(SCALES, key=len, reverse=True))})\b)?"


def _any_of(words):
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_BEFORE = re.compile(
    rf"(?<![A-Za-z$])(?P<currency>{_any_of(SIGNS)}|(?:{'|'.join(CODES)})(?![A-Za-z])){_SPACE}?{_FIGURES}{_SCALE}"
)
_AFTER = re.compile(
    rf"(?<![\d.,]){_FIGURES}{_SCALE}{_SPACE}?(?:(?:of|de) |d['’])?"
    rf"(?P<currency>(?i:{_any_of(WORDS)})\b|(?:{'|'.join(CODES)})(?![A-Za-z])|[€£])"
)


@dataclass(frozen=True)
class Amount:
    """What was written, and between which sums the one that is meant lies: “6.5 million” is 6.45 to 6.55 million."""

    written: str
    currency: str
    amount: Decimal
    least: Decimal
    most: Decimal


def amounts_in(text: str) -> list[Amount]:
    """The amounts in the order of the text, each sum once."""
    found = sorted([*_BEFORE.finditer(text), *_AFTER.finditer(text)], key=lambda match: (match.start(), -match.end()))
    amounts, end = {}, 0
    for match in found:
        if match.start() < end:
            continue  # “EUR 5 million” has been read; its “5 million” is not a second one
        end = match.end()
        amount = _amount(match)
        if amount.amount >= LEAST:
            amounts.setdefault((amount.currency, amount.amount), amount)
    return list(amounts.values())


def _amount(match):
    currency = match["currency"]
    code = SIGNS.get(currency) or WORDS.get(currency.lower()) or {"€": "EUR", "£": "GBP"}.get(currency, currency)
    scale = Decimal(10) ** SCALES.get(match["scale"], 0)
    figures = _number(match["figures"], match["mark"], scaled=scale > 1)
    # Whoever writes “6.5 million” has rounded to the last figure; a sum in full is meant as it stands.
    half = scale * Decimal(1).scaleb(figures.as_tuple().exponent) / 2 if scale > 1 else Decimal(0)
    amount = figures * scale
    return Amount(match[0].strip(), code, amount, amount - half, amount + half)


def _number(figures, mark, *, scaled):
    """“6,500.00” and “6.500,00” are 6500; “6,5” and “6.5” are not, nor is the “6.500” of “6.500 million”."""
    if mark and not (scaled and mark == "."):
        whole, fraction = figures, ""
        if match := re.search(r"[.,](\d{1,2})$", figures):
            whole, fraction = figures[: match.start()], match[1]
        return Decimal(re.sub(r"\D", "", whole) + (f".{fraction}" if fraction else ""))
    return Decimal(figures.replace(",", "."))
