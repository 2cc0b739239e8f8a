"""Amounts of money as people write them."""

from decimal import Decimal

import pytest

from stories.reading.amounts import amounts_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a funding agreement of EUR 6.5 million for", [("EUR", "6500000")]),
        ("The EUR 35 million-programme, funded", [("EUR", "35000000")]),
        ("€6,500,000 were given", [("EUR", "6500000")]),
        ("6.500.000 € wurden", [("EUR", "6500000")]),
        ("6 500 000 euros", [("EUR", "6500000")]),
        ("6\u202f500\u202f000,50 euros", [("EUR", "6500000.50")]),
        ("CHF 1'250'000.75.", [("CHF", "1250000.75")]),
        ("6,5 millions d’euros et 2 millones de dólares", [("EUR", "6500000"), ("USD", "2000000")]),
        ("US$ 2bn, US$2.25m and $3,000", [("USD", "2000000000"), ("USD", "2250000"), ("USD", "3000")]),
        ("USD 1,200 million", [("USD", "1200000000")]),
        ("worth 2.5 million US dollars", [("USD", "2500000")]),
        ("12 million NOK", [("NOK", "12000000")]),
        ("EUR 5 million, and again EUR 5,000,000", [("EUR", "5000000")]),
        ("EUR 999, and USD 1,000", [("USD", "1000")]),
        ("In 2019 the European Union met 35 million people", []),
        ("TOP 10 of 2,000 ships; EUROPE 2020; Airbus A320, EURO 2024", []),
    ],
)
def test_what_is_read(text, expected):
    assert [(one.currency, f"{one.amount.normalize():f}") for one in amounts_in(text)] == [
        (currency, f"{Decimal(amount).normalize():f}") for currency, amount in expected
    ]


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("EUR 6.5 million", 6_450_000, 6_550_000),
        ("EUR 35 million", 34_500_000, 35_500_000),
        ("EUR 6.50 million", 6_495_000, 6_505_000),
        ("EUR 6,500,000", 6_500_000, 6_500_000),
    ],
)
def test_what_was_rounded_says_between_what_it_lies(text, least, most):
    [amount] = amounts_in(text)
    assert (amount.written, amount.least, amount.most) == (text, least, most)
