from django.core.management.base import BaseCommand

from partnerships import search, ties


class Command(BaseCommand):
    help = (
        "Write the search index and the ties anew: after a bulk load, a restored backup, or a change to what they hold."
    )

    def handle(self, *args, **options):
        def report(what):
            return lambda model, count: self.stdout.write(f"{what}, {model._meta.verbose_name_plural}: {count}")

        search.rebuild(report("search"))
        ties.rebuild(report("ties"))
