"""Cards: answers that were rendered before anybody asks. `manage.py reindex` fills the table."""

from django.db import migrations

COLUMNS = "kind smallint NOT NULL, object_id bigint NOT NULL, good_until date NOT NULL, body text NOT NULL"
CREATE = {
    "sqlite": [f"CREATE TABLE card ({COLUMNS}, PRIMARY KEY (kind, object_id)) WITHOUT ROWID"],
    "postgresql": [
        f"CREATE TABLE card ({COLUMNS}, PRIMARY KEY (kind, object_id)) WITH (toast_tuple_target = 8160)",
        # A row that is read as one piece of its page costs a third of one that is unpacked from elsewhere.
        "ALTER TABLE card ALTER body SET STORAGE MAIN",
    ],
}


def create(apps, schema_editor):
    for statement in CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE card")


class Migration(migrations.Migration):
    dependencies = [("api", "0002_roles"), ("partnerships", "0005_ties")]

    operations = [migrations.RunPython(create, drop)]
