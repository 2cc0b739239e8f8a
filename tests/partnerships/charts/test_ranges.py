"""Where figures on a line come to lie."""

from decimal import Decimal
from types import SimpleNamespace

from partnerships.charts.ranges import range_of


def figure(value):
    return SimpleNamespace(value=Decimal(value))


def test_a_way_leads_from_the_baseline_to_the_actual_figure():
    drawn = range_of(figure(1600), figure(400), figure(800))
    points = (drawn.baseline, drawn.target, drawn.actual)
    assert [(point.x, point.anchor) for point in points] == [
        ("100.00%", "end"),
        ("25.00%", "start"),
        ("50.00%", "middle"),
    ]
    assert (drawn.zero, drawn.way) == ("0.00%", ("100.00%", "50.00%"))


def test_without_a_baseline_there_is_no_way():
    assert range_of(target=figure(10), actual=figure(4)).way is None


def test_one_figure_is_no_picture():
    assert range_of(actual=figure(4)) is None
    assert range_of() is None


def test_figures_below_zero_and_only_zeros_have_their_place():
    assert range_of(figure(-50), None, figure(150)).zero == "25.00%"
    assert range_of(figure(0), None, figure(0)).way == ("0.00%", "0.00%")


def test_earlier_figures_have_their_place_on_the_same_line():
    drawn = range_of(None, None, figure(100), [figure(200)])
    assert ([point.x for point in drawn.earlier], drawn.actual.x, drawn.way) == (["100.00%"], "50.00%", None)
