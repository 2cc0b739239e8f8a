"""What of a record belongs into a calendar: when an event is held, and when an agreement ends."""

from datetime import timedelta
from functools import singledispatch

from django.db.models import Q
from django.utils.translation import gettext as _

from partnerships.dates import PartialDate, Precision
from partnerships.exports.ical import Entry
from partnerships.models import Agreement, Commitment, Event

from .identity import uid_of
from .summaries import summary

# Each noun that has days for a calendar, and which of its records have them. “By that day” is no day.
DATED = {
    Event: Q(starts_on__isnull=False) & ~Q(starts_on_precision=Precision.BY),
    Agreement: (Q(ends_on__isnull=False) & ~Q(ends_on_precision=Precision.BY))
    | (Q(terminated_on__isnull=False) & ~Q(terminated_on_precision=Precision.BY)),
}


@singledispatch
def calendar_entry(record, absolute):
    """The Entry of a record that is DATED. Where only the month or year is known, it lasts that long and says so."""
    raise NotImplementedError(f"Nobody has said which days of {type(record).__name__} belong into a calendar.")


@calendar_entry.register
def held(record: Event, absolute):
    return _entry(
        record,
        "held",
        absolute,
        first=record.starts.day,
        last=(record.ends or _last_day(record.starts)).day,
        title=record.name,
        place=record.place or (_("online") if record.is_online else ""),
        is_tentative=record.is_planned,
    )


@calendar_entry.register
def ends(record: Agreement, absolute):
    terminated = record.terminated if record.terminated and record.terminated.precision != Precision.BY else None
    end = terminated or record.ends
    words = {"title": record.short_title or record.title, "end": end}
    title = _("Ends: %(title)s") if end.precision == Precision.DAY else _("Ends in %(end)s: %(title)s")
    return _entry(
        record, "ends", absolute, first=PartialDate(end.day, end.precision).snapped().day, last=_last_day(end).day,
        title=title % words,
    )  # fmt: skip


@calendar_entry.register
def due(record: Commitment, absolute):
    """It has no page or version of its own: those of its agreement are its."""
    due, agreement = record.due, record.agreement
    words = {"title": record.text, "day": due}
    title = _("Due: %(title)s") if due.precision == Precision.DAY else _("Due by %(day)s: %(title)s")
    return Entry(
        uid=uid_of(record, "due"),
        first=PartialDate(due.day, due.precision).snapped().day,
        after=_last_day(due).day + timedelta(days=1),
        title=title % words,
        text=str(agreement),
        url=absolute(agreement.get_absolute_url()),
        modified=agreement.updated_at,
        sequence=agreement.version - 1,
    )


def _last_day(partial):
    return partial.snapped(last=True)


def _entry(record, what, absolute, *, first, last, **facts):
    return Entry(
        uid=uid_of(record, what),
        first=first,
        after=last + timedelta(days=1),
        text=summary(record),
        url=absolute(record.get_absolute_url()),
        modified=record.updated_at,
        sequence=record.version - 1,
        **facts,
    )
