"""Bytes to blocks: the first step of a story's way in.

A block is a paragraph, a bullet or a blank line, with the number of the line on which it stands, so that whatever
is said about it later can name the place where a person finds it.
"""

import itertools
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from .encodings import Unreadable, decode

MAX_BYTES = 5 * 1024 * 1024

# Editors count lines by these three ends only. str.splitlines() also breaks at form feeds and at U+2028, and its
# numbers would then not be the ones that a person sees.
_LINE_END = re.compile(r"\r\n|\n|\r")
_BULLET = re.compile(r"(?:[•‣▪●◦∙·]\s*|[-–—*]\s+)(?=\S)")
_INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u2060\u00ad"))

# A file is taken to be wrapped at a fixed width when this many long lines go on in lower case on the next line.
_WRAPPED_LINES, _WRAPPED_WIDTH, _FULL_LINE = 4, 100, 45


@dataclass(frozen=True)
class Block:
    """One block: `kind` is "paragraph", "bullet" or "break" (a blank line), `line` counts from 1.

    The text is on one line, white space folded, without the bullet's sign; a break has no text.
    """

    kind: str
    text: str
    line: int


def read_file(path: str | Path, name: str | None = None) -> tuple[bytes, tuple[Block, ...]]:
    """Return a file's bytes and its blocks; a file that is too large is refused by its size, unread.

    Raises Unreadable, also when there is no such file.
    """
    path, name = Path(path), name or str(path)
    try:
        if path.is_dir():
            raise Unreadable(f"{name} is a folder. Name the files in it.")
        _check_size(path.stat().st_size, name)
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise Unreadable(f"{name} cannot be opened ({reason}). Check the path and the permissions.") from error
    return data, read(data, name)


def read(data: bytes, name: str) -> tuple[Block, ...]:
    """Return the blocks of a UTF-8 text file; `name` is used in messages only.

    Raises Unreadable for a file that is empty, too large, binary (PDF, DOCX and so on) or not UTF-8.
    """
    _check_size(len(data), name)
    lines = [_fold(line) for line in _LINE_END.split(decode(data, name))]
    if not any(lines):
        raise Unreadable(f"{name} is empty: there is no text in it. Check that the right file was exported.")
    while not lines[-1]:
        lines.pop()
    blocks = [_block(text, number) for number, text in enumerate(lines, start=1)]
    return tuple(_unwrap(blocks) if _is_wrapped(blocks) else blocks)


def unparse(blocks: Iterable[Block]) -> str:
    """Return the text that reads back as these blocks (their line numbers are counted anew)."""
    return "".join(f"• {block.text}\n" if block.kind == "bullet" else f"{block.text}\n" for block in blocks)


def _check_size(size: int, name: str) -> None:
    if size > MAX_BYTES:
        limit = MAX_BYTES // (1024 * 1024)
        raise Unreadable(
            f"{name} is too large: {size / (1024 * 1024):.1f} MB, and {limit} MB is the most that is read. "
            "Split it into smaller text files."
        )


def _fold(line: str) -> str:
    # Control characters are not allowed in XML, so they would break the feeds and the IATI files later on.
    visible = line.translate(_INVISIBLE)
    return " ".join("".join(" " if unicodedata.category(c) == "Cc" else c for c in visible).split())


def _block(text: str, number: int) -> Block:
    if not text:
        return Block("break", "", number)
    if sign := _BULLET.match(text):
        return Block("bullet", text[sign.end() :], number)
    return Block("paragraph", text, number)


def _is_wrapped(blocks: list[Block]) -> bool:
    if max(len(block.text) for block in blocks) > _WRAPPED_WIDTH:
        return False
    pairs = itertools.pairwise(blocks)
    continued = [
        above
        for above, below in pairs
        if below.kind == "paragraph" and below.text[0].islower() and len(above.text) >= _FULL_LINE
    ]
    return len(continued) >= _WRAPPED_LINES


def _unwrap(blocks: list[Block]) -> list[Block]:
    """Join the lines of each paragraph; the block keeps the number of its first line."""
    joined: list[Block] = []
    width = 0
    for block in blocks:
        if joined and block.kind == "paragraph" and width >= _FULL_LINE:
            above = joined.pop()
            joined.append(Block(above.kind, f"{above.text} {block.text}", above.line))
        else:
            joined.append(block)
        width = len(block.text)
    return joined
