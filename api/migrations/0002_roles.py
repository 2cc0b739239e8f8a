"""Everybody at the desk may make tokens for themselves; an administrator sees, makes and revokes everybody's."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

OWN = {"add_token", "view_token"}
ROLES = {"editor": OWN, "publisher": OWN, "administrator": OWN | {"change_token"}}


def give(apps, schema_editor):
    app = apps.get_app_config("api")
    app.models_module = True  # the stand-in of a migration has none, and would be passed over
    create_permissions(app, apps=apps, verbosity=0)
    Group, Permission = (apps.get_model("auth", name) for name in ("Group", "Permission"))
    for name, codenames in ROLES.items():
        found = Permission.objects.filter(content_type__app_label="api", codename__in=codenames)
        missing = codenames - set(found.values_list("codename", flat=True))
        assert not missing, f"There is no permission {', '.join(sorted(missing))} in api."
        Group.objects.get_or_create(name=name)[0].permissions.add(*found)


def take(apps, schema_editor):
    Group, Permission = (apps.get_model("auth", name) for name in ("Group", "Permission"))
    for group in Group.objects.filter(name__in=ROLES):
        given = Permission.objects.filter(content_type__app_label="api", codename__in=ROLES[group.name])
        group.permissions.remove(*given)


class Migration(migrations.Migration):
    dependencies = [("api", "0001_initial"), ("partnerships", "0002_roles")]
    operations = [migrations.RunPython(give, take)]
