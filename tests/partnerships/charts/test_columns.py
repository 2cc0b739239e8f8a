"""Where columns of amounts come to lie."""

from decimal import Decimal

from partnerships.charts.columns import HEIGHT, LEAST, column, slots


def test_years_without_money_keep_their_place_and_what_has_no_date_stands_last():
    places = slots([2021, 2019], undated=True)
    assert [(slot.year, slot.middle, slot.label) for slot in places] == [
        (2019, "12.50%", "2019"),
        (2020, "37.50%", "2020"),
        (2021, "62.50%", "2021"),
        (None, "87.50%", ""),
    ]


def test_one_year_is_no_wall():
    (slot,) = slots([2020])
    assert (slot.x, slot.width) == ("8.00%", "9.00%")


def test_of_many_years_some_are_named():
    assert [slot.label for slot in slots(range(1990, 2011)) if slot.label] == ["1990", "1995", "2000", "2005", "2010"]
    assert slots([]) == ()
    assert [slot.year for slot in slots([], undated=True)] == [None]


def test_what_is_given_together_stands_on_what_is_given_alone():
    drawn = column(Decimal(25), Decimal(75), Decimal(100))
    assert (drawn.alone, drawn.joint) == (HEIGHT * 0.25, HEIGHT * 0.75)
    assert (drawn.y, drawn.joint_y) == (HEIGHT * 0.75, 0)


def test_the_smallest_amount_is_seen_and_none_is_not_drawn():
    drawn = column(Decimal(1), Decimal(0), Decimal(10**9))
    assert (drawn.alone, drawn.joint, drawn.y, drawn.joint_y) == (LEAST, 0, HEIGHT - LEAST, HEIGHT - LEAST)
