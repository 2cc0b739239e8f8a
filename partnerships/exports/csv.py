"""Tables as CSV (RFC 4180), in UTF-8.

The file begins with a byte order mark: without one, Excel takes UTF-8 for something else, and pandas, readr, DuckDB and
LibreOffice skip it. Its last line is its proof (see proof.py).
"""

from .formulas import harmless
from .proof import Hash

BYTE_ORDER_MARK = "\ufeff"
END = "\r\n"
QUOTED = ',"\r\n'


def csv_bytes(header, blocks):
    """Byte strings, the first one at once. A block is one list of cells for each column of the header."""
    proof = Hash()
    waiting = BYTE_ORDER_MARK + lines([[name] for name in header])
    for block in blocks:
        yield proof.update((waiting + lines(block)).encode())
        proof.rows += len(block[0])
        waiting = ""
    if waiting:
        yield proof.update(waiting.encode())
    yield proof.csv_line()


def lines(block):
    """The rows of a block, as the csv module writes them; it would look at every character of every cell."""
    return END.join([*map(",".join, zip(*map(written, block), strict=True)), ""])


def written(cells):
    """The cells of a column as they stand between the commas."""
    kinds = set(map(type, cells))
    if str not in kinds:
        return ["" if cell is None else str(cell) for cell in cells]
    if len(cells) > 1 and cells.count(cells[0]) == len(cells):
        return written(cells[:1]) * len(cells)  # a state or a language, and most often nothing
    texts = harmless(cells)
    if len(kinds) > 1:
        texts = ["" if text is None else str(text) for text in texts]
    together = "".join(texts)
    return [quoted(text) for text in texts] if any(sign in together for sign in QUOTED) else texts


def quoted(text):
    if "," in text or '"' in text or "\n" in text or "\r" in text:
        return '"' + text.replace('"', '""') + '"'
    return text
