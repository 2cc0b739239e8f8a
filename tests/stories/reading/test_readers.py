import contextlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stories.reading.encodings import Unreadable
from stories.reading.readers import MAX_BYTES, Block, read, read_file, unparse


def kinds(text):
    return [(block.kind, block.text, block.line) for block in read(text.encode(), "f.txt")]


def refusal(data):
    with pytest.raises(Unreadable) as caught:
        read(data, "harbour.txt")
    return str(caught.value)


def test_paragraphs_bullets_and_breaks_keep_their_lines():
    assert kinds("Title\n\n  • one\n- two\n* three\nlast  words \n\n") == [
        ("paragraph", "Title", 1),
        ("break", "", 2),
        ("bullet", "one", 3),
        ("bullet", "two", 4),
        ("bullet", "three", 5),
        ("paragraph", "last words", 6),
    ]


@pytest.mark.parametrize("text", ["-5 degrees", "*starred", "–", "•"])
def test_a_sign_without_an_entry_is_text(text):
    assert kinds(text) == [("paragraph", text, 1)]


def test_windows_and_old_mac_line_ends_count_as_one_line_each():
    assert [line for _, _, line in kinds("a\r\nb\rc\nd\x0ce\u2028f")] == [1, 2, 3, 4]


def test_a_byte_order_mark_and_control_characters_are_taken_out():
    assert read(b"\xef\xbb\xbfTi\x07tle\xe2\x80\x8b", "f") == (Block("paragraph", "Ti tle", 1),)


def test_lines_wrapped_at_a_width_are_joined():
    long = "The harbour master went to see the new quay with all of his"
    text = "\n".join([long] + [long.lower()] * 5 + ["Portville.", "", "Next"])
    assert [(kind, line) for kind, _, line in kinds(text)] == [("paragraph", 1), ("break", 8), ("paragraph", 9)]


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n ", b"\xef\xbb\xbf", "\u200b\n".encode()])
def test_an_empty_file_is_refused(data):
    assert "harbour.txt is empty" in refusal(data)


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF file"),
        (b"PK\x03\x04\x14\x00word/document.xml", "a Word file (DOCX)"),
        (b"PK\x03\x04\x14\x00xl/workbook.xml", "an Excel file (XLSX)"),
        (b"PK\x03\x04\x14\x00", "a ZIP archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Office file"),
        (b"{\\rtf1 harbour}", "an RTF file"),
        (b"\x89PNG\r\n", "a PNG image"),
        (b"<!DOCTYPE html><p>harbour", "an HTML page"),
        (b"harbour\x00\x01\x02master", "a binary file"),
    ],
)
def test_another_kind_of_file_is_named_by_its_bytes_with_the_way_out(data, named):
    message = refusal(data)
    assert named in message
    assert "export it as text" in message


@pytest.mark.parametrize(
    ("data", "named", "place"),
    [
        ("ok\nle café d'été".encode("latin-1"), "Latin-1", "line 2, byte offset 9"),
        ("a\n“quay”".encode("cp1252"), "Windows-1252", "line 2, byte offset 2"),
        ("harbour".encode("utf-16"), "UTF-16", "line 1, byte offset 0"),
        ("harbour".encode("utf-16-le"), "UTF-16", "line 1, byte offset 1"),
        ("harbour".encode("utf-32"), "UTF-32", "line 1"),
        ("été été\n".encode() + b"\xff quay", "UTF-8 with damaged bytes", "line 2, byte offset 12"),
        (b"\xef\xbb\xbfab\xe9", "Latin-1", "line 1, byte offset 5"),
    ],
)
def test_another_encoding_is_named_with_the_place_and_the_fix(data, named, place):
    message = refusal(data)
    assert named in message
    assert place in message
    assert "save it as UTF-8" in message


def test_more_than_the_limit_is_refused():
    assert "harbour.txt is too large" in refusal(b"a" * (MAX_BYTES + 1))
    assert read(b"a" * MAX_BYTES, "f")


def test_a_large_file_is_refused_by_its_size_before_it_is_read(tmp_path):
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    started = time.monotonic()
    with pytest.raises(Unreadable, match=r"large\.txt is too large: 50\.0 MB, and 5 MB is the most"):
        read_file(path)
    assert time.monotonic() - started < 0.5


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    with pytest.raises(Unreadable, match=r"cannot be opened \(No such file"):
        read_file(tmp_path / "none.txt")
    with pytest.raises(Unreadable, match="is a folder"):
        read_file(tmp_path)


@settings(deadline=None)
@given(st.text())
def test_any_text_is_read_or_refused_and_reads_back_the_same(text):
    try:
        blocks = read(text.encode(), "f")
    except Unreadable:
        return
    again = read(unparse(blocks).encode(), "f")
    assert [(b.kind, b.text) for b in again] == [(b.kind, b.text) for b in blocks]


@settings(deadline=None)
@given(st.binary())
def test_any_bytes_are_read_or_refused(data):
    with contextlib.suppress(Unreadable):
        assert read(data, "f")
