"""How a file proves that it is whole: its last line or sheet counts its rows and gives the SHA-256 of what is before it.

A stream that breaks off sends no status that could tell: without the proof, half a list looks like an answer.
"""

import csv
import hashlib
import io
import json
import re
import struct
import zipfile
import zlib

CSV_LINE = re.compile(rb"^#complete,rows=(\d+),sha256=([0-9a-f]{64})\r\n\Z", re.MULTILINE)
NDJSON_LINE = re.compile(rb'^{"complete": true, "rows": (\d+), "sha256": "([0-9a-f]{64})"}\n\Z', re.MULTILINE)
SHEET, PROOF_SHEET = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"
XLSX_PROOF = re.compile(rb">rows</t></is></c><c><v>(\d+)</v>.*>([0-9a-f]{64})<", re.DOTALL)
# Everything that the standard library raises for an archive that is cut or damaged.
DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, KeyError, OSError, RuntimeError, ValueError)
CUT = "The file is not whole: its last %s is missing. Download it again."
CHANGED = "The file is not as it was downloaded: its contents do not match its checksum."


class Incomplete(ValueError):
    """The file was cut, or changed since it was downloaded."""


class Hash:
    """Counts rows and hashes bytes while a file is written."""

    def __init__(self):
        self.rows = 0
        self.hash = hashlib.sha256()

    def update(self, data):
        self.hash.update(data)
        return data

    @property
    def sha256(self):
        return self.hash.hexdigest()

    def csv_line(self):
        return f"#complete,rows={self.rows},sha256={self.sha256}\r\n".encode()

    def ndjson_line(self):
        proof = {"complete": True, "rows": self.rows, "sha256": self.sha256}
        return json.dumps(proof).encode() + b"\n"


def verify(data, format):
    """The number of rows of a whole file (bytes; "csv", "xlsx" or "ndjson"). Raises Incomplete, saying why, for any other."""
    return {"csv": _csv, "ndjson": _ndjson, "xlsx": _xlsx}[format](data)


def _csv(data):
    found = CSV_LINE.search(data)
    if not found:
        raise Incomplete(CUT % "line")
    before = data[: found.start()]
    lines = csv.reader(io.StringIO(before.decode("utf-8-sig", "replace"), newline=""))
    return _matching(int(found[1]), found[2].decode(), before, sum(1 for _line in lines) - 1)


def _ndjson(data):
    found = NDJSON_LINE.search(data)
    if not found:
        raise Incomplete(CUT % "line")
    before = data[: found.start()]
    return _matching(int(found[1]), found[2].decode(), before, before.count(b"\n"))


def _xlsx(data):
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            found = XLSX_PROOF.search(book.read(PROOF_SHEET))
            sheet = book.read(SHEET)
            damaged = book.testzip()
    except DAMAGE:
        raise Incomplete(CUT % "part") from None
    if not found or damaged:
        raise Incomplete(CHANGED)
    return _matching(int(found[1]), found[2].decode(), sheet, sheet.count(b"<row>") - 1)


def _matching(rows, sha256, data, counted):
    if hashlib.sha256(data).hexdigest() != sha256 or rows != counted:
        raise Incomplete(CHANGED)
    return rows
