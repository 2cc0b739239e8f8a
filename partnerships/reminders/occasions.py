"""What a person is to be told on a day: the dates that come near and of which that person has not been told.

Each number of days before a date is a lead, which begins so many days before it. A reminder is due once a lead has begun
that no earlier mail about the same date covered. However many have begun meanwhile, one reminder tells of the nearest:
after a week without a run nobody gets three mails about one agreement.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from partnerships.dates import PartialDate
from partnerships.models import Agreement, Commitment, SentReminder

Kind = SentReminder.Kind
# A commitment that is overdue is told of as long as this, should no run have done so before; an older one is history.
OVERDUE = timedelta(days=30)


@dataclass(frozen=True)
class Reminder:
    """Of the record's date, `when` it occurs, with the lead (in days) that it answers; `days_left` is below 0 if overdue."""

    kind: str
    record: object
    when: PartialDate
    days_before: int
    days_left: int

    @property
    def key(self):
        """What makes it this reminder and no other: a changed date makes another one."""
        return (self.kind, self.record.pk, self.when.day, self.days_before)


def due(preferences, on, told):
    """The Reminders that are due, the nearest date first. `told` are the SentReminders that count as told.

    Its number of queries does not depend on how much is due.
    """
    covered = {}
    for row in told:
        key = (row.kind, row.object_id, row.occurs_on)
        covered[key] = max(covered.get(key, date.min), row.covered_to)
    until = preferences.last_day_covered(on)
    found = []
    for kind, near in ((Kind.AGREEMENT, agreements_near), (Kind.COMMITMENT, commitments_near)):
        leads = preferences.days_before(kind)
        for record, when in near(preferences, on, until + timedelta(days=max(leads))) if leads else ():
            since = covered.get((kind, record.pk, when.day), date.min)
            begun = [lead for lead in leads if since < when.day - timedelta(days=lead) <= until]
            if begun:
                found.append(Reminder(kind, record, when, min(begun), (when.day - on).days))
    return sorted(found, key=lambda reminder: (reminder.when.day, reminder.kind, reminder.record.pk))


def concerning(preferences, on):
    """The agreements that this person is told of: public, in force, and in the person's care."""
    mine = Agreement.objects.looked_after_by(preferences.person)
    if preferences.of_unattended:
        mine = Agreement.objects.filter(Q(pk__in=mine) | Q(pk__in=Agreement.objects.unattended()))
    return mine.published()


def agreements_near(preferences, on, last):
    agreements = concerning(preferences, on).ending(on).filter(end_on__lte=last)
    for agreement in agreements.for_list(preferences.person):
        ends = [one for one in (agreement.ends, agreement.terminated) if one]
        yield agreement, min(ends, key=lambda one: one.day)


def commitments_near(preferences, on, last):
    """What is promised under an agreement that has ended, or been replaced, is not asked for any more."""
    commitments = Commitment.objects.open_under(concerning(preferences, on).in_force(on))
    for commitment in commitments.filter(due_on__range=(on - OVERDUE, last)).select_related("agreement"):
        yield commitment, commitment.due
