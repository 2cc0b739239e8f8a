"""Whole-day entries as an iCalendar file (RFC 5545). Pure: entries in, text out.

A whole day has no time zone: a meeting on 8 September is on that day wherever the calendar is read.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

MEDIA_TYPE = "text/calendar; charset=utf-8"
LONGEST_LINE = 75  # octets, without the line break


@dataclass(frozen=True)
class Entry:
    """`after` is the day after the last one; `sequence` grows with every change, `modified` is when the last one was made."""

    uid: str
    first: date
    after: date
    title: str
    text: str
    url: str
    modified: datetime
    sequence: int
    place: str = ""
    is_tentative: bool = False


def calendar(name, entries, language="en"):
    """The file, with a name that calendars show; the same entries give the same text."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Concord//Register of partnerships//EN",
        "CALSCALE:GREGORIAN",
        f"NAME;LANGUAGE={language}:{escaped(name)}",
        f"X-WR-CALNAME:{escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
    ]
    for entry in entries:
        lines += event(entry)
    return "".join(f"{folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def event(entry):
    """Without METHOD, DTSTAMP is when the entry was last revised (RFC 5545, 3.8.7.2)."""
    modified = entry.modified.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(entry.uid)}"
    yield f"DTSTAMP:{modified}"
    yield f"LAST-MODIFIED:{modified}"
    yield f"SEQUENCE:{entry.sequence}"
    yield f"DTSTART;VALUE=DATE:{day(entry.first)}"
    yield f"DTEND;VALUE=DATE:{day(entry.after)}"
    yield f"SUMMARY:{escaped(entry.title)}"
    yield f"DESCRIPTION:{escaped(entry.text)}"
    if entry.place:
        yield f"LOCATION:{escaped(entry.place)}"
    yield f"URL:{entry.url}"
    yield f"STATUS:{'TENTATIVE' if entry.is_tentative else 'CONFIRMED'}"
    # Whoever reads the register's calendar is not busy because of it.
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def day(value):
    return f"{value.year:04}{value.month:02}{value.day:02}"


def escaped(text):
    """A value of the type TEXT: what would end or part it is escaped, other control characters go."""
    text = str(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return "".join(
        character for character in text if character == "\t" or (ord(character) >= 32 and character != "\x7f")
    )


def folded(line):
    """A long line goes on after a line break and a space; no character is cut in two."""
    parts, size = [[]], 0
    for character in line:
        length = len(character.encode())
        if size + length > LONGEST_LINE:
            parts.append([])
            size = 1  # the space that it begins with
        parts[-1].append(character)
        size += length
    return "\r\n ".join("".join(part) for part in parts)
