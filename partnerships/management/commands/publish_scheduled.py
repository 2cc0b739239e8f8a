"""Publish and archive what is due, for cron: `manage.py publish_scheduled`."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from partnerships.models import ScheduledMove
from partnerships.reviewing.schedule import run_due

from .send_reminders import count


class Command(BaseCommand):
    help = (
        "Publishes and archives the records whose time has come, each in the name of the publisher who scheduled it. "
        "It is done once, however often this runs; what a record still lacks is said here and at the desk."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="print what is due, and do nothing")

    def handle(self, *, dry_run, **options):
        if dry_run:
            due = list(ScheduledMove.objects.due())
            for move in due:
                self.stdout.write(said(move))
            self.stdout.write(self.style.SUCCESS(f"{count(len(due), 'record')} due. Nothing was written."))
            return
        run = run_due()
        for move in run.done:
            self.stdout.write(said(move))
        self.stdout.write(self.style.SUCCESS(f"{count(len(run.done), 'record')} moved."))
        if run.refused:
            reasons = [f"{said(move)}: {move.problem}" for move in run.refused]
            raise CommandError("\n".join([f"{count(len(run.refused), 'record')} not moved:", *reasons]))


def said(move):
    return f"{timezone.localtime(move.due_at):%Y-%m-%d %H:%M} {move.state}: {move.record_name}"
