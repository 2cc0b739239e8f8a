"""The blocks under a heading: text to HTML, with credits and further links lifted out of it."""

import html
import re
from collections.abc import Sequence

from . import links
from .credits import ImageCredit, Lore, lift_credits, split_caption
from .items import Problem
from .links import Intro, Link
from .names import run_together
from .readers import Block

# "the address ( is active": what stood in the brackets was lost when the page was saved as text.
_LOST = re.compile(r"(?<![\w’])[\w’]+ [(\[](?=\s+\w)")


class Body:
    """What one item's blocks say: `html`, `image_credits`, `captions`, `links` and `problems`, in their order."""

    def __init__(self, blocks: Sequence[Block], lore: Lore):
        self.image_credits: list[ImageCredit] = []
        self.captions: list[str] = []
        self.links: list[Link] = []
        self.problems: list[Problem] = []
        self._lore = lore
        self._parts: list[tuple[str, str]] = []
        self._read(blocks)

    @property
    def html(self) -> str:
        """Return the paragraphs and lists; neighbouring bullets are one list. All text is escaped."""
        lines, kinds = [], [kind for kind, _ in self._parts]
        for (kind, text), before, after in zip(self._parts, ["", *kinds], [*kinds[1:], ""], strict=False):
            escaped = html.escape(text, quote=False)
            if kind == "paragraph":
                lines.append(f"<p>{escaped}</p>")
                continue
            opening, closing = "<ul>" * (before != "bullet"), "</ul>" * (after != "bullet")
            lines.append(f"{opening}<li>{escaped}</li>{closing}")
        return "\n".join(lines)

    def _read(self, blocks: Sequence[Block]) -> None:
        position = 0
        while position < len(blocks):
            block = blocks[position]
            position += 1
            if block.kind == "bullet":
                self._add("bullet", block.text, block.line)
            elif block.kind == "paragraph":
                if lead := links.intro(block.text):
                    position = self._read_links(lead, blocks, position)
                else:
                    self._read_paragraph(block)

    def _read_paragraph(self, block: Block) -> None:
        credits, text, notes = lift_credits(block.text, self._lore)
        self.image_credits += credits
        self.problems += [Problem(block.line, note) for note in notes]
        if parted := split_caption(text):
            caption, text = parted
            self.captions.append(caption)
            self.problems.append(Problem(block.line, f"“{caption}” was taken for a caption without a credit: check it"))
        if link := links.sentence(text):
            self.links.append(link)
        elif parted := links.last_sentence(text):
            self._add("paragraph", parted[0], block.line)
            self.links.append(parted[1])
        elif text:
            self._add("paragraph", text, block.line)

    def _read_links(self, lead: Intro, blocks: Sequence[Block], position: int) -> int:
        """Read the links under a "Further information" line; return the position of the block after them."""
        listed = self._listed(blocks[position:], only_bullets=lead.link is not None)
        for block in listed:
            if link := links.target(block.text):
                self.links.append(link)
            else:
                self.problems.append(Problem(block.line, f"“{block.text}” is a link without a title; it is left out"))
        if listed:
            return position + blocks[position:].index(listed[-1]) + 1
        if lead.link:
            self.links.append(lead.link)
        else:
            line = blocks[position - 1].line
            self.problems.append(Problem(line, f"nothing follows “{lead.text}”; it is left out"))
        return position

    @staticmethod
    def _listed(blocks: Sequence[Block], only_bullets: bool) -> list[Block]:
        """Return the lines of a list of links, up to a second blank line or the next prose."""
        found, gap = [], 0
        for block in blocks:
            gap = gap + 1 if block.kind == "break" else 0
            # Once there is a bullet, the list is one of bullets, and a paragraph ends it.
            only_bullets = only_bullets or block.kind == "bullet"
            if gap == 2 or (block.kind == "paragraph" and only_bullets):
                break
            if block.kind != "break":
                if not links.is_link_line(block.text, block.kind):
                    break
                found.append(block)
        return found

    def _add(self, kind: str, text: str, line: int) -> None:
        self._parts.append((kind, text))
        self.links += [Link(links.readable(url), url) for url in links.addresses(text)]
        for place in run_together(text):
            self.problems.append(Problem(line, f"words run together at “{place}”; the text is kept as it is"))
        for lost in _LOST.findall(text):
            self.problems.append(Problem(line, f"something is missing after “{lost}”; the text is kept as it is"))
