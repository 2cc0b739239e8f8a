"""Mail what is due and not yet sent, for cron: `manage.py send_reminders`."""

from datetime import date, datetime, time, timedelta

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from partnerships.checks import mail_problems
from partnerships.models import Agreement, ReminderPreferences
from partnerships.reminders import preview, send_due
from partnerships.reminders.message import compose
from partnerships.reminders.sending import recipients

UNATTENDED = timedelta(days=90)


class Command(BaseCommand):
    help = (
        "Mails the people who look after agreements what ends and what is due. Each reminder goes out once, however often "
        "this runs, and a run that was missed is made up for by the next one."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="print what would be sent, and write nothing")
        parser.add_argument("--on", type=day, metavar="DAY", help="with --dry-run: as of this day, such as 2026-11-28")

    def handle(self, *, dry_run, on, **options):
        if on and not dry_run:
            raise CommandError("--on shows what would be sent on another day. Add --dry-run.")
        now = timezone.make_aware(datetime.combine(on, time(12))) if on else timezone.now()
        if dry_run:
            self._print(preview(now))
        elif problems := mail_problems():
            raise CommandError("\n".join(f"{problem.msg} {problem.hint}" for problem in problems))
        else:
            self._report(send_due(now))
        self._warn_of_unattended(timezone.localdate(now))

    def _print(self, claims):
        for claimed in claims:
            mail = compose(claimed)
            self.stdout.write(f"To: {', '.join(mail.to) or 'nobody: ' + str(claimed.preferences.person)}")
            self.stdout.write(f"Subject: {mail.subject}\n\n{mail.body}")
            self.stdout.write("".join(f"Attached: {name}\n" for name, _content, _type in mail.attachments))
        self.stdout.write(self.style.SUCCESS(f"{count(len(claims), 'mail')} would be sent. Nothing was written."))

    def _report(self, run):
        reminders = sum(len(claimed.reminders) for claimed in run.sent)
        said = f"{count(len(run.sent), 'mail')} sent with {count(reminders, 'reminder')}."
        self.stdout.write(self.style.SUCCESS(said))
        if run.failures:
            reasons = [f"{failure.person}: {failure.reason}" for failure in run.failures]
            raise CommandError("\n".join([f"{count(len(reasons), 'mail')} not sent:", *reasons]))

    def _warn_of_unattended(self, on):
        """A reminder that nobody is there to get is lost as well: say so where the administrator reads it."""
        if any(ReminderPreferences.of(person).of_unattended for person in recipients()):
            return
        ending = Agreement.objects.published().ending(on).filter(end_on__lte=on + UNATTENDED).unattended()
        for agreement in ending.order_by("end_on", "pk"):
            said = f"Nobody is told that “{agreement}” ends on {agreement.end_on}: it has no focal point at the desk."
            self.stderr.write(said, style_func=self.style.WARNING)


def day(text):
    return date.fromisoformat(text)


def count(number, noun):
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
