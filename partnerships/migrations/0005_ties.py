"""Ties: one narrow table whose index is in the order of the lists. `manage.py reindex` fills it."""

from django.db import migrations

COLUMNS = (
    "noun smallint NOT NULL, organization bigint NOT NULL, country integer NOT NULL, year smallint NOT NULL,"
    " listed_on date NOT NULL, object_id bigint NOT NULL"
)
ORDER = "noun, organization, country, year, listed_on DESC, object_id DESC"
CREATE = {
    "sqlite": [f"CREATE TABLE tie ({COLUMNS}, PRIMARY KEY ({ORDER})) WITHOUT ROWID"],
    "postgresql": [f"CREATE TABLE tie ({COLUMNS})", f"CREATE UNIQUE INDEX tie_listed ON tie ({ORDER})"],
}


def create(apps, schema_editor):
    for statement in CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)
    schema_editor.execute("CREATE INDEX tie_record ON tie (noun, object_id)")


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE tie")


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0004_ledger")]

    operations = [migrations.RunPython(create, drop)]
