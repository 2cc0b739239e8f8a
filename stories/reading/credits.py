"""Image credits and captions, lifted out of the text that they stand in.

Where a page was saved as text, the credit under a picture runs into the next sentence: `Photo © ACMEThe minister
said`. No list of names says where such a credit ends, only the shape of the letters does: a capital that begins a
word straight after a word's end.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from .names import WORD, glue_points, is_name_row, opener_at

_MAX_CREDIT, _MAX_CAPTION, _SHORT_LINE = 80, 200, 200

_KIND = r"(?i:image|photo|picture|photograph|foto)"
_MARKER = re.compile(
    rf"(?:\b{_KIND}s?(?:\s(?i:credits?))?\s?(?:[:©]\s?©?|\([cC]\)|\s?\b(?i:by|courtesy of)\b)"
    r"|\b(?:IMAGES?|PHOTOS?|PICTURES?|FOTOS?)\b(?:\s(?:CREDIT|BY)\b:?)?|©|\([cC]\)(?=\s?[A-Z0-9]))\s*"
)
_NEXT_SIGN = re.compile(rf"{_KIND}s?\s?[:©]|(?<=\s)©")
_SEPARATOR = re.compile(r"(?:\s[-–—|]|[(\[|])\s*$")


@dataclass(frozen=True)
class ImageCredit:
    """A credit such as "ACME", as it was written ("Photo © ACME"), with the caption that stood before it, if any."""

    credit: str
    caption: str = ""
    written: str = ""


@dataclass
class Lore:
    """What a document teaches about its own credits: how often each word stands in it, and its clear credits."""

    words: Counter = field(default_factory=Counter)
    credits: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Lore":
        """Learn from all of a document's texts. Two readings are enough: the second uses the first's credits."""
        lore, texts = cls(), list(texts)
        for text in texts:
            lore.words.update(WORD.findall(text))
        clear = [credit for text in texts for credit, sure in _credits(text, lore) if sure]
        lore.credits.update(clear)
        return lore


def lift_credits(text: str, lore: Lore) -> tuple[list[ImageCredit], str, list[str]]:
    """Return the credits of one paragraph, the paragraph without them, and what could not be told."""
    found, notes = [], []
    while lifted := _lift(text, lore):
        credit, text, sure = lifted
        found.append(credit)
        if not sure:
            notes.append(f"the credit “{credit.written}” may end elsewhere: check it against the text that follows")
    if _MARKER.match(text) or "©" in text:
        notes.append("an image credit whose end cannot be told; it is left in the text")
    return found, text, notes


def split_caption(text: str) -> tuple[str, str] | None:
    """Part a caption without a credit from the sentence glued to it: `Ana Lima, Mayor of PortoWith the ...`.

    Only a row of names, with the small words between them, is a caption; None when the text has no such start.
    """
    for position in glue_points(text):
        if opener_at(text, position) and " " in text[:position]:
            caption = text[:position]
            return (caption, text[position:]) if is_name_row(caption) else None
    return None


def _lift(text: str, lore: Lore) -> tuple[ImageCredit, str, bool] | None:
    # A caption and a credit are short, so only a line's first words are looked at, however long the line is.
    for marker in _MARKER.finditer(text, 0, _MAX_CAPTION + _MAX_CREDIT):
        before, after = text[: marker.start()], text[marker.end() :]
        ended = _end_of_credit(after[: 2 * _MAX_CREDIT], lore)
        if ended is None:
            continue
        end, sure = ended
        credit, rest = after[:end].strip(), after[end:].strip()
        separator = _SEPARATOR.search(before)
        caption = (before[: separator.start()] if separator else before).strip()
        if len(caption) > _MAX_CAPTION:
            continue
        # Within prose a sign is only a credit's when the line is a caption: short, and ending with the credit.
        if before and not separator and (rest or len(text) > _SHORT_LINE or before[-2:-1] not in ".,;"):
            continue
        bracket = separator and separator.group().strip() in ("(", "[")
        credit = credit.rstrip(".;,)]" if bracket else ".;, ").strip()
        if credit:
            written = f"{marker.group()}{credit}"
            return ImageCredit(credit, caption, " ".join(written.split())), rest, sure
    return None


def _credits(text: str, lore: Lore) -> list[tuple[str, bool]]:
    found = []
    while lifted := _lift(text, lore):
        found.append((lifted[0].credit, lifted[2]))
        text = lifted[1]
    return found


def _end_of_credit(text: str, lore: Lore) -> tuple[int, bool] | None:
    """Return where the credit ends in the text after its sign, and whether that is sure; None if it cannot be told."""
    if following := _NEXT_SIGN.search(text, 1):
        text = text[: following.start()]
    ends = [end for end in glue_points(text, _MAX_CREDIT) if is_name_row(text[:end])]
    for end in ends:
        if text[:end].strip() in lore.credits:
            return end, True
    for end in ends:
        if opener_at(text, end):
            return end, True
    if len(text) <= _MAX_CREDIT and is_name_row(text.rstrip(".;, )]")):
        return len(text), True
    for end in _acronym_splits(text, lore):
        if is_name_row(text[:end]):
            return end, True
    if ends:
        return ends[0], len(ends) == 1
    # A credit known from elsewhere, with a word glued to it that begins in lower case.
    for credit in sorted(lore.credits, key=len, reverse=True):
        if text.startswith(credit) and credit[-1].islower() and text[len(credit) : len(credit) + 1].isalpha():
            return len(credit), False
    for space in re.finditer(r"\s+", text[: _MAX_CREDIT + 1]):
        if space.start() and opener_at(text, space.end()) and is_name_row(text[: space.start()]):
            return space.end(), True
    return None


def _acronym_splits(text: str, lore: Lore) -> list[int]:
    """Return where a word runs into an acronym that the document has elsewhere: `ACMEILO`, `ACMEACME`, `LimaILO`."""
    points = []
    for token in WORD.finditer(text, 0, _MAX_CREDIT + 1):
        word = token.group()

        def stands_alone(part: str, word: str = word) -> bool:
            return part in lore.credits or (len(part) > 1 and lore.words[part] >= max(1, lore.words[word]))

        cuts = [
            cut
            for cut in range(2, len(word))
            if word[cut:].isupper() and (word[cut:] in ("A", "I") or stands_alone(word[cut:]))
            if word[cut - 1].islower() or (word[:cut].isupper() and stands_alone(word[:cut]))
        ]
        if len(cuts) == 1:
            points.append(token.start() + cuts[0])
    return points
