"""Counts as bars: a column for each year, or a single bar beside a figure."""

from dataclasses import dataclass

from .timeline import percent

HEIGHT = 96
EVERY = (1, 2, 5, 10, 20)


@dataclass(frozen=True)
class Bar:
    """`x`, `width` and `middle` are percentages of the width; `y` and `height` are pixels."""

    year: int
    count: int
    x: str
    width: str
    middle: str
    y: float
    height: float
    label: str


def year_bars(counts):
    """A bar for each year from the first to the last of `counts` (a dict of year to count), gaps included."""
    if not counts:
        return ()
    years = range(min(counts), max(counts) + 1)
    slot, most = 100 / len(years), max(counts.values())
    every = next((step for step in EVERY if len(years) / step <= 8), EVERY[-1])
    bars = []
    for position, year in enumerate(years):
        count = counts.get(year, 0)
        height = round(HEIGHT * count / most, 1)
        bars.append(
            Bar(
                year=year,
                count=count,
                x=percent(slot * position + slot * 0.12),
                width=percent(slot * 0.76),
                middle=percent(slot * (position + 0.5)),
                y=HEIGHT - height,
                height=height,
                label=str(year) if year % every == 0 else "",
            )
        )
    return tuple(bars)


def share(value, most):
    """The length of a bar as a percentage of the longest one."""
    return percent(100 * float(value) / float(most)) if most else percent(0)
