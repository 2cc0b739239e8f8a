"""A person who looks after agreements, and days on which the reminders run."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail

from partnerships.models import Commitment, ReminderPreferences, SentReminder
from partnerships.reminders import send_due
from tests.factories import make, make_agreement, make_user

FIRST = date(2026, 11, 2)  # a Monday
EVERY_DAY = [0, 1, 2, 3, 4, 5, 6]


@pytest.fixture(autouse=True)
def _mail(settings):
    settings.SITE_URL = "https://register.example"


@pytest.fixture
def ana(db):
    return make_person_at_the_desk("ana", first_name="Ana", last_name="Diaz")


def make_person_at_the_desk(name, **values):
    return make_user(name, **{"email": f"{name}@example.org", **values})


def prefer(person, **values):
    """The person's preferences with a mail on every day, unless said otherwise."""
    values = {"weekdays": EVERY_DAY, **values}
    return ReminderPreferences.objects.update_or_create(person=person, defaults=values)[0]


def ending(day, *people, title=None, **values):
    """A public agreement in force that ends on this day, in the care of these people."""
    agreement = make_agreement(title, **{"signed": "2020", "ends": day.isoformat(), **values})
    agreement.focal_points.set(people)
    return agreement


def promise(agreement, day, text="A joint report", **values):
    return make(Commitment, agreement=agreement, text=text, due=day.isoformat(), **values)


def after(days):
    return FIRST + timedelta(days=days)


def at(day, hour=6, minute=0):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


def run(day, hour=6, minute=0):
    """A run at that time. Returns [(address, subject)] of what it sent, in order."""
    before = len(mail.outbox)
    outcome = send_due(at(day, hour, minute))
    assert outcome.failures == []
    return [(message.to[0], message.subject) for message in mail.outbox[before:]]


def told(person):
    """{(kind, id, days before)} of what was sent to the person; raises if two of one date went out for the same lead."""
    rows = SentReminder.objects.filter(person=person, sent_at__isnull=False)
    found = [(row.kind, row.object_id, row.days_before) for row in rows]
    assert len(set(found)) == len(found)
    return set(found)


def mentions(name):
    """In how many mails this name stands."""
    return sum(name in message.body for message in mail.outbox)
