"""Cells that a spreadsheet would take for a formula, made harmless in CSV and read back exactly.

A visitor's spreadsheet must not run what somebody typed into a title (OWASP, "CSV injection"). XLSX needs none of this:
its cells say themselves that they are text.
"""

# A formula begins with one of these, an Asian full-width form of them, or a character that spreadsheets skip.
RISKY = frozenset("=+-@\t\r\n＝＋－＠")
MARK = "'"


def guarded(cell):
    """The cell with an apostrophe before what could be a formula, or before text that looks as if it had one already."""
    if type(cell) is str and (cell[:1] in RISKY or (cell[:1] == MARK and is_risky(cell))):
        return MARK + cell
    return cell


def unguarded(text):
    """What `guarded` was given."""
    return text[1:] if text[:1] == MARK and is_risky(text) else text


def is_risky(text):
    return text.lstrip(MARK)[:1] in RISKY
