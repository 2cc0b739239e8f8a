from django.core.management.base import BaseCommand

from partnerships import search, ties
from partnerships.dependents import rebuilt


class Command(BaseCommand):
    help = (
        "Write all that is derived from records anew: after a bulk load, a restored backup, or an upgrade that says so."
    )

    def handle(self, *args, **options):
        def report(what):
            return lambda model, count: self.stdout.write(f"{what}, {model._meta.verbose_name_plural}: {count}")

        search.rebuild(report("search"))
        ties.rebuild(report("ties"))
        rebuilt.send(type(self), report=report)
