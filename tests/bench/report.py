"""The one table."""

from .questions import PLAIN, RAW, SYSTEMS, TITLES

HEADER = (
    "",
    "system",
    "answers/s",
    "p50 ms",
    "p99 ms",
    "first byte",
    "CPU ms",
    "behind raw",
    "ahead of plain",
    "errors",
)
WIDTHS = (3, 10, 10, 9, 9, 11, 9, 11, 15, 7)


def lines(figures):
    """The table's lines; `figures` are {(name, system): Figures}."""
    yield row(HEADER)
    for name in TITLES:
        if (name, RAW) not in figures:
            continue
        raw, plain = (figures[name, system].per_second for system in (RAW, PLAIN))
        for system in SYSTEMS:
            one = figures[name, system]
            yield row(
                (
                    name.upper() if system == SYSTEMS[0] else "",
                    system,
                    number(one.per_second),
                    number(one.p50),
                    number(one.p99),
                    number(one.first_byte) if name == "q6" else "",
                    number(one.cpu),
                    times(raw, one.per_second),
                    times(one.per_second, plain),
                    str(one.errors or ""),
                )
            )
    yield ""
    yield from (f"{name.upper()}  {title}" for name, title in TITLES.items() if (name, RAW) in figures)


def row(cells):
    first, second, *others = zip(cells, WIDTHS, strict=True)
    words = [cell.ljust(width) for cell, width in (first, second)]
    return " ".join(words + [cell.rjust(width) for cell, width in others]).rstrip()


def number(value):
    """Three digits are more than a shared machine knows."""
    if value is None:
        return "-"
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def times(one, other):
    return f"{number(one / other)} x" if one and other else "-"
