"""Agreements and projects as bars on one line of years: plans under what they are made under, successors after what they replace."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

MOST_TICKS = 6
STEPS = (1, 2, 5, 10, 20, 25, 50, 100)
FADE = 5.0  # the room, in percent, in which a bar fades out after today, or in before a day by which it had begun
DEEPEST = 3


@dataclass(frozen=True)
class Life:
    """What a row is drawn from; without `starts` it has no bar.

    `binds` is the day from which it is in force, `starts` that of the signature. `is_by`: it began on that day or earlier.
    `under` and `replaces` are the keys of other lives; of those that are not drawn, nothing is said. `marks` are days on
    which something happened, `stories` pairs of a day and what was told then.
    """

    key: Any
    record: Any = None
    kind: str = "agreement"
    starts: date | None = None
    binds: date | None = None
    ends: date | None = None
    is_by: bool = False
    under: Any = None
    replaces: tuple = ()
    marks: tuple[date, ...] = ()
    stories: tuple[tuple[date, Any], ...] = ()


@dataclass(frozen=True)
class Tick:
    x: str
    label: str
    anchor: str


@dataclass(frozen=True)
class Bar:
    """`waiting` is the part from the signature to the entry into force; a fade leads into what is not known."""

    x: str
    width: str
    waiting: tuple[str, str] | None
    fades_in: tuple[str, str] | None
    fades_out: tuple[str, str] | None


@dataclass(frozen=True)
class Thread:
    """A piece of the line that joins two rows: `part` is "down" (from the bar), "past" (the row) or "up" (to the bar)."""

    x: str
    part: str
    kind: str


@dataclass(frozen=True)
class Row:
    life: Life
    depth: int
    bar: Bar | None
    marks: tuple[str, ...] = ()
    stories: tuple[tuple[str, Any], ...] = ()
    threads: tuple[Thread, ...] = ()

    @property
    def record(self):
        return self.life.record


@dataclass(frozen=True)
class Timeline:
    """Every x is a percentage of the width; `now` is "" where all of it lies ahead; `has` names what the key must explain."""

    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]
    now: str
    has: frozenset = field(default_factory=frozenset)


def percent(value):
    """An SVG length that no locale can spoil."""
    return f"{value:.2f}%"


def timeline(lives, today):
    """Lay out these lives; None if not one of them has a beginning."""
    begun = [life for life in lives if life.starts]
    if not begun:
        return None
    scale = _scale(begun, today)
    placed = list(_in_order(lives))
    rows = [_row(life, depth, scale, today) for life, depth in placed]
    threads = _threads([life for life, _depth in placed], scale)
    rows = [replace(row, threads=tuple(threads[row.life.key])) for row in rows]
    return Timeline(
        rows=tuple(rows),
        ticks=tuple(_ticks(scale)),
        now=percent(scale.x(today)) if scale.first <= today else "",
        has=frozenset(_kinds(rows)),
    )


@dataclass(frozen=True)
class Scale:
    first: date
    last: date

    def x(self, day):
        return 100 * (day - self.first).days / (self.last - self.first).days


def _scale(begun, today):
    """From the first day of a year over all bars and today, with room for the fading ends."""
    first = date(max(min(life.starts.year - life.is_by for life in begun), 1), 1, 1)
    last = max(max(life.ends or today, life.starts, today) for life in begun)
    room = timedelta(days=max(round((last - first).days * FADE / 100), 30))
    return Scale(first, date.max if date.max - last < room else last + room)


def _in_order(lives):
    """(life, depth): by beginning; each is followed by its plans, and then by what replaced it."""
    lives = sorted(lives, key=lambda life: (life.starts or date.max, str(life.key)))
    known = {life.key for life in lives}
    seen = set()

    def visit(life, depth):
        if life.key in seen:
            return
        seen.add(life.key)
        yield life, min(depth, DEEPEST)
        for plan in lives:
            if plan.under == life.key:
                yield from visit(plan, depth + 1)
        for newer in lives:
            if life.key in newer.replaces:
                yield from visit(newer, depth)

    for life in lives:
        if life.under not in known and not known.intersection(life.replaces):
            yield from visit(life, 0)
    for life in lives:  # what stands in a circle has no first one
        yield from visit(life, 0)


def _row(life, depth, scale, today):
    if not life.starts:
        return Row(life, depth, None)
    within = [day for day in sorted(set(life.marks)) if life.starts < day <= scale.last]
    told = [(percent(scale.x(day)), story) for day, story in life.stories if scale.first <= day <= scale.last]
    return Row(life, depth, _bar(life, scale, today), tuple(percent(scale.x(day)) for day in within), tuple(told))


def _bar(life, scale, today):
    start = scale.x(life.starts)
    end = max(scale.x(max(life.ends or today, life.starts)), start + 0.5)
    waits = life.binds and life.binds > life.starts
    binds = min(scale.x(life.binds), end) if waits else start
    return Bar(
        x=percent(binds),
        width=percent(end - binds),
        waiting=(percent(start), percent(binds - start)) if waits else None,
        fades_in=(percent(max(start - FADE, 0)), percent(min(FADE, start))) if life.is_by else None,
        fades_out=(percent(end), percent(max(100 - end, 0))) if life.ends is None else None,
    )


def _threads(lives, scale):
    """The pieces of each row's joining lines, by key."""
    place = {life.key: number for number, life in enumerate(lives)}
    found = {life.key: [] for life in lives}
    for life in lives:
        others = [(key, "succession") for key in life.replaces] + [(life.under, "under")]
        for key, kind in others:
            other = lives[place[key]] if key in place else None
            day = (life.binds or life.starts) if kind == "succession" else life.starts
            if not other or not day or not other.starts or other.starts > day:
                continue
            x, (upper, lower) = percent(scale.x(day)), sorted((place[key], place[life.key]))
            for number in range(upper, lower + 1):
                part = "down" if number == upper else "up" if number == lower else "past"
                found[lives[number].key].append(Thread(x, part, kind))
    return found


def _kinds(rows):
    """What the key must explain."""
    for row in rows:
        if row.bar:
            shown = {
                "waiting": row.bar.waiting,
                "by": row.bar.fades_in,
                "open": row.bar.fades_out,
                "marks": row.marks,
                "stories": row.stories,
                row.life.kind: True,
            }
            yield from (name for name, there in shown.items() if there)
        yield from (thread.kind for thread in row.threads)


def _ticks(scale):
    years = (scale.last - scale.first).days / 365.25
    step = next((step for step in STEPS if years / step <= MOST_TICKS), STEPS[-1])
    shown = [scale.first.year]
    shown += [year for year in range(scale.first.year + 1, scale.last.year + 1) if year % step == 0]
    if len(shown) > 1 and (shown[1] - shown[0]) / years < 0.1:
        del shown[1]
    for year in shown:
        place = scale.x(date(year, 1, 1))
        yield Tick(percent(place), str(year), "start" if place < 5 else "end" if place > 95 else "middle")
