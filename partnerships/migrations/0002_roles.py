"""The three roles of the desk and what they may do with the register.

An editor prepares, a publisher lets it go out, an administrator also looks after the people. The later app's migration
adds what they may do there.
"""

from django.contrib.auth.management import create_permissions
from django.db import migrations

RECORDS = ("organization", "agreement", "project", "funder", "contribution", "indicator", "event", "person")
# Rows that are edited on their record's page, and locked together with it.
PARTS = (
    "organizationname", "party", "signature", "areaofcooperation", "commitment", "agreementdocument",
    "participation", "projectcountry", "eventparticipation", "office", "measurement",
)  # fmt: skip
PLACES = ("country", "region")

EDITOR = {
    *(f"{verb}_{noun}" for noun in RECORDS for verb in ("add", "change", "view")),
    *(f"{verb}_{noun}" for noun in PARTS for verb in ("add", "change", "view", "delete")),
    *(f"view_{noun}" for noun in (*PLACES, "goal")),
}
PUBLISHER = EDITOR | {f"{verb}_{noun}" for noun in RECORDS for verb in ("publish", "delete")}
ADMINISTRATOR = PUBLISHER | {f"{verb}_{noun}" for noun in PLACES for verb in ("add", "change", "delete")}
PEOPLE = {f"{verb}_{noun}" for noun in ("user", "group") for verb in ("add", "change", "view", "delete")} | {
    "view_permission"
}

ROLES = {"editor": EDITOR, "publisher": PUBLISHER, "administrator": ADMINISTRATOR}


def permissions(apps, app_label, codenames):
    """These permissions; they are made now where they are missing, because Django makes them only after all migrations."""
    app = apps.get_app_config(app_label)
    app.models_module = True  # the stand-in of a migration has none, and would be passed over
    create_permissions(app, apps=apps, verbosity=0)
    found = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label=app_label, codename__in=codenames
    )
    missing = set(codenames) - set(found.values_list("codename", flat=True))
    assert not missing, f"There is no permission {', '.join(sorted(missing))} in {app_label}."
    return found


def give(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    for name, codenames in ROLES.items():
        group, _made = Group.objects.get_or_create(name=name)
        group.permissions.add(*permissions(apps, "partnerships", codenames))
    Group.objects.get(name="administrator").permissions.add(*permissions(apps, "auth", PEOPLE))


def take(apps, schema_editor):
    """Take the permissions back. A group that has members or other permissions stays, so that no membership is lost."""
    Group, Permission = (apps.get_model("auth", name) for name in ("Group", "Permission"))
    for group in Group.objects.filter(name__in=ROLES):
        given = Permission.objects.filter(content_type__app_label="partnerships", codename__in=ROLES[group.name])
        group.permissions.remove(*given)
        if group.name == "administrator":
            group.permissions.remove(*Permission.objects.filter(content_type__app_label="auth", codename__in=PEOPLE))
        if not group.permissions.exists() and not group.user_set.exists():
            group.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(give, take)]
