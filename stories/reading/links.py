"""Further links: "Further information" blocks, "More on this here" sentences, and addresses in the text.

A page saved as text keeps a link's words and loses its target. The words are kept as a link's title with an empty
address, for a person to fill in; a phrase that lost both says nothing and is left out.
"""

import re
from dataclasses import dataclass

_MAX_TITLE, _MAX_LISTED, _MAX_URL = 200, 300, 500

# "{0,3}" rather than "*": a bounded run of spaces cannot make the search slow.
_INTRO = re.compile(
    r"(?:for\s)?(?:further|more|additional)\s(?:information|details|news|reading|about)\b"
    r"|follow\s(?:us|the\slatest(?:\s(?:news|updates))?)\b|(?:read|find\sout|learn)\smore\b"
    r"|see\salso\b|(?:related|useful|further)\s(?:links|stories|information|reading)\b|links?(?=\s?:)",
    re.IGNORECASE,
)
_OPENING = re.compile(r"\s?(?:on|about|regarding|at)?\b\s?:?\s*", re.IGNORECASE)
_REQUEST = re.compile(
    r"[\s,:;]*(?:please\s)?(?:visit|see|click|go\sto|consult|contact|write\sto|e-?mail)?(?:\sus)?(?:\s(?:at|on|here))*[\s,:;.]*",
    re.IGNORECASE,
)
_URL = re.compile(r"(?:https?://|\bwww\.(?=[\w-]+\.))[^\s<>\"“”]+", re.IGNORECASE)
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.\w")
_HERE = re.compile(r"\bhere\s?[.;,]?$", re.IGNORECASE)
_TAIL = re.compile(r"(?:\s*[-–—:|(]\s*(?:here|link)?\s*\)?)?[\s.;,:(\[<-]*$", re.IGNORECASE)
_LAST_SENTENCE = re.compile(
    r"(?<=[.!?”\"])\s+((?:(?:For\s)?(?:more|further)\sinformation|read\smore|find\sout\smore|learn\smore)\b"
    r"[^.!?]{0,150}(?:\bhere\s?\.?|https?://\S+))$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Link:
    """A further link; `url` is empty when the text has lost the target."""

    title: str
    url: str = ""


@dataclass(frozen=True)
class Intro:
    """A line such as "Further information on X:". `link` is the link that the line itself is, if it is one."""

    text: str
    link: Link | None


def intro(text: str) -> Intro | None:
    """Return the line that leads to links; None for prose, and for a line with an e-mail address to keep."""
    found = _INTRO.match(text)
    if not found or len(text) > _MAX_TITLE or _EMAIL.search(text):
        return None
    urls = addresses(text)
    rest = _URL.sub("", text[_OPENING.match(text, found.end()).end() :])
    if text.endswith((".", "!")) and rest.strip(" .!") and not urls and not _HERE.search(text):
        return None
    if _REQUEST.fullmatch(rest):
        return Intro(text, Link(readable(urls[0]), urls[0]) if urls else None)
    return Intro(text, sentence(text) or target(text))


def target(text: str) -> Link | None:
    """Return the link that one line of a list of links is; None when only "here" is left of it."""
    urls = addresses(text)
    bare = " ".join(_URL.sub("", text).split())
    title = _TAIL.sub("", bare)
    if not re.search(r"\w", title) or title.lower() == "here":
        title = readable(urls[0]) if urls else ""
    return Link(title, urls[0] if urls else "") if title else None


def sentence(text: str) -> Link | None:
    """Return the link that a whole line is: `Web story first published here.`; its words are the title."""
    if len(text) > _MAX_TITLE or re.search(r"[.!?]\s+[A-Z“\"]", text) or _EMAIL.search(text):
        return None
    urls = addresses(text)
    if not urls:
        return Link(text) if _HERE.search(text) and " " in text else None
    bare = " ".join(_URL.sub("", text).split())
    return Link(_TAIL.sub("", bare) or readable(urls[0]), urls[0]) if len(urls) == 1 else None


def last_sentence(text: str) -> tuple[str, Link] | None:
    """Part a paragraph from a last sentence that only leads elsewhere: `... More information on X here`."""
    found = _LAST_SENTENCE.search(text[-400:])
    link = sentence(found.group(1)) if found else None
    return (text[: len(text) - len(found.group())].rstrip(), link) if link else None


def is_link_line(text: str, kind: str) -> bool:
    """Tell whether a line under "Further information" is a link's title rather than the next piece of prose."""
    if kind == "bullet":
        return len(text) <= _MAX_LISTED
    targeted = bool(_URL.search(text) or _HERE.search(text))
    return len(text) <= _MAX_TITLE and not intro(text) and (targeted or not text.endswith((".", "!", "?")))


def is_closing_line(text: str) -> bool:
    """Tell whether the last line of a listing leads away from it: `Read our older stories here.`"""
    leading = re.match(r"(?:read|see|find|view|browse|visit|back|all|older|more)\b", text, re.IGNORECASE)
    return bool(leading and len(text) <= 120 and (_HERE.search(text) or _URL.search(text)))


def addresses(text: str) -> list[str]:
    """Return the web addresses in a text, without the full stop or bracket that ends the sentence around them."""
    found = []
    for match in _URL.finditer(text):
        url = match.group().rstrip(".,;:!?'’”*")
        while url.endswith(")") and url.count(")") > url.count("("):
            url = url[:-1].rstrip(".,;:!?")
        if len(url) < _MAX_URL - 8:
            found.append(url if url.lower().startswith("http") else f"https://{url}")
    return found


def readable(url: str) -> str:
    """Return an address as a title: without its scheme, `www.` and the slash at the end."""
    return re.sub(r"^https?://(?:www\.)?", "", url, flags=re.IGNORECASE).rstrip("/") or url
