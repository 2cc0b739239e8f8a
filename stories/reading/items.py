"""What the splitter hands on: an item, and the problems that a person should look at."""

import datetime
from dataclasses import dataclass

from .credits import ImageCredit
from .links import Link


@dataclass(frozen=True)
class Problem:
    """Something that a person should look at: the line on which it stands, and a sentence about it."""

    line: int
    message: str


@dataclass(frozen=True)
class Item:
    """One story. `start` and `end` are None when no date could be read; `body` is HTML of p, ul and li only.

    With the precision "month" they are that month's first and last day. `captions` are those of pictures without a
    credit. `line` and `last_line` are the lines of the file that it was read from, both counted from 1.
    """

    title: str
    start: datetime.date | None
    end: datetime.date | None
    body: str
    line: int
    last_line: int
    precision: str = "day"
    image_credits: tuple[ImageCredit, ...] = ()
    captions: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    problems: tuple[Problem, ...] = ()
