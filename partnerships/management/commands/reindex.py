from django.core.management.base import BaseCommand

from partnerships.search import rebuild


class Command(BaseCommand):
    help = "Write the whole search index anew: after a bulk load, a restored backup, or a change to what is indexed."

    def handle(self, *args, **options):
        rebuild(lambda subject, count: self.stdout.write(f"{subject.model._meta.verbose_name_plural}: {count}"))
