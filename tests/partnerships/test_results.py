"""What became of an indicator, in words and as a picture on its pages."""

import pytest

from partnerships.models import Indicator
from partnerships.results import picture, sentence
from tests import factories as make
from tests.partnerships.test_pages import text_of

pytestmark = pytest.mark.django_db


def indicator(*, fewer=False, **figures):
    """`figures` are values by kind; a text ending in “+” means “more than”."""
    measurements = [
        {"kind": kind, "value": str(value).rstrip("+"), "at_least": str(value).endswith("+")}
        for kind, value in figures.items()
    ]
    record = make.make_indicator(measurements=measurements, fewer_is_better=fewer)
    return Indicator.objects.prefetch_related("measurements").get(pk=record.pk)


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        (
            {"baseline": 1600, "actual": 842, "fewer": True},
            "758 less than the baseline. Fewer is better. No target is stated.",
        ),
        (
            {"baseline": "1.5", "target": 10, "actual": 10},
            "8.5 more than the baseline. More is better. The target is reached.",
        ),
        (
            {"baseline": 5, "target": 10, "actual": 5},
            "The same as the baseline. More is better. The target is not reached.",
        ),
        (
            {"target": 3, "actual": 4, "fewer": True},
            "Fewer is better. The target is not reached. No baseline is stated.",
        ),
        ({"baseline": "1600+", "actual": 842}, "More is better. No target is stated."),
        ({"target": 100, "actual": "100+"}, "More is better. The target is reached. No baseline is stated."),
        ({"target": 100, "actual": "50+"}, "More is better. No baseline is stated."),
        (
            {"target": 100, "actual": "100+", "fewer": True},
            "Fewer is better. The target is not reached. No baseline is stated.",
        ),
        ({"target": 100, "actual": "50+", "fewer": True}, "Fewer is better. No baseline is stated."),
        ({"target": "100+", "actual": 50}, "More is better. No baseline is stated."),
        ({"baseline": 1, "target": 2}, "More is better. No actual figure is recorded."),
        ({"actual": 600}, "No baseline is stated. No target is stated."),
        ({}, ""),
    ],
)
def test_the_sentence_says_what_is_known_and_what_is_not(figures, expected):
    assert sentence(indicator(**figures)) == expected


def test_what_cannot_be_compared_is_a_table_only(client):
    record = indicator(actual=600)
    assert picture(record) is None
    for address in (record.get_absolute_url(), record.project.get_absolute_url()):
        response = client.get(address)
        assert 'class="range' not in response.content.decode()
        assert "600 persons No baseline is stated. No target is stated." in text_of(response)


def test_the_picture_has_a_title_a_description_and_leads_to_the_figures(client):
    record = indicator(baseline=10, target=40, actual="20+")
    for address in (record.get_absolute_url(), record.project.get_absolute_url()):
        html = client.get(address).content.decode()
        assert f'<title id="range-{record.pk}-title" lang="en">{record.title}</title>' in html
        assert "More is better. The same figures follow as a table.</desc>" in html
        assert f'<a href="{record.get_absolute_url()}#figures">' in html
        assert '<line x1="25.00%" x2="50.00%" y1="54" y2="54" class="way"/>' in html
        assert html.count('class="beyond"') == 1
        assert "more than 20" in html


def test_an_indicator_without_figures_says_so(client):
    record = indicator()
    assert "No figure is recorded yet." in text_of(client.get(record.get_absolute_url()))


def test_earlier_figures_are_marked(client):
    record = make.make_indicator(
        measurements=[
            {"value": 5, "measured": "2018"},
            {"value": 7, "measured": "2019"},
            {"value": 9, "measured": "2020"},
        ]
    )
    html = client.get(record.get_absolute_url()).content.decode()
    assert html.count('class="mark-earlier"') == 2
    assert "<title>7, 2019</title>" in html
    assert html.count('class="mark-actual"') == 1
