"""Who sends what: a reminder is claimed before its mail goes out, and marked as sent after it.

No order of two steps in two systems, a database and a mail server, is exact when the process dies between them. Marking
first would lose reminders, sending first would let two runs at the same time send the same one. So a run

1. writes a row for each reminder, in one transaction that holds the person's preferences locked: the claim. Whoever comes
   second finds either the lock or the claim, and a unique constraint stands behind both;
2. sends the mail, with nothing locked;
3. marks the rows as sent; or, where the mail was refused, takes them back, so that the next run tries again.

A run that dies between 1 and 3 leaves claims behind. After an hour they count for nothing, and the reminders are sent by
the next run. If it died in the instant between the mail server's word and step 3, that mail comes twice: at least once is
the choice, for a reminder that comes twice does less harm than one that never comes. Both copies have the same Message-ID
(see message), by which mail programs tell that they are one.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from partnerships.models import ReminderPreferences, SentReminder

from .occasions import OVERDUE, due

ABANDONED = timedelta(hours=1)


@dataclass
class Claim:
    """The reminders that this run has to send to one person, and the rows that keep others from it."""

    preferences: ReminderPreferences
    reminders: list
    rows: list = field(default_factory=list)


def told(person, now):
    """The person's reminders that are sent, or are being sent: those whose date can still come up."""
    rows = SentReminder.objects.filter(person=person, occurs_on__gte=timezone.localdate(now) - OVERDUE)
    return rows.filter(Q(sent_at__isnull=False) | Q(claimed_at__gt=now - ABANDONED))


def look(preferences, now):
    """What could be claimed now. Writes nothing."""
    on = timezone.localdate(now)
    if not (preferences.is_on and preferences.is_mail_day(on)):
        return Claim(preferences, [])
    return Claim(preferences, due(preferences, on, told(preferences.person, now)))


@transaction.atomic
def claim(person, now):
    """What this run has to send to the person: an empty Claim if there is nothing, or if another run is at it."""
    # On SQLite a transaction that writes is the only one; elsewhere a second run passes the locked person over.
    ReminderPreferences.objects.get_or_create(person=person)
    preferences = ReminderPreferences.objects.select_for_update(skip_locked=True).filter(person=person).first()
    if preferences is None:
        return Claim(ReminderPreferences.of(person), [])
    mine = SentReminder.objects.filter(person=person, sent_at=None)
    mine.filter(claimed_at__lte=now - ABANDONED).delete()
    claimed = look(preferences, now)
    covered_to = preferences.last_day_covered(timezone.localdate(now))
    claimed.rows = SentReminder.objects.bulk_create(
        SentReminder(
            person=person,
            kind=reminder.kind,
            object_id=reminder.record.pk,
            occurs_on=reminder.when.day,
            days_before=reminder.days_before,
            covered_to=covered_to,
            claimed_at=now,
        )
        for reminder in claimed.reminders
    )
    if not claimed.reminders and not mine.exists():
        _all_told(preferences, now)
    return claimed


@transaction.atomic
def settle(claimed, now):
    """The mail is out."""
    SentReminder.objects.filter(pk__in=[row.pk for row in claimed.rows]).update(sent_at=now)
    _all_told(claimed.preferences, now)


def release(claimed):
    """The mail was refused: let the next run try again."""
    SentReminder.objects.filter(pk__in=[row.pk for row in claimed.rows]).delete()


def _all_told(preferences, now):
    on = timezone.localdate(now)
    if preferences.is_mail_day(on) and preferences.told_on != on:
        ReminderPreferences.objects.filter(pk=preferences.pk).update(told_on=on)
