"""The amounts that stories name, read from the stories that there are."""

import django.db.models.deletion
from django.db import migrations, models

from stories.amounts import columns

AT_ONCE = 500


def read(apps, schema_editor):
    NewsItem, NamedAmount = (apps.get_model("stories", name) for name in ("NewsItem", "NamedAmount"))
    rows = []
    for story in NewsItem.objects.order_by("pk").values_list("pk", "title", "body").iterator(AT_ONCE):
        rows += (NamedAmount(**row) for row in columns(*story))
    NamedAmount.objects.bulk_create(rows, batch_size=AT_ONCE)


class Migration(migrations.Migration):

    dependencies = [
        ('stories', '0002_roles'),
    ]

    operations = [
        migrations.CreateModel(
            name='NamedAmount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('written', models.CharField(max_length=80, verbose_name='as it is written')),
                ('currency', models.CharField(max_length=3, verbose_name='currency')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=24, verbose_name='amount')),
                ('least', models.DecimalField(decimal_places=2, max_digits=24, verbose_name='at least')),
                ('most', models.DecimalField(decimal_places=2, max_digits=24, verbose_name='at most')),
                ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='named_amounts', to='stories.newsitem', verbose_name='story')),
            ],
            options={
                'verbose_name': 'amount named in a story',
                'verbose_name_plural': 'amounts named in stories',
                'ordering': ['story', 'pk'],
                'default_permissions': (),
            },
        ),
        migrations.RunPython(read, migrations.RunPython.noop),
    ]
