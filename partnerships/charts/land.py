"""The world's land as one SVG path: outlines cut at the antimeridian, projected, and simplified.

It is drawn once, by `manage.py draw_land`; pages only show the file. It has coasts and no borders: where a border runs is
not for a register of partnerships to say.
"""

from itertools import pairwise
from math import dist

from .projection import project

SOUTH = -56  # Antarctica has no countries; without it, the map is a fifth less high
GRID = 4  # points lie on quarters of a unit, and the path counts in these
TOLERANCE = 0.6  # how far the drawing may be from the coast, in units
SMALLEST = 1.5  # what is smaller than this is left out, in square units


def path(topology, name="land"):
    """The `d` of a path from a TopoJSON object, in steps of the GRID."""
    arcs = [_decoded(arc, topology["transform"]) for arc in topology["arcs"]]
    rings = [ring for shape in _shapes(topology["objects"][name]) for ring in _rings(shape, arcs)]
    return "".join(_drawn(part) for ring in rings if _north(ring) > SOUTH for part in _cut(ring))


def _decoded(arc, transform):
    """The (longitude, latitude) points of an arc, which TopoJSON keeps as steps on a grid."""
    x = y = 0
    (width, height), (left, bottom) = transform["scale"], transform["translate"]
    points = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        points.append((x * width + left, y * height + bottom))
    return points


def _shapes(thing):
    if thing["type"] == "GeometryCollection":
        return [shape for one in thing["geometries"] for shape in _shapes(one)]
    return [thing["arcs"]] if thing["type"] == "Polygon" else thing["arcs"]


def _rings(shape, arcs):
    for numbers in shape:
        points = []
        for number in numbers:
            # ~n stands for arc n walked backwards; where arcs meet, both have the point.
            arc = arcs[number] if number >= 0 else arcs[~number][::-1]
            points += arc[1:] if points else arc
        yield points


def _north(ring):
    return max(latitude for _longitude, latitude in ring)


def _cut(ring):
    """The parts of a ring within 180° west and 180° east; one that crosses the antimeridian has two."""
    walked = [ring[0]]
    for longitude, latitude in ring[1:]:
        before = walked[-1][0]
        walked.append((longitude - 360 * round((longitude - before) / 360), latitude))
    for turn in (-360, 0, 360):
        moved = [(longitude + turn, latitude) for longitude, latitude in walked]
        part = _east_of(-180, moved)
        part = [(-longitude, latitude) for longitude, latitude in _east_of(-180, [(-x, y) for x, y in part])]
        if len(part) > 2:
            yield part


def _east_of(edge, points):
    """The polygon's part that lies east of a meridian (Sutherland and Hodgman, 1974)."""
    kept = []
    for before, point in pairwise([points[-1], *points] if points else []):
        if (before[0] < edge) != (point[0] < edge):
            share = (edge - before[0]) / (point[0] - before[0])
            kept.append((edge, before[1] + share * (point[1] - before[1])))
        if point[0] >= edge:
            kept.append(point)
    return kept


def _drawn(part):
    points = [project(latitude, longitude) for longitude, latitude in part]
    # Begun at two far points, a ring is two lines, which is what can be simplified.
    half = max(range(len(points)), key=lambda at: dist(points[0], points[at]))
    ring = simplified(points[: half + 1], TOLERANCE)[:-1] + simplified([*points[half:], points[0]], TOLERANCE)[:-1]
    if len(ring) < 3 or area(ring) < SMALLEST:
        return ""
    grid = [(round(x * GRID), round(y * GRID)) for x, y in ring]
    steps = [(x - was_x, y - was_y) for (was_x, was_y), (x, y) in pairwise(grid)]
    return f"M{_pair(grid[0])}l" + " ".join(_pair(step) for step in steps if step != (0, 0)).replace(" -", "-") + "z"


def _pair(point):
    return f"{point[0]} {point[1]}".replace(" -", "-")


def simplified(points, tolerance):
    """The line with fewer points, nowhere farther from the old one than the tolerance (Douglas and Peucker, 1973)."""
    if len(points) < 3:
        return points
    first, last = points[0], points[-1]
    away = [_distance(point, first, last) for point in points[1:-1]]
    farthest = max(range(len(away)), key=away.__getitem__)
    if away[farthest] <= tolerance:
        return [first, last]
    at = farthest + 1
    return simplified(points[: at + 1], tolerance)[:-1] + simplified(points[at:], tolerance)


def _distance(point, first, last):
    length = dist(first, last)
    if not length:
        return dist(point, first)
    (x, y), (x1, y1), (x2, y2) = point, first, last
    return abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length


def area(ring):
    """Of a polygon, by the surveyor's formula."""
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]]))) / 2
