"""From the bytes of a CSV or XLSX file to rows of text, or a sentence that says why it cannot be read."""

import csv
import io
import zipfile
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from partnerships.exports.formulas import unguarded
from partnerships.exports.proof import DAMAGE
from partnerships.exports.xlsx import unescaped

from .progress import Phase, Unwatched

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 50_000
MOST_COLUMNS = 200
ROWS_AT_ONCE = 500
# An archive of a few kilobytes can claim gigabytes: it says how large it is before anything is unpacked.
MOST_UNPACKED = 200 * 1024 * 1024
MOST_PARTS = 500
PROOF = "#complete"

csv.field_size_limit(MOST_BYTES)


class Unreadable(ValueError):
    """The file as a whole cannot be read; the message says what to do."""


@dataclass(frozen=True)
class Row:
    """`number` is the row's in a spreadsheet: the header is row 1."""

    number: int
    cells: dict[str, str]
    problem: str = ""


@dataclass(frozen=True)
class Sheet:
    header: list[str]
    rows: list[Row]


def read(data, progress=Unwatched):
    """The Sheet in these bytes. Raises Unreadable, or Cancelled. Rows that are empty, and the proof at the end, are left out."""
    if len(data) > MOST_BYTES:
        raise Unreadable(_("The file is larger than %s MB. Split it, or narrow the list.") % (MOST_BYTES // 1024**2))
    if data.startswith(b"PK\x03\x04"):
        lines, is_csv = _lines_of_xlsx(data), False
    elif data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(_("This is an Excel file of the old kind (.xls). Save it as .xlsx or as “CSV UTF-8”."))
    else:
        lines, is_csv = _lines_of_csv(data), True
    lines = iter(lines)
    header = [name.strip() for name in next(lines, [])]
    while header and not header[-1]:
        header.pop()
    _check(header)
    rows = []
    for row in _rows(header, lines, is_csv):
        if len(rows) % ROWS_AT_ONCE == 0:
            progress.tell(Phase.READING)
        rows.append(row)
    return Sheet(header, rows)


def _rows(header, lines, is_csv):
    for number, cells in enumerate(lines, 2):
        if not any(cells) or cells[0].startswith(PROOF):
            continue
        if number > MOST_ROWS + 1:
            raise Unreadable(_("The file has more than %s rows. Split it, or narrow the list.") % f"{MOST_ROWS:,}")
        if not is_csv:
            # A spreadsheet drops the empty cells at a row's end.
            cells = cells + [""] * (len(header) - len(cells))
        elif len(cells) < len(header):
            problem = _(
                "The row has %(cells)s cells, and the header %(header)s. It was cut, or a quotation mark is wrong."
            )
            yield Row(number, {}, problem % {"cells": len(cells), "header": len(header)})
            continue
        if any(cells[len(header) :]):
            yield Row(
                number, {}, _("The row has more cells than the header has names. Check its commas and quotation marks.")
            )
            continue
        yield Row(number, dict(zip(header, cells, strict=False)))


def _check(header):
    if not header:
        raise Unreadable(_("The file is empty. Its first row names the columns, as a download does."))
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise Unreadable(_("The header has these columns twice: %s.") % ", ".join(twice))
    if "" in header:
        raise Unreadable(_("A column in the middle has no name in the header."))


def _lines_of_csv(data):
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(_("The file is in UTF-16. In Excel, save it as “CSV UTF-8”."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = _("The file is not in UTF-8: byte %(byte)s in line %(line)s. In Excel, save it as “CSV UTF-8”.")
        raise Unreadable(message % {"byte": f"0x{data[error.start]:02X}", "line": line}) from None
    if "\0" in text:
        raise Unreadable(_("The file has NUL characters, which no record can hold."))
    first = text.partition("\n")[0]
    # Excel writes the separator of its language; names of columns have none of the three.
    separator = max(",;\t", key=first.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for cells in lines:
            yield [unguarded(cell) for cell in cells]
    except csv.Error as error:
        message = _("Line %(line)s cannot be read: %(error)s. Check its quotation marks.")
        raise Unreadable(message % {"line": lines.line_num, "error": error}) from None


def _lines_of_xlsx(data):
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                size = MOST_UNPACKED // 1024**2
                raise Unreadable(_("The workbook unpacks to more than %s MB. Keep the one sheet that counts.") % size)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        for cells in sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS, values_only=True):
            texts = [_text(cell) for cell in cells]
            if any("\0" in text for text in texts):
                raise Unreadable(_("The file has NUL characters, which no record can hold."))
            yield texts
    except Unreadable:
        raise
    except (*DAMAGE, InvalidFileException, SyntaxError, TypeError, IndexError, AttributeError):
        raise Unreadable(
            _("The workbook is damaged, or is none. Open it in a spreadsheet and save it as .xlsx.")
        ) from None


def _text(value):
    """A cell as the text that a person would type; a spreadsheet makes numbers and dates of its own accord."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return str(int(value))
        case float():
            return repr(value)
        case datetime() if value.time() == value.time().min:
            return value.date().isoformat()
        case datetime() | date():
            return value.isoformat()
        case str():
            return unescaped(value)
    return str(value)
