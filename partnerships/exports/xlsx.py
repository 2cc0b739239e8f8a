"""Tables as XLSX (ECMA-376), written as a stream.

The libraries for it make a whole file first; here the first rows leave at once, and memory does not grow with the list.
Every cell says whether it is text or a number, so that no text can become a formula.
"""

import io
import re
import zipfile
from xml.sax.saxutils import escape

from .proof import PROOF_SHEET, SHEET, Hash

MOST_ROWS = 1_048_575  # a sheet has 1,048,576, and the first one is the header
MOST_CHARACTERS = 32_767
CUT = " … [cut here: XLSX cells hold 32,767 characters; the CSV has them all]"
MOST_DIGITS = 15  # a spreadsheet's numbers are doubles: what is longer stays exact as text

# Not allowed in XML, or read as an escape: written as _xHHHH_ (ECMA-376 part 1, 22.9.2.19, ST_Xstring).
ESCAPED = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/{SHEET}" ContentType="{TYPE}.worksheet+xml"/>'
    f'<Override PartName="/{PROOF_SHEET}" ContentType="{TYPE}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{OFFICE}/worksheet" Target="worksheets/sheet2.xml"/></Relationships>',
}
WORKBOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="%s" sheetId="1" r:id="rId1"/>'
    '<sheet name="complete" sheetId="2" r:id="rId2"/></sheets></workbook>'
)
OPEN = f'{XML}<worksheet xmlns="{MAIN}">%s<sheetData>'
# The header stays in sight while the rows move.
FROZEN = '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews>'
CLOSE = "</sheetData></worksheet>"


def xlsx_bytes(name, header, blocks):
    """Byte strings. A block is one list of cells for each column of the header; `name` is the sheet's."""
    out = Stream()
    proof = Hash()
    # Nothing closes the archive where the rows break off: without its directory it is no archive at all.
    book = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
    for part, text in {**PARTS, "xl/workbook.xml": WORKBOOK % escape(name[:31])}.items():
        book.writestr(_entry(part), XML + text)
    sheet = book.open(_entry(SHEET), "w", force_zip64=True)
    sheet.write(proof.update((OPEN % FROZEN + _row(header)).encode()))
    for block in blocks:
        proof.rows += len(block[0])
        if proof.rows > MOST_ROWS:
            raise ValueError("A sheet of XLSX cannot hold so many rows.")
        written = zip(*[[_cell(cell) for cell in cells] for cells in block], strict=True)
        sheet.write(proof.update("".join([f"<row>{''.join(cells)}</row>" for cells in written]).encode()))
        yield out.taken()
    sheet.write(proof.update(CLOSE.encode()))
    sheet.close()
    rows = [_row(["complete", "true"]), _row(["rows", proof.rows]), _row(["sha256", proof.sha256])]
    book.writestr(_entry(PROOF_SHEET), OPEN % "" + "".join(rows) + CLOSE)
    book.close()
    yield out.taken()


def unescaped(text):
    """What was written into a cell, where a library gives its text as it stands in the file."""
    return ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


def _row(cells):
    return f"<row>{''.join([_cell(cell) for cell in cells])}</row>"


def _cell(cell):
    if cell is None or cell == "":
        return "<c/>"
    if type(cell) is not str:
        if type(cell) is int or len(cell.as_tuple().digits) <= MOST_DIGITS:
            return f"<c><v>{cell}</v></c>"
        cell = f"{cell:f}"
    if len(cell) > MOST_CHARACTERS:
        cell = cell[: MOST_CHARACTERS - len(CUT)] + CUT
    if not cell.isprintable() or "_x" in cell:
        cell = ESCAPED.sub(lambda found: f"_x{ord(found[0]):04X}_", cell)
    if "&" in cell or "<" in cell or ">" in cell:
        cell = escape(cell)
    return f'<c t="inlineStr"><is><t xml:space="preserve">{cell}</t></is></c>'


def _entry(name):
    """The same question on the same register makes the same bytes, whatever the clock says."""
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


class Stream(io.RawIOBase):
    """What zipfile writes, to be taken piece by piece."""

    def __init__(self):
        self.waiting = []

    def writable(self):
        return True

    def write(self, data):
        self.waiting.append(bytes(data))
        return len(data)

    def taken(self):
        data = b"".join(self.waiting)
        self.waiting.clear()
        return data
