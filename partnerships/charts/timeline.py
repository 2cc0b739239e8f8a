"""An agreement's life on a line of years."""

from dataclasses import dataclass
from datetime import date

MOST_TICKS = 6
STEPS = (1, 2, 5, 10, 20, 25, 50, 100)


@dataclass(frozen=True)
class Tick:
    x: str
    label: str
    anchor: str


@dataclass(frozen=True)
class Timeline:
    """`start`, `end` and `now` are percentages of the width; `is_open` says that no end is known."""

    start: str
    width: str
    now: str
    is_open: bool
    rest: str
    ticks: tuple[Tick, ...]
    marks: tuple[str, ...]


def percent(value):
    """An SVG length that no locale can spoil."""
    return f"{value:.2f}%"


def timeline(start, end, today, joined=()):
    """Lay out the time from `start` to `end` (None: open), with a mark for each day of `joined` within it."""
    last = max(end or today, today, start)
    first_day, last_day = date(start.year, 1, 1), date(min(last.year + 1, 9999), 1, 1)
    days = (last_day - first_day).days

    def x(day):
        return 100 * (day - first_day).days / days

    until = x(end) if end else max(x(today), x(start))
    return Timeline(
        start=percent(x(start)),
        width=percent(max(until - x(start), 0.5)),
        now=percent(x(today)) if first_day <= today <= last_day else "",
        is_open=end is None,
        rest=percent(until),
        ticks=tuple(_ticks(first_day, last_day, x)),
        marks=tuple(percent(x(day)) for day in sorted(set(joined)) if start < day <= last),
    )


def _ticks(first_day, last_day, x):
    years = last_day.year - first_day.year
    step = next((step for step in STEPS if years / step <= MOST_TICKS), STEPS[-1])
    shown = [first_day.year]
    shown += [year for year in range(first_day.year + 1, last_day.year) if year % step == 0]
    if len(shown) > 1 and (shown[1] - shown[0]) / years < 0.1:
        del shown[1]
    for year in shown:
        place = x(date(year, 1, 1))
        yield Tick(percent(place), str(year), "start" if place < 5 else "end" if place > 95 else "middle")
