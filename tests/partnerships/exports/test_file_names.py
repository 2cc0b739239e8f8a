from datetime import date

import pytest
from django.http import QueryDict

from partnerships.exports.file_names import file_name


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("format=csv", "news_2026-11-24"),
        ("partner=fifa&partner=unv&year=2019&ordering=-date", "news_partner-fifa-unv_year-2019_2026-11-24"),
        ("q=Fédération “Größe”/../../etc\r\nX: y", "news_q-federation-groeetc-x-y_2026-11-24"),
        ("q=联合国", "news_q_2026-11-24"),
        ("title__ic=trade", "news_title__ic-trade_2026-11-24"),
        ("country=", "news_2026-11-24"),
        ("q=" + "a" * 500, f"news_q-{'a' * 78}_2026-11-24"),
    ],
)
def test_file_names_are_ascii_and_short(question, expected):
    assert file_name("news", QueryDict(question), date(2026, 11, 24), "csv") == f"{expected}.csv"
