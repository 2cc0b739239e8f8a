"""What the desk's three roles may do with the evidence; the register's migration made them."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

PARTS = ("storyimage", "storylink", "speaker")

EDITOR = {
    *(f"{verb}_newsitem" for verb in ("add", "change", "view")),
    *(f"{verb}_{noun}" for noun in (*PARTS, "evidence") for verb in ("add", "change", "view", "delete")),
    # Documents are read, and proposals made, by a command; people look at the ones and decide on the others.
    "view_sourcedocument",
    "change_sourcedocument",
    "view_proposal",
    "change_proposal",
}
PUBLISHER = EDITOR | {"publish_newsitem", "delete_newsitem", "delete_sourcedocument", "delete_proposal"}
ROLES = {"editor": EDITOR, "publisher": PUBLISHER, "administrator": PUBLISHER}


def give(apps, schema_editor):
    app = apps.get_app_config("stories")
    app.models_module = True  # the stand-in of a migration has none, and would be passed over
    create_permissions(app, apps=apps, verbosity=0)
    Group, Permission = (apps.get_model("auth", name) for name in ("Group", "Permission"))
    for name, codenames in ROLES.items():
        found = Permission.objects.filter(content_type__app_label="stories", codename__in=codenames)
        missing = codenames - set(found.values_list("codename", flat=True))
        assert not missing, f"There is no permission {', '.join(sorted(missing))} in stories."
        Group.objects.get_or_create(name=name)[0].permissions.add(*found)


def take(apps, schema_editor):
    Group, Permission = (apps.get_model("auth", name) for name in ("Group", "Permission"))
    for group in Group.objects.filter(name__in=ROLES):
        given = Permission.objects.filter(content_type__app_label="stories", codename__in=ROLES[group.name])
        group.permissions.remove(*given)


class Migration(migrations.Migration):
    dependencies = [("stories", "0001_initial"), ("partnerships", "0002_roles")]
    operations = [migrations.RunPython(give, take)]
