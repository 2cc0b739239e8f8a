"""What records can be counted by. A dimension is a set of ties: which record has which value, as a user may see it.

A facet and a group of a statistic read the same ties, and a dimension has the name and the meaning of the filter beside
it: the tests compare each value's count with what that filter finds.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet

from partnerships.filters import nearest, refusal


@dataclass(frozen=True)
class Ties:
    """Rows that tie records to values: `rows(user, on)` lets through what the user may see and, on a day, what was so.

    `record` is the path from a row to the record's id; `value` is the path to the value, or an expression for it. For a
    span of years, `value` is the first year and `last` the last one. `where` is a further condition; in it, the record is
    called `owner` and the value `tied`.
    """

    rows: Callable[[Any, Any], QuerySet]
    record: str
    value: Any
    last: Any = None
    where: Any = None

    def queryset(self, user, on, asked, allowed=None):
        """Rows of record and value (and last year): of the records in `asked`, with values in `allowed` unless it is None."""
        columns = {
            "owner": apart(self.record) if "__" in self.record else F(self.record),
            "tied": _expression(self.value),
        }
        if self.last is not None:
            columns["until"] = _expression(self.last)
        rows = self.rows(user, on).annotate(**columns).filter(owner__in=asked, tied__isnull=False)
        if self.where is not None:
            rows = rows.filter(self.where)
        if allowed is not None:
            rows = rows.annotate(named=apart("tied")).filter(named__in=allowed)
        return rows.order_by().values_list(*columns)


def apart(column):
    """The number in a column, as no index knows it.

    Where two columns of an index must each be one of thousands, SQLite would look up every pair.
    """
    return F(column) + 0


def _expression(value):
    return F(value) if isinstance(value, str) else value


@dataclass(frozen=True)
class Records:
    """Values that are records: written as their `value` column, labelled with the column that `label()` names."""

    model: type
    value: str
    label: Callable[[], str]

    def visible_to(self, user):
        """The records that may be named, or None where all of them may."""
        visible = self.model.objects.all()
        gated = visible.visible_to(user) if hasattr(visible, "visible_to") else visible
        return gated.values("pk") if gated.query.where else None


@dataclass(frozen=True)
class Words:
    """Values that are words or numbers, each with its label."""

    label: Callable[[str], str] = str


@dataclass(frozen=True)
class Dimension:
    """`once`: no tie is told twice, so that none has to be looked for. `adds_up`: a group of it makes sense for a sum."""

    ties: tuple[Ties, ...]
    values: Records | Words
    once: bool = False
    spans: bool = False
    latest: Callable[[], int] | None = None  # for spans: the last year that is counted
    climbs: bool = False  # a record with a value also has the values above it
    adds_up: bool = True


_dimensions = {}


def register(model, **dimensions):
    """Declare what the records of a model can be counted by."""
    _dimensions[model] = dimensions


def dimensions_of(model):
    """Dimension by name, in the order in which they were declared."""
    return _dimensions[model]


def read_names(text, known, most=None):
    """The names in “country,year”, each once. Raises ValidationError for an unknown one, with the nearest right one."""
    names = list(dict.fromkeys(word.strip() for word in (text or "").split(",") if word.strip()))
    for name in names:
        if name not in known:
            message = f"“{name}” is not counted here. Possible are: {', '.join(known)}."
            raise refusal(message, nearest(name, known), code="unknown")
    if most and len(names) > most:
        raise refusal(f"At most {most} are possible here.")
    return names
