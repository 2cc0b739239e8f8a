"""Figures on a line that begins at zero: from the baseline to the actual figure, with the target as a mark."""

from dataclasses import dataclass
from typing import Any

from .timeline import percent

NEAR_THE_EDGE = 30  # percent; words that begin there would not have room on both sides


@dataclass(frozen=True)
class Point:
    """`x` is a percentage of the width; `anchor` keeps the words beside the mark within the drawing."""

    figure: Any
    x: str
    anchor: str


@dataclass(frozen=True)
class Range:
    """Each Point may be None; `way` leads from the baseline to the actual figure, (x, x), if both are known."""

    zero: str
    baseline: Point | None
    target: Point | None
    actual: Point | None
    earlier: tuple[Point, ...]
    way: tuple[str, str] | None


def range_of(baseline=None, target=None, actual=None, earlier=()):
    """The Range of figures (with a `value`), or None where there are not two of them to compare.

    `earlier` are actual figures that the last one has replaced.
    """
    values = [float(one.value) for one in (baseline, target, actual, *earlier) if one]
    if len(values) < 2:
        return None
    low, high = min(0.0, *values), max(0.0, *values)
    unit = 100 / (high - low) if high > low else 0.0

    def point(figure):
        if figure is None:
            return None
        at = (float(figure.value) - low) * unit
        anchor = "start" if at < NEAR_THE_EDGE else "end" if at > 100 - NEAR_THE_EDGE else "middle"
        return Point(figure, percent(at), anchor)

    first, aim, last = point(baseline), point(target), point(actual)
    way = (first.x, last.x) if first and last else None
    return Range(percent(abs(low) * unit), first, aim, last, tuple(point(one) for one in earlier), way)
