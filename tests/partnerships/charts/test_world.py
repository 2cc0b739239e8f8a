"""Circles and tiles: their areas and shades are numbers."""

from types import SimpleNamespace

import pytest

from partnerships.charts.tiles import step
from partnerships.charts.world import LARGEST, SMALLEST, UNIT, WORLD, circles, frame_around


def mark(count, latitude=0, longitude=0):
    return SimpleNamespace(count=count, latitude=latitude, longitude=longitude)


def test_the_area_of_a_circle_is_its_number_and_the_largest_is_drawn_first():
    found = circles([mark(1), mark(9), mark(4)])
    assert [(one.mark.count, float(one.radius)) for one in found] == [(9, 34.0), (4, 22.7), (1, 11.3)]


def test_few_records_make_small_circles_and_many_none_that_is_too_small_to_hit():
    assert [one.radius for one in circles([mark(1)])] == [f"{UNIT:.1f}"]
    assert [one.radius for one in circles([mark(1_000_000), mark(1)])] == [f"{LARGEST:.1f}", f"{SMALLEST:.1f}"]


def test_a_country_without_records_or_without_a_place_has_no_circle():
    assert circles([mark(0), mark(3, latitude=None)]) == ()
    assert [(one.x, one.y) for one in circles([mark(1, longitude=-90)])] == [("-250.0", "-0.0")]


def test_a_frame_holds_its_points_in_the_shape_of_the_world():
    frame = frame_around([(10, -10), (20, 30)])
    assert frame.width / frame.height == pytest.approx(WORLD.width / WORLD.height)
    for x, y in ((-27.2, -38), (79.6, -75.7)):
        assert frame.x < x < frame.x + frame.width
        assert frame.y < y < frame.y + frame.height
    # In it, circles are as large on the screen as on the whole map.
    assert float(circles([mark(1)], frame)[0].radius) == pytest.approx(UNIT * frame.width / 1000, abs=0.05)


def test_a_frame_stays_on_the_map():
    assert frame_around([]) == WORLD
    assert frame_around([(0, -179), (0, 179)]).width == WORLD.width
    east, north = frame_around([(0, 179)]), frame_around([(83, 0)])
    assert (east.x + east.width, north.y) == (500, WORLD.y)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([0, 1, 2, 3], [0, 1, 2, 3]),
        ([0, 1, 10, 11, 100, 1000, 10_000], [0, 1, 1, 2, 2, 3, 4]),
        ([0, 1, 5], [0, 1, 4]),
    ],
)
def test_shades_are_steps_of_equal_factors(counts, expected):
    assert [step(count, max(counts)) for count in counts] == expected
