"""Rows of the API as newline-delimited JSON: one answer a line, and a last line that proves that it is whole."""

from .proof import Hash

BYTES_AT_ONCE = 64 * 1024


def ndjson_bytes(rows):
    """Byte strings of several lines each. Rows are JSON, each on one line."""
    proof = Hash()
    waiting, size = [], 0
    for row in rows:
        line = row.encode() + b"\n"
        proof.rows += 1
        waiting.append(line)
        size += len(line)
        if size >= BYTES_AT_ONCE:
            yield proof.update(b"".join(waiting))
            waiting, size = [], 0
    yield proof.update(b"".join(waiting)) + proof.ndjson_line()
