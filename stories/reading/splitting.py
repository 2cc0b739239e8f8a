"""Blocks to items: where each dated story of a document begins, and what belongs to it.

A line such as `8-9 September 2020: Title` opens an item. A document without such a line is one item, whose title
is its first line and whose date is looked for in the text. Nothing is guessed in silence: what could not be read,
or was read from an unlikely place, is a Problem with its line.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from . import links
from .body import Body
from .credits import Lore
from .dates import Span, find_days, match_date
from .items import Item, Problem
from .readers import Block

__all__ = ["Item", "Problem", "Reading", "split"]

_MAX_TITLE = 250
_HEADING_END = re.compile(r"\s{0,3}[:–—|]\s{0,3}|\s{0,3}-\s{1,3}")
_AFTER_ON = re.compile(r"\bon(?:\s+the)?\s+$", re.IGNORECASE)
_DATELINE_PLACE = re.compile(r"[^\W\d][^.:;,\d]{1,40},\s{1,3}")


@dataclass(frozen=True)
class Reading:
    """All items of a document in its order, and the problems that belong to none of them.

    `title` is the document's first line: the name of a listing, or the title of the only story in it.
    """

    items: tuple[Item, ...]
    problems: tuple[Problem, ...] = ()
    title: str = ""


def split(blocks: Sequence[Block]) -> Reading:
    """Return the items of a document. Every text can be split: what is wrong with it is among the problems."""
    title = next((_brief(block.text, _MAX_TITLE) for block in blocks if block.kind != "break"), "")
    lore = Lore.of(block.text for block in blocks if block.kind == "paragraph")
    heads = [(index, head) for index, block in enumerate(blocks) if (head := _heading(block))]
    if not heads:
        return Reading(_only_item(blocks, lore), title=title)
    problems = [_outside(blocks[: heads[0][0]], "stands before the first dated heading")]
    blocks, closing = _part_closing_line(blocks, heads[-1][0])
    problems.append(_outside(closing, "leads away from the document"))
    ends = [index for index, _ in heads[1:]] + [len(blocks)]
    items = [
        _item(blocks[index], title, span, blocks[index + 1 : end], lore)
        for (index, (span, title)), end in zip(heads, ends, strict=True)
    ]
    return Reading(tuple(items), tuple(problem for problem in problems if problem), title)


def _heading(block: Block) -> tuple[Span, str] | None:
    if block.kind != "paragraph" or not (dated := match_date(block.text)):
        return None
    span, position = dated
    separator = _HEADING_END.match(block.text, position)
    title = block.text[separator.end() :] if separator else ""
    # A long line, or one of several sentences, is a paragraph that begins with a date.
    if not re.search(r"\w", title) or len(title) > _MAX_TITLE or re.search(r"[a-z]\. [A-Z].*\.$", title):
        return None
    return span, title


def _only_item(blocks: Sequence[Block], lore: Lore) -> tuple[Item, ...]:
    texts = [block for block in blocks if block.kind != "break"]
    if not texts:
        return ()
    head, title, problems = texts[0], texts[0].text, []
    rest = blocks[blocks.index(head) + 1 :]
    if len(title) > _MAX_TITLE:
        title, rest = _brief(title, _MAX_TITLE), [head, *rest]
        problems.append(Problem(head.line, "there is no heading; the title was taken from the first words"))
    span, note = _date_in_text(texts)
    return (_item(head, title, span, rest, lore, [*problems, note]),)


def _item(
    head: Block, title: str, span: Span, rest: Sequence[Block], lore: Lore, problems: Sequence[Problem] = ()
) -> Item:
    body = Body(rest, lore)
    found = [*problems, *body.problems]
    if span.problem:
        found.append(Problem(head.line, span.problem))
    if not body.html:
        found.append(Problem(head.line, f"there is no text under the heading “{_brief(title)}”"))
    return Item(
        title=title,
        start=span.start,
        end=span.end,
        body=body.html,
        line=head.line,
        last_line=max([head.line, *(block.line for block in rest if block.kind != "break")]),
        precision=span.precision,
        captions=tuple(body.captions),
        image_credits=tuple(body.image_credits),
        links=tuple(body.links),
        problems=tuple(sorted(found, key=lambda problem: problem.line)),
    )


def _date_in_text(blocks: Sequence[Block]) -> tuple[Span, Problem]:
    """Find the date of a story whose heading has none: a dateline, "On 3 May 2021", or the only day that it names."""
    for block in blocks[1:4]:
        place = _DATELINE_PLACE.match(block.text)
        for position in {0, place.end() if place else 0}:
            dated = match_date(block.text, position)
            if dated and dated[0].start and re.match(r"\s*(?:$|[-–—:|(])", block.text[dated[1] :]):
                return _read_from(dated[0], block)
    days = [(span, at, block) for block in blocks for span, at in find_days(block.text)]
    for span, at, block in days:
        if _AFTER_ON.search(block.text[max(0, at - 10) : at]):
            return _read_from(span, block)
    if len({span.start for span, _, _ in days}) == 1:
        return _read_from(days[0][0], days[0][2])
    said = "several dates are named" if days else "no date is named"
    return Span(None, None, ""), Problem(blocks[0].line, f"the heading has no date and {said} in the text; add one")


def _read_from(span: Span, block: Block) -> tuple[Span, Problem]:
    return span, Problem(block.line, f"the heading has no date; “{span.written}” was taken from the text: check it")


def _part_closing_line(blocks: Sequence[Block], last_head: int) -> tuple[Sequence[Block], Sequence[Block]]:
    """Part the line under the last item that leads to other pages; two blank lines set it off from the item."""
    written = [index for index, block in enumerate(blocks) if block.kind != "break"]
    last = written[-1]
    apart = [block.kind for block in blocks[max(0, last - 2) : last]] == ["break", "break"]
    if last > last_head and apart and links.is_closing_line(blocks[last].text):
        return blocks[:last], blocks[last:]
    return blocks, ()


def _outside(blocks: Sequence[Block], where: str) -> Problem | None:
    texts = [block for block in blocks if block.kind != "break"]
    if not texts:
        return None
    return Problem(texts[0].line, f"“{_brief(' '.join(b.text for b in texts))}” {where}; it is in no item")


def _brief(text: str, limit: int = 60) -> str:
    return text if len(text) <= limit else text[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:-–—") + "…"
