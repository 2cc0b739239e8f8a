"""Compare the kept files with the rows that name them: `manage.py check_files`."""

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError

from partnerships.files.report import compare


class Command(BaseCommand):
    help = (
        "Reads every document and picture that the register keeps and compares it with its SHA-256. Names rows whose file "
        "is missing or differs, and files that no row names, and ends with exit code 1 if there are any."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--delete-orphans",
            action="store_true",
            help="delete the files that no row names: a day after they came, or 30 days after their row was deleted",
        )

    def handle(self, *, delete_orphans, **options):
        report = compare()
        wrong = [f"missing: {self.named(row, name)}" for row, name in report.missing]
        wrong += [f"differs from its SHA-256: {self.named(row, name)}" for row, name in report.changed]
        for name in report.orphans:
            if delete_orphans:
                default_storage.delete(name)
                self.stdout.write(f"deleted: {name}, which no row named")
            else:
                wrong.append(f"no row names it: {name}. --delete-orphans deletes it.")
        for name in report.waiting:
            self.stdout.write(f"no row names it now, but it may still be had back: {name}")
        self.stdout.write(f"{report.whole} {'file is' if report.whole == 1 else 'files are'} as they were given.")
        if wrong:
            raise CommandError("\n".join(wrong))

    def named(self, row, name):
        return f"{name}, of the {row._meta.verbose_name} “{row}” (number {row.pk})"
