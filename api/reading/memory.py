"""What a process remembers while the register does not change: figures that are dear to count, and whole answers.

A state is the ledger's number for visitors and the day, read before the data: what is remembered may be newer than the
state it is kept for, never older. Nothing that a session or a token has shaped is ever put here.
"""

from django.conf import settings


class Memory:
    """Values by key, each with the state that it holds for. Forgets everything when it has grown too large."""

    def __init__(self, most):
        self.most, self.size, self.values = most, 0, {}

    def get(self, state, key):
        kept = self.values.get(key)
        return kept[1] if kept and kept[0] == state else None

    def put(self, state, key, value, size=1):
        if self.size + size > self.most:
            self.values, self.size = {}, 0
        self.size += size
        # The state goes with the value, so that a thread which is late cannot leave an old value for a new state.
        self.values[key] = (state, value)
        return value


figures = Memory(10_000)
answers = Memory(settings.API_MEMORY * 2**20)


def state_of(version):
    """The state at a Head of the ledger."""
    return version.number, version.day


def question_of(model, pairs):
    """A key for what a question in its normal form finds, whatever page of it is asked for."""
    return model, frozenset(pair for pair in pairs if pair[0] not in OF_PAGES)


OF_PAGES = ("page_size", "count", "facets", "ordering", "format", "fields", "omit", "expand")
