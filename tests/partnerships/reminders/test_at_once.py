"""Five runs at the same moment, with connections of their own, as five processes have them."""

from django.core import mail

from partnerships.models import SentReminder
from partnerships.reminders import send_due

from .conftest import after, at, ending, make_person_at_the_desk, prefer


def test_of_many_runs_at_once_one_sends(at_once):
    people = [make_person_at_the_desk(name) for name in ("ana", "ben", "cem")]
    for person in people:
        prefer(person)
    ending(after(7), *people), ending(after(30), *people)

    def work(_client, _number):
        outcome = send_due(at(after(0)))
        return [str(claimed.preferences.person) for claimed in outcome.sent], outcome.failures

    outcomes = at_once(work, 15)
    assert sorted(name for sent, _failures in outcomes for name in sent) == ["ana", "ben", "cem"]
    assert [failures for _sent, failures in outcomes if failures] == []
    assert sorted(address for message in mail.outbox for address in message.to) == [person.email for person in people]
    # Asked in a thread, because that sees what the threads wrote.
    assert at_once(lambda _client, _number: SentReminder.objects.exclude(sent_at=None).count(), 1) == [6]
