"""Amounts as columns, one for each year: what several give together stands, hatched, on what is given alone."""

from dataclasses import dataclass

from .timeline import percent

HEIGHT = 104
LEAST = 2  # so that the smallest amount is seen, and can be reached
MOST_LABELS = 8
EVERY = (1, 2, 5, 10, 20)
WIDEST = 9.0  # of a column, in percent: one year alone is not a wall


@dataclass(frozen=True)
class Slot:
    """The place of a year, or of what has no date (None). `x`, `width` and `middle` are percentages of the width."""

    year: int | None
    x: str
    width: str
    middle: str
    label: str


@dataclass(frozen=True)
class Column:
    """Pixels from the top of the drawing; what is not there has no height."""

    y: float
    alone: float
    joint_y: float
    joint: float


def slots(years, undated=False):
    """A Slot for each year from the first to the last of these, gaps included, and one at the end for what has no date."""
    shown = list(range(min(years), max(years) + 1)) if years else []
    every = next((step for step in EVERY if len(shown) / step <= MOST_LABELS), EVERY[-1])
    places = [*shown, None] if undated else shown
    size = 100 / max(len(places), 4)
    width = min(size * 0.76, WIDEST)
    return tuple(
        Slot(
            year=year,
            x=percent(size * (position + 0.5) - width / 2),
            width=percent(width),
            middle=percent(size * (position + 0.5)),
            label=str(year) if year is not None and year % every == 0 else "",
        )
        for position, year in enumerate(places)
    )


def column(alone, joint, most):
    """The Column of two amounts, where `most` is the largest sum of a year."""
    heights = [max(round(float(HEIGHT * part / most), 1), LEAST) if part else 0 for part in (alone, joint)]
    return Column(HEIGHT - heights[0], heights[0], round(HEIGHT - sum(heights), 1), heights[1])
