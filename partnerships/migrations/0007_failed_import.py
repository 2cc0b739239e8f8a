"""Imports that the desk refused, until they are repeated or set aside."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('partnerships', '0006_words'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FailedImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('noun', models.CharField(help_text='The model, such as partnerships.agreement.', max_length=60, verbose_name='noun')),
                ('file_name', models.CharField(max_length=80, verbose_name='file name')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='last tried')),
                ('problem', models.CharField(max_length=500, verbose_name='problem')),
                ('wrong_rows', models.PositiveIntegerField(default=0, verbose_name='rows with errors')),
                ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='settled')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='user')),
            ],
            options={
                'verbose_name': 'failed import',
                'verbose_name_plural': 'failed imports',
                'ordering': ['-at', '-pk'],
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(condition=models.Q(('settled_at', None)), fields=('noun', 'file_name', 'user'), name='failed_import_open_once')],
            },
        ),
    ]
