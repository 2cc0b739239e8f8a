"""Rows of the API as newline-delimited JSON: one answer a line, and a last line that proves that it is whole."""

import json

from .proof import Hash

BYTES_AT_ONCE = 64 * 1024


def ndjson_bytes(rows, encoder=json.JSONEncoder):
    """Byte strings of several lines each. Rows are what the encoder can write."""
    proof = Hash()
    write = encoder(ensure_ascii=False, separators=(",", ":")).encode
    waiting, size = [], 0
    for row in rows:
        line = write(row).encode() + b"\n"
        proof.rows += 1
        waiting.append(line)
        size += len(line)
        if size >= BYTES_AT_ONCE:
            yield proof.update(b"".join(waiting))
            waiting, size = [], 0
    yield proof.update(b"".join(waiting)) + proof.ndjson_line()
