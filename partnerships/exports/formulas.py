"""Cells that a spreadsheet would take for a formula, made harmless in CSV and read back exactly.

A visitor's spreadsheet must not run what somebody typed into a title (OWASP, "CSV injection"). XLSX needs none of this:
its cells say themselves that they are text.
"""

# A formula begins with one of these, an Asian full-width form of them, or a character that spreadsheets skip.
RISKY = frozenset("=+-@\t\r\n＝＋－＠")
MARK = "'"
SUSPECT = RISKY | {MARK}


def harmless(cells):
    """The cells of a column, each text guarded."""
    # Most columns need nothing, and a call for each of a file's cells would cost more than writing them.
    if SUSPECT.isdisjoint({cell[:1] for cell in cells if type(cell) is str}):
        return cells
    return [guarded(cell) if type(cell) is str and cell[:1] in SUSPECT else cell for cell in cells]


def guarded(text):
    """The text with an apostrophe before what could be a formula, or before what looks as if it had one already."""
    return MARK + text if is_risky(text) else text


def unguarded(text):
    """What `guarded` was given."""
    return text[1:] if text[:1] == MARK and is_risky(text) else text


def is_risky(text):
    return text.lstrip(MARK)[:1] in RISKY
