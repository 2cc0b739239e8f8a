"""Fill the register with the demo's records, or bring them up to date: `manage.py load_demo`."""

from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from partnerships.models import Country
from stories.demo.loading import Refused, load_folder
from stories.demo.specimens import add_specimens

DEMO = Path(__file__).resolve().parents[2] / "demo"


class Command(BaseCommand):
    help = (
        "Loads the demo register from the TOML files of stories/demo, all or nothing, and publishes it. Run again, it "
        "writes only what has changed in the files, and leaves alone what somebody has edited at the desk."
    )

    def add_arguments(self, parser):
        parser.add_argument("--reset", action="store_true", help="overwrite what was edited at the desk, too")
        parser.add_argument("--folder", type=Path, default=DEMO, help="read the files of another folder")

    @transaction.atomic
    def handle(self, *, reset, folder, **options):
        if not Country.objects.exists():
            call_command("load_geography", stdout=self.stdout)
        try:
            report = load_folder(folder, reset=reset)
        except Refused as error:
            raise CommandError(f"{error}\nNothing was written.") from error
        for record in report.left_alone:
            self.stdout.write(self.style.WARNING(f"{record}: edited at the desk, left alone. --reset overwrites it."))
        for name, total in report.total.items():
            new, changed = report.created[name], report.updated[name]
            written = ", ".join(f"{count} {verb}" for count, verb in ((new, "created"), (changed, "updated")) if count)
            self.stdout.write(f"{name}: {total}, {written or 'unchanged'}")
        if folder == DEMO and (made := add_specimens()):
            self.stdout.write(f"files: {made} made")
