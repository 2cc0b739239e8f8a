"""What a process remembers while the register does not change: figures that are dear to count, and whole answers.

A state is the ledger's number for visitors and the day, read before the data: what is remembered may be newer than the
state it is kept for, never older. Nothing that a session or a token has shaped is ever put here.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from partnerships import ledger
from partnerships.models.record import sees_drafts

_bypassed = ContextVar("memory_bypassed", default=False)


@contextmanager
def bypassed():
    """Nothing is remembered inside, and nothing told from memory: for a register that is imagined and then taken back.

    The state that an imagined change has is the one that the next real change will have.
    """
    token = _bypassed.set(True)
    try:
        yield
    finally:
        _bypassed.reset(token)


class Memory:
    """Values by key, each with the state that it holds for. Forgets everything when it has grown too large."""

    def __init__(self, most):
        self.most, self.size, self.values = most, 0, {}

    def get(self, state, key):
        kept = None if _bypassed.get() else self.values.get(key)
        return kept[1] if kept and kept[0] == state else None

    def put(self, state, key, value, size=1):
        if _bypassed.get():
            return value
        if self.size + size > self.most:
            self.values, self.size = {}, 0
        self.size += size
        # The state goes with the value, so that a thread which is late cannot leave an old value for a new state.
        self.values[key] = (state, value)
        return value


figures = Memory(10_000)


def state_of(version):
    """The state at a Head of the ledger."""
    return version.number, version.day


class Remembered:
    """The figures of one request: visitors are told those that were counted since the register last changed.

    For whoever sees drafts everything is counted anew. One query, for visitors only.
    """

    def __init__(self, user):
        self.state = None if sees_drafts(user) else state_of(ledger.head(user))

    def get(self, key, count, size=lambda value: 1):
        """The value of `count()`, which is never None. The key says all that it depends on beside the register."""
        if self.state is None:
            return count()
        if (known := figures.get(self.state, key)) is None:
            known = count()
            figures.put(self.state, key, known, size(known))
        return known
