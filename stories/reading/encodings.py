"""What a file is by its bytes: UTF-8 text, or something else that is named together with the way out."""

import re

_UTF8_HINT = "Open it in the program that made it and save it as UTF-8 text."
_EXPORT_HINT = "Only plain text is read: export it as text (UTF-8) and give that file."

_SIGNATURES = (
    (b"%PDF", "a PDF file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file (DOC, XLS or PPT)"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
)

# A ZIP archive says what it holds by the names inside, which are not compressed.
_INSIDE_ZIP = (
    (b"word/", "a Word file (DOCX)"),
    (b"xl/", "an Excel file (XLSX)"),
    (b"ppt/", "a PowerPoint file (PPTX)"),
    (b"application/vnd.oasis.opendocument", "an OpenDocument file (ODT, ODS or ODP)"),
    (b"application/epub+zip", "an EPUB book"),
)

_UTF8_MARK = b"\xef\xbb\xbf"

# UTF-32 stands first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)


class Unreadable(ValueError):
    """A file that cannot be read. The message names the file, what is wrong with it and how to put it right."""


def decode(data: bytes, name: str) -> str:
    """Return the text of UTF-8 bytes, without a byte order mark; white space alone is not refused here.

    Raises Unreadable for any other kind of file; the message gives the first bad byte's line and offset.
    """
    if kind := _binary_kind(data):
        raise Unreadable(f"{name} is {kind}, not text. {_EXPORT_HINT}")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            raise Unreadable(f"{name} is not UTF-8: it seems to be {encoding} ({_place(data, 0)}). {_UTF8_HINT}")
    if (offset := data.find(b"\x00")) >= 0:
        raise Unreadable(_about_nul(data, offset, name))
    text = data.removeprefix(_UTF8_MARK)
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError as error:
        offset = error.start + len(data) - len(text)
        raise Unreadable(_about_bad_byte(data, offset, name)) from error


def _binary_kind(data: bytes) -> str | None:
    start = data[:200].removeprefix(_UTF8_MARK).lstrip()
    for signature, kind in _SIGNATURES:
        if start.startswith(signature):
            return kind
    if data.startswith(b"PK\x03\x04"):
        return next((kind for name, kind in _INSIDE_ZIP if name in data), "a ZIP archive")
    if re.match(rb"<(?:!doctype\s+html|html)\b", start, re.IGNORECASE):
        return "an HTML page"
    return None


def _about_nul(data: bytes, offset: int, name: str) -> str:
    # Latin text in UTF-16 without a mark has a NUL in every other byte.
    sample = data[:4000]
    share = max(sample[0::2].count(0), sample[1::2].count(0)) / max(1, len(sample) // 2)
    if share > 0.4:
        return f"{name} is not UTF-8: it seems to be UTF-16 without a mark ({_place(data, offset)}). {_UTF8_HINT}"
    return f"{name} is a binary file: it has a NUL byte ({_place(data, offset)}). {_EXPORT_HINT}"


def _about_bad_byte(data: bytes, offset: int, name: str) -> str:
    controls = sum(1 for byte in data if byte < 32 and byte not in b"\t\n\r\f\v")
    if controls > len(data) / 50:
        return f"{name} is a binary file, not text ({_place(data, offset)}). {_EXPORT_HINT}"
    return (
        f"{name} is not UTF-8: byte 0x{data[offset]:02X} ({_place(data, offset)}) cannot be read; "
        f"it seems to be {_likely_encoding(data)}. {_UTF8_HINT}"
    )


def _likely_encoding(data: bytes) -> str:
    """Tell Windows-1252 from Latin-1: between 0x80 and 0x9F the first has letters and quotes, the second nothing."""
    readable = sum(1 for c in data.decode("utf-8", "ignore") if ord(c) > 127)
    if readable > data.decode("utf-8", "replace").count("\ufffd"):
        return "UTF-8 with damaged bytes in it"
    if not any(0x80 <= byte <= 0x9F for byte in data):
        return "Latin-1 (ISO 8859-1)"
    try:
        data.decode("cp1252")
    except UnicodeDecodeError:
        return "an encoding that is not known here"
    return "Windows-1252"


def _place(data: bytes, offset: int) -> str:
    line = len(re.findall(rb"\r\n|\n|\r", data[:offset])) + 1
    return f"line {line}, byte offset {offset}"
