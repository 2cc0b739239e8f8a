"""Numbers of countries as circles on the world map: the area of a circle is its number."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from .projection import project

UNIT = 12  # the radius of the circle of a single record, where no number is large
LARGEST = 34
SMALLEST = 3


@dataclass(frozen=True)
class Frame:
    """The part of the drawing that a map shows, in units of the projection."""

    x: float
    y: float
    width: float
    height: float

    @property
    def view_box(self):
        return f"{self.x:.0f} {self.y:.0f} {self.width:.0f} {self.height:.0f}"


WORLD = Frame(-500, -246, 1000, 442)
NARROWEST = 320
MARGIN = 40


@dataclass(frozen=True)
class Circle:
    """`x`, `y` and `radius` are SVG numbers, in units of the projection; `mark` is whom the circle stands for."""

    mark: object
    x: str
    y: str
    radius: str


def circles(marks: Iterable, frame=WORLD):
    """A Circle for each mark that has a count and a place (`count`, `latitude`, `longitude`), the largest first.

    Drawn in this order, small circles lie on large ones, and each can be seen and reached.
    """
    placed = [one for one in marks if one.count and one.latitude is not None and one.longitude is not None]
    if not placed:
        return ()
    zoom = frame.width / WORLD.width
    unit = min(UNIT, LARGEST / sqrt(max(one.count for one in placed)))
    found = []
    for one in sorted(placed, key=lambda one: -one.count):
        x, y = project(float(one.latitude), float(one.longitude))
        radius = max(unit * sqrt(one.count), SMALLEST) * zoom
        found.append(Circle(one, f"{x:.1f}", f"{y:.1f}", f"{radius:.1f}"))
    return tuple(found)


def frame_around(points):
    """The smallest Frame, in the shape of the world's, with all these points of (latitude, longitude) well inside it."""
    places = [project(float(latitude), float(longitude)) for latitude, longitude in points]
    if not places:
        return WORLD
    (left, right), (top, bottom) = ((min(axis) - MARGIN, max(axis) + MARGIN) for axis in zip(*places, strict=True))
    shape = WORLD.width / WORLD.height
    width = min(max(right - left, (bottom - top) * shape, NARROWEST), WORLD.width)
    height = width / shape
    return Frame(
        _within((left + right - width) / 2, WORLD.x, WORLD.x + WORLD.width - width),
        _within((top + bottom - height) / 2, WORLD.y, WORLD.y + WORLD.height - height),
        width,
        height,
    )


def _within(value, lowest, highest):
    return max(lowest, min(value, highest))
