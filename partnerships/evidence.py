"""What the stories know of the register's records. They register it here, since the register imports no stories."""

from dataclasses import dataclass
from datetime import date

from .dates import PartialDate

_provers = {}
_tellers = {}


@dataclass(frozen=True)
class Told:
    """One story as other pages mark it."""

    day: date
    title: str
    address: str

    @property
    def dated(self):
        return PartialDate(self.day)


def register(model, prover):
    """`prover(user)` gives a condition (Q) for the records of the model whose evidence the user may see."""
    _provers[model] = prover


def proved(model, user):
    """A condition for the proved records of this model. Raises KeyError if nobody proves such records."""
    return _provers[model](user)


def register_teller(model, teller):
    """`teller(ids, user)` gives the Told of records of the model: pairs of a record's id and a story, newest first."""
    _tellers[model] = teller


def told(model, ids, user):
    """The stories that tell of these records, newest first, by the record's id."""
    found = {pk: [] for pk in ids}
    for pk, story in _tellers[model](ids, user):
        found[pk].append(story)
    return found
