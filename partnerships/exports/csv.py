"""Tables as CSV (RFC 4180), in UTF-8.

The file begins with a byte order mark: without one, Excel takes UTF-8 for something else, and pandas, readr, DuckDB and
LibreOffice skip it. Its last line is its proof (see proof.py).
"""

import csv
import io

from .formulas import harmless
from .proof import Hash

BYTE_ORDER_MARK = "\ufeff"


def csv_bytes(header, blocks):
    """Byte strings, the first one at once. A block is one list of cells for each column of the header."""
    proof = Hash()
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)

    def taken():
        data = lines.getvalue().encode()
        lines.seek(0)
        lines.truncate()
        proof.update(data)
        return data

    lines.write(BYTE_ORDER_MARK)
    writer.writerow(header)
    for block in blocks:
        writer.writerows(zip(*map(harmless, block), strict=True))
        proof.rows += len(block[0])
        yield taken()
    if not proof.rows:
        yield taken()
    yield proof.csv_line()
