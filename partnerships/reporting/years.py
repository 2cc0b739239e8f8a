"""The years in which something was so, read off its dates. Each span is the twin of a QuerySet phrase of its model."""

from datetime import date

from django.db.models import DateField, F, Func, IntegerField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, Least
from django.db.models.lookups import GreaterThanOrEqual
from django.utils import timezone

from partnerships.models import Agreement, PublicationState

from .ties import Dimension, Words

FOREVER = Value(date(9999, 12, 31), output_field=DateField())


class Year(Func):
    """The year of a day. Django's own asks Python for each row on SQLite, which a list of a million rows would feel."""

    arity = 1
    output_field = IntegerField()
    template = "EXTRACT(YEAR FROM %(expressions)s)::integer"

    def as_sqlite(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template="CAST(substr(%(expressions)s, 1, 4) AS INTEGER)", **context)


class DayBefore(Func):
    arity = 1
    output_field = DateField()
    template = "(%(expressions)s - 1)"

    def as_sqlite(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template="date(%(expressions)s, '-1 day')", **context)


def dimension(*ties, once=False, latest=None, adds_up=True):
    """Each year from the first to the last of a span, but none after `latest()`."""
    return Dimension(ties, Words(), once=once, spans=True, latest=latest, adds_up=adds_up)


def this_year():
    """What has no end is counted up to this year: nobody knows more of it."""
    return timezone.localdate().year


def in_force(path=""):
    """The span of AgreementQuerySet.in_force_between, as arguments of Ties; `path` leads to the agreement."""
    effective = Coalesce(f"{path}entered_into_force_on", f"{path}signed_on")
    successors = (
        Agreement.objects.effective()
        .filter(state=PublicationState.PUBLISHED, supersedes=OuterRef(f"{path}pk"), effective_on__isnull=False)
        .order_by("effective_on")
        .values("effective_on")[:1]
    )
    until = Least(
        Coalesce(f"{path}ends_on", FOREVER),
        Coalesce(DayBefore(F(f"{path}terminated_on")), FOREVER),
        Coalesce(DayBefore(Subquery(successors)), FOREVER),
    )
    return {"value": Year(effective), "last": Year(until), "where": GreaterThanOrEqual(until, effective)}


def running(path=""):
    """The span of ProjectQuerySet.running_between: one of which only the end is known ran in the year of its end."""
    return {
        "value": Year(Coalesce(f"{path}starts_on", f"{path}ends_on")),
        "last": Year(Coalesce(f"{path}ends_on", FOREVER)),
    }


def span(start, end):
    """From one day to another; without an end it lasts one day, as in EventQuerySet.held_between."""
    return {"value": Year(F(start)), "last": Year(Coalesce(end, start))}


def in_office():
    """The span of OfficeQuerySet.held_between."""
    return {"value": Year(F("held_from_on")), "last": Year(Coalesce("held_to_on", FOREVER))}


def on(column):
    """A single day."""
    return {"value": Year(F(column)), "last": Year(F(column))}
