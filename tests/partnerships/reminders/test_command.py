"""`manage.py send_reminders`, as cron runs it and as a person tries it."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.core.management import CommandError, call_command
from django.utils import timezone

from partnerships.checks import check_mail
from partnerships.models import ReminderPreferences, SentReminder

from .conftest import after, ending, make_person_at_the_desk, prefer

pytestmark = pytest.mark.django_db


def command(*arguments):
    """(what it printed, what it warned of)."""
    out, warned = StringIO(), StringIO()
    call_command("send_reminders", *arguments, stdout=out, stderr=warned, no_color=True)
    return out.getvalue(), warned.getvalue()


def in_a_week():
    return timezone.localdate() + timedelta(days=7)


def test_it_sends_once(ana):
    prefer(ana)
    ending(in_a_week(), ana)
    assert command() == ("1 mail sent with 1 reminder.\n", "")
    assert command() == ("0 mails sent with 0 reminders.\n", "")
    assert len(mail.outbox) == 1


def test_a_dry_run_prints_the_mails_and_writes_nothing(ana):
    prefer(ana)
    ending(after(7), ana, title="Harbour accord")
    printed, _warned = command("--dry-run", "--on", "2026-11-02")
    assert printed.startswith(
        "To: ana@example.org\nSubject: Concord: Harbour accord, ends: 9 November 2026\n\nDear Ana Diaz,"
    )
    assert "9 November 2026 (in 7 days)" in printed
    assert printed.endswith("Attached: concord.ics\n1 mail would be sent. Nothing was written.\n")
    assert (mail.outbox, SentReminder.objects.count()) == ([], 0)
    assert ReminderPreferences.objects.get().told_on is None


def test_another_day_can_only_be_looked_at():
    with pytest.raises(CommandError, match="Add --dry-run"):
        command("--on", "2026-11-02")


def test_a_failure_has_its_reason_and_an_exit_code_of_one(ana, monkeypatch):
    ben = make_person_at_the_desk("ben", email="")
    prefer(ana), prefer(ben)
    ending(in_a_week(), ana, ben)

    def refuse(self):
        raise ConnectionRefusedError("the server is away")

    monkeypatch.setattr(EmailMultiAlternatives, "send", refuse)
    with pytest.raises(CommandError) as stopped:
        command()
    assert str(stopped.value).splitlines() == [
        "2 mails not sent:",
        "ana: ConnectionRefusedError: the server is away",
        "ben: has no e-mail address; give one at the desk.",
    ]
    assert stopped.value.returncode == 1


def test_what_nobody_is_told_of_is_said(ana):
    agreement = ending(in_a_week(), title="Nobody's")
    _printed, warned = command()
    assert warned == f"Nobody is told that “Nobody's” ends on {agreement.ends_on}: it has no focal point at the desk.\n"
    prefer(ana, of_unattended=True)
    assert command() == ("1 mail sent with 1 reminder.\n", "")


def test_without_mail_nothing_is_sent_and_nothing_is_remembered(ana, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    ending(in_a_week(), ana)
    with pytest.raises(CommandError, match="Mail is not set up: reminders cannot be sent"):
        command()
    assert not SentReminder.objects.exists()
    assert "1 mail would be sent" in command("--dry-run")[0]


@pytest.mark.parametrize(
    ("backend", "address", "expected"),
    [
        ("smtp", "https://register.example", []),
        ("dummy", "https://register.example", ["partnerships.W001"]),
        ("smtp", "http://localhost", ["partnerships.W002"]),
        ("smtp", "https://.example.org", ["partnerships.W002"]),
        ("dummy", "https://*", ["partnerships.W001", "partnerships.W002"]),
    ],
)
def test_the_check_says_what_is_missing(settings, backend, address, expected):
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{backend}.EmailBackend"
    settings.SITE_URL = address
    assert [problem.id for problem in check_mail(None)] == expected
