"""The table of the cache that the server's processes share: whoever migrates has it."""

from django.core.management import call_command
from django.db import migrations


def make(apps, schema_editor):
    # It leaves a table alone that is there already, and makes none for a cache that is not kept in this database.
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
