"""However the runs fall, each reminder goes out exactly once."""

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from partnerships.models import ReminderPreferences, SentReminder
from partnerships.reminders import claims, preview, send_due, sending
from tests.factories import make_agreement

from .conftest import after, at, ending, make_person_at_the_desk, mentions, prefer, promise, run, told

pytestmark = pytest.mark.django_db

DAYS = 60
AGREEMENT, COMMITMENT = SentReminder.Kind


class Died(BaseException):
    """What the end of the process looks like from within."""


@pytest.fixture
def world(ana):
    """Dates all over the sixty days; what is to be told of them with a mail on every day: {(kind, id, days before)}."""
    prefer(ana, agreement_days=[30, 7], commitment_days=[14, 1])
    expected = set()
    for number in range(35, DAYS, 5):
        agreement = ending(after(number), ana, title=f"Agreement {number}")
        promised = promise(agreement, after(number - 15), text=f"Promise {number}")
        expected |= {(AGREEMENT, agreement.pk, 30), (AGREEMENT, agreement.pk, 7)}
        expected |= {(COMMITMENT, promised.pk, 14), (COMMITMENT, promised.pk, 1)}
    return expected


def is_told_exactly_once(ana, expected):
    lines = sum(message.body.count("\n* ") for message in mail.outbox)
    return told(ana) == expected and lines == len(expected)


def test_a_run_every_day(ana, world):
    for number in range(DAYS):
        run(after(number))
    assert is_told_exactly_once(ana, world)


def test_a_run_twice_a_day(ana, world):
    for number in range(DAYS):
        run(after(number), hour=6)
        assert run(after(number), hour=18) == []
    assert is_told_exactly_once(ana, world)


def test_a_run_after_gaps_tells_of_the_nearest_lead_only(ana):
    prefer(ana, agreement_days=[30, 28, 26, 7])
    agreement = ending(after(33), ana, title="The agreement")
    run(after(0))
    assert len(run(after(8))) == 1  # 25 days before: three leads began while nothing ran
    assert told(ana) == {(AGREEMENT, agreement.pk, 26)}
    for number in range(9, DAYS):
        run(after(number))
    assert told(ana) == {(AGREEMENT, agreement.pk, 26), (AGREEMENT, agreement.pk, 7)}
    assert mentions("The agreement") == 2


def test_sixty_days_with_a_week_missing_lose_nothing(ana, world):
    for number in range(DAYS):
        if not 20 <= number < 27:
            run(after(number))
    sent = told(ana)
    assert {key[:2] for key in sent} == {key[:2] for key in world}
    # What is missing is the earlier of two leads that both began in that week.
    for kind, pk, lead in world - sent:
        assert (kind, pk, min(other for k, p, other in world if (k, p) == (kind, pk))) in sent
        assert lead == max(other for k, p, other in world if (k, p) == (kind, pk))
    assert is_told_exactly_once(ana, sent)


def test_a_run_that_dies_before_the_mail_is_made_up_for_after_an_hour(ana, world, monkeypatch):
    died = 0

    def die(self, *args):
        nonlocal died
        died += 1
        raise Died

    for number in range(DAYS):
        if number % 3 == 0:
            with monkeypatch.context() as patch:
                patch.setattr(EmailMultiAlternatives, "send", die)
                try:
                    send_due(at(after(number), 6))
                except Died:
                    assert send_due(at(after(number), 6, 59)).sent == []  # as if the mail were still on its way
        run(after(number), 7)
    assert died > 3
    assert is_told_exactly_once(ana, world)


def test_a_run_that_dies_after_the_mail_sends_it_again_under_the_same_name(ana, monkeypatch):
    prefer(ana)
    ending(after(7), ana)

    def die(*args):
        raise Died

    with monkeypatch.context() as patch:
        patch.setattr(sending, "settle", die)
        with pytest.raises(Died):
            send_due(at(after(0)))
    run(after(0), 8)
    first, second = mail.outbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]


def test_of_two_runs_at_once_one_sends(ana, world, monkeypatch):
    send = EmailMultiAlternatives.send
    others = []

    def send_while_another_runs(self, *args):
        others.append(send_due(sending_at).sent)
        return send(self, *args)

    monkeypatch.setattr(EmailMultiAlternatives, "send", send_while_another_runs)
    for number in range(DAYS):
        sending_at = at(after(number))
        run(after(number))
    assert others
    assert not any(others)
    assert is_told_exactly_once(ana, world)


def test_a_refused_mail_keeps_nobody_else_from_theirs_and_is_tried_again(ana, monkeypatch):
    ben = make_person_at_the_desk("ben")
    prefer(ana), prefer(ben)
    ending(after(7), ana, ben)
    send = EmailMultiAlternatives.send

    def refuse_ana(self, *args):
        if self.to == ["ana@example.org"]:
            raise ConnectionRefusedError("no such mailbox")
        return send(self, *args)

    with monkeypatch.context() as patch:
        patch.setattr(EmailMultiAlternatives, "send", refuse_ana)
        outcome = send_due(at(after(0)))
    assert [(failure.person, failure.reason) for failure in outcome.failures] == [
        (ana, "ConnectionRefusedError: no such mailbox")
    ]
    assert [message.to for message in mail.outbox] == [["ben@example.org"]]
    assert run(after(0), 6, 5) == [("ana@example.org", mail.outbox[0].subject)]


def test_somebody_without_an_address_is_a_failure_once_there_is_something_to_tell(ana):
    ana.email = ""
    ana.save()
    agreement = ending(after(91), ana)
    assert send_due(at(after(0))).failures == []
    (failure,) = send_due(at(after(1))).failures
    assert (failure.person, "no e-mail address" in failure.reason) == (ana, True)
    ana.email = "ana@example.org"
    ana.save()
    assert len(run(after(1))) == 1
    assert told(ana) == {(AGREEMENT, agreement.pk, 90)}


def test_a_preview_is_what_is_sent_and_writes_nothing(ana, world):
    for number in range(0, DAYS, 4):
        now = at(after(number))
        before = list(SentReminder.objects.values()), list(ReminderPreferences.objects.values())
        seen = [[reminder.key for reminder in claimed.reminders] for claimed in preview(now)]
        assert (list(SentReminder.objects.values()), list(ReminderPreferences.objects.values())) == before
        assert [[reminder.key for reminder in claimed.reminders] for claimed in send_due(now).sent] == seen


def test_the_queries_do_not_grow_with_what_is_due(ana):
    prefer(ana)

    def queries(day):
        with CaptureQueriesContext(connection) as asked:
            assert len(run(day)) == 1
        return len(asked)

    promise(ending(after(7), ana), after(7))
    one = queries(after(0))
    for _ in range(3):
        promise(ending(after(37), ana), after(37))
    assert queries(after(30)) == one


def test_who_looks_after_nothing_is_not_looked_at(ana):
    make_person_at_the_desk("ben")
    ending(after(7), ana, state="draft")
    make_agreement(signed="2020", ends=after(7).isoformat())
    assert run(after(0)) == []
    assert not ReminderPreferences.objects.exists()


def test_a_claim_is_abandoned_after_an_hour_and_not_before(ana):
    prefer(ana)
    agreement = ending(after(7), ana)
    assert len(claims.claim(ana, at(after(0), 6)).reminders) == 1
    assert claims.claim(ana, at(after(0), 6, 59)).reminders == []
    assert len(claims.claim(ana, at(after(0), 7)).reminders) == 1
    assert SentReminder.objects.get().object_id == agreement.pk
    assert told(ana) == set()


def test_what_an_abandoned_claim_was_for_is_told_with_what_came_up_since(ana):
    prefer(ana, agreement_days=[8, 7])
    agreement, other = ending(after(8), ana), ending(after(9), ana)
    claims.claim(ana, at(after(0)))
    run(after(1))
    assert told(ana) == {(AGREEMENT, agreement.pk, 7), (AGREEMENT, other.pk, 8)}
    assert SentReminder.objects.count() == 2


def test_the_database_keeps_a_second_row_out(ana):
    prefer(ana)
    ending(after(7), ana)
    run(after(0))
    row = SentReminder.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError):
        row.save(force_insert=True)
