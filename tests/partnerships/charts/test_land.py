"""The projection, and the land that is drawn with it."""

import json
import re
from io import StringIO
from math import cos, radians

import pytest
from django.core.management import CommandError, call_command

from partnerships.charts import land
from partnerships.charts.projection import project
from partnerships.management.commands import draw_land

NO_STEPS = {"scale": [1, 1], "translate": [0, 0]}


def topology(*rings):
    """TopoJSON of one polygon for each ring of (longitude, latitude)."""
    arcs = []
    for ring in rings:
        before, steps = (0, 0), []
        for point in [*ring, ring[0]]:
            steps.append([point[0] - before[0], point[1] - before[1]])
            before = point
        arcs.append(steps)
    shapes = [{"type": "Polygon", "arcs": [[number]]} for number in range(len(arcs))]
    return {
        "transform": NO_STEPS,
        "arcs": arcs,
        "objects": {"land": {"type": "GeometryCollection", "geometries": shapes}},
    }


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ((0, 0), (0, 0)),
        ((0, 180), (500, 0)),
        ((0, -90), (-250, 0)),
        ((90, 0), (0, -243.36)),
        ((-56, 0), (0, 190.72)),
    ],
)
def test_equal_earth(place, expected):
    assert project(*place) == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize(("latitude", "longitude"), [(0, 0), (45, 100), (-60, -170)])
def test_areas_keep_their_proportions(latitude, longitude):
    """A square of a tenth of a degree shrinks with the cosine of its latitude, on the globe and on the drawing."""
    corners = [project(latitude + up, longitude + right) for up, right in ((0, 0), (0, 0.1), (0.1, 0.1), (0.1, 0))]
    at_the_equator = [project(up, right) for up, right in ((0, 0), (0, 0.1), (0.1, 0.1), (0.1, 0))]
    shrunk = cos(radians(latitude + 0.05)) / cos(radians(0.05))
    assert land.area(corners) / land.area(at_the_equator) == pytest.approx(shrunk, rel=1e-4)


def test_a_square_is_a_square_of_four_points():
    assert land.path(topology([(0, 0), (20, 0), (20, 20), (0, 20)])) == "M0 0l222 0-6-296-216 0z"


def test_a_point_on_a_straight_line_is_left_out():
    with_it, without = ([(0, 0), *more, (0, 20), (20, 20), (20, 0)] for more in ([(0, 10)], []))
    assert land.path(topology(with_it)).count(" ") <= land.path(topology(without)).count(" ") + 1


def test_what_crosses_the_antimeridian_is_drawn_on_both_sides():
    parts = land.path(topology([(170, 0), (-170, 0), (-170, 20), (170, 20)])).split("z")
    assert sorted(int(re.match(r"M(-?\d+)", part)[1]) > 0 for part in parts if part) == [False, True]


def test_specks_and_the_antarctic_are_left_out():
    assert land.path(topology([(0, 0), (0.1, 0), (0.1, 0.1)], [(0, -80), (90, -80), (90, -70)])) == ""


def test_a_line_is_simplified_within_the_tolerance():
    assert land.simplified([(0, 0), (1, 0.1), (2, -0.1), (3, 5), (4, 0)], 0.5) == [(0, 0), (2, -0.1), (3, 5), (4, 0)]


def test_the_command_draws_the_file(tmp_path, monkeypatch):
    given, drawn = tmp_path / "land.json", tmp_path / "land.svg"
    given.write_text(json.dumps(topology([(0, 0), (20, 0), (20, 20), (0, 20)])))
    monkeypatch.setattr(draw_land, "FILE", drawn)
    call_command("draw_land", str(given), stdout=StringIO())
    assert 'viewBox="-500 -246 1000 442"' in drawn.read_text()
    assert '<path transform="scale(0.25)" d="M0 0l222 0-6-296-216 0z"/>' in drawn.read_text()
    given.write_text("{}")
    with pytest.raises(CommandError, match="cannot be read as TopoJSON"):
        call_command("draw_land", str(given), stdout=StringIO())


def test_the_drawing_in_use_is_small_and_has_nothing_but_a_path():
    drawing = draw_land.FILE.read_text()
    assert len(drawing) < 15_000
    assert set(re.findall(r"<(\w+)", drawing)) == {"svg", "path"}
