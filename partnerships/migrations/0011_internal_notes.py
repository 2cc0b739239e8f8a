"""Internal notes have a permission of their own, which the desk's three roles get; and no role deletes people any more.

With a person would go their name in the history. Whoever leaves is made inactive.
"""

from django.contrib.auth.management import create_permissions
from django.db import migrations

ROLES = ("editor", "publisher", "administrator")
NOTES, PEOPLE = "read_internal_notes", "delete_user"


def permission(apps, app_label, codename):
    app = apps.get_app_config(app_label)
    app.models_module = True  # the stand-in of a migration has none, and would be passed over
    create_permissions(app, apps=apps, verbosity=0)
    return apps.get_model("auth", "Permission").objects.get(content_type__app_label=app_label, codename=codename)


def give(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    for group in Group.objects.filter(name__in=ROLES):
        group.permissions.add(permission(apps, "partnerships", NOTES))
    for group in Group.objects.filter(name="administrator"):
        group.permissions.remove(permission(apps, "auth", PEOPLE))


def take(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    for group in Group.objects.filter(name__in=ROLES):
        group.permissions.remove(permission(apps, "partnerships", NOTES))
    for group in Group.objects.filter(name="administrator"):
        group.permissions.add(permission(apps, "auth", PEOPLE))


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0010_bin"), ("auth", "0012_alter_user_first_name_max_length")]
    operations = [
        migrations.AlterModelOptions(
            name="agreement",
            options={
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "ordering": ["-listed_on", "-pk"],
                "permissions": [("read_internal_notes", "Can read and write internal notes")],
                "verbose_name": "agreement",
                "verbose_name_plural": "agreements",
            },
        ),
        migrations.RunPython(give, take),
    ]
