"""How far an import has come, for whoever waits for it, and the wish to stop it.

The request that imports holds the one transaction, and on SQLite the only pen: so its progress is in a private file, which any
process of the machine reads. The file is locked while somebody writes it; when that process dies, the lock goes
with it, so that a run which broke off cannot look as if it went on.
"""

import fcntl
import json
import os
from enum import StrEnum

from . import kept

LENGTH = 200  # bytes of a message: each is written over the one before in one piece


class Phase(StrEnum):
    READING = "reading"
    COMPARING = "comparing"
    WRITING = "writing"
    FINISHING = "finishing"
    ENDED = "ended"
    BROKEN = "broken"


class Cancelled(Exception):
    """Somebody wants the import to stop. Nothing has been written."""


class Unwatched:
    """An import for which nobody waits at a page."""

    @staticmethod
    def tell(phase, done=0, total=0):
        """Nobody listens, and nobody cancels."""


class Progress:
    """Used in a `with` statement around the work. Raises FileExistsError where the run has been used before."""

    def __init__(self, run):
        self.run = run

    def __enter__(self):
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL
        self.file = os.open(kept.path_of(self.run, "progress"), flags, 0o600)
        fcntl.flock(self.file, fcntl.LOCK_EX)
        self._say(Phase.READING, 0, 0)
        return self

    def __exit__(self, *problem):
        self._say(Phase.ENDED, 0, 0)
        os.close(self.file)
        kept.path_of(self.run, "cancel").unlink(missing_ok=True)

    def tell(self, phase, done=0, total=0):
        """Say how many rows of how many are done. Raises Cancelled if that is wanted; after FINISHING it comes too late."""
        if kept.path_of(self.run, "cancel").exists():
            raise Cancelled
        self._say(phase, done, total)

    def _say(self, phase, done, total):
        message = json.dumps({"phase": phase, "done": done, "total": total}).encode()
        os.pwrite(self.file, message.ljust(LENGTH), 0)


def progress_of(run):
    """`{"phase": Phase, "done": rows, "total": rows}`, or None for a run that has not begun."""
    try:
        file = os.open(kept.path_of(run, "progress"), os.O_RDONLY)
    except FileNotFoundError:
        return None
    try:
        message = os.pread(file, LENGTH, 0)
        if not message:
            return {"phase": Phase.READING, "done": 0, "total": 0}  # it begins just now
        found = json.loads(message)
        found["phase"] = Phase(found["phase"])
        if found["phase"] != Phase.ENDED and _is_free(file):
            # It may have ended between the two looks.
            again = Phase(json.loads(os.pread(file, LENGTH, 0))["phase"])
            found["phase"] = Phase.ENDED if again == Phase.ENDED else Phase.BROKEN
        return found
    finally:
        os.close(file)


def _is_free(file):
    """Whether nobody works on it any more."""
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    fcntl.flock(file, fcntl.LOCK_UN)
    return True


def cancel(run):
    """Ask the import to stop. It does so at its next step, unless it is just finishing."""
    if (progress_of(run) or {}).get("phase") not in (None, Phase.ENDED, Phase.BROKEN):
        kept.path_of(run, "cancel").touch(mode=0o600)
