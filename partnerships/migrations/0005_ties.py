"""Ties: one narrow table whose index is in the order of the lists; and dates, years and gates for the search index.

`manage.py reindex` fills them where there are records already, and says so in the table `derived`; a new register has
nothing to fill.
"""

from django.db import migrations

COLUMNS = (
    "noun smallint NOT NULL, organization bigint NOT NULL, country integer NOT NULL, year smallint NOT NULL,"
    " listed_on date NOT NULL, object_id bigint NOT NULL"
)
ORDER = "noun, organization, country, year, listed_on DESC, object_id DESC"
CREATE = {
    "sqlite": [f"CREATE TABLE tie ({COLUMNS}, PRIMARY KEY ({ORDER})) WITHOUT ROWID"],
    "postgresql": [
        f"CREATE TABLE tie ({COLUMNS})",
        f"CREATE UNIQUE INDEX tie_listed ON tie ({ORDER})",
        "ALTER TABLE search_index ADD listed_on date, ADD is_public boolean",
        # The vectors are read by nobody but their index; without them, the hits of a question lie close together.
        "ALTER TABLE search_index SET (toast_tuple_target = 128)",
        "ALTER TABLE search_index ALTER title SET STORAGE EXTERNAL, ALTER words SET STORAGE EXTERNAL",
    ],
}
DROP = {
    "sqlite": [],
    "postgresql": [
        "ALTER TABLE search_index DROP listed_on, DROP is_public",
        "ALTER TABLE search_index RESET (toast_tuple_target)",
        "ALTER TABLE search_index ALTER title SET STORAGE EXTENDED, ALTER words SET STORAGE EXTENDED",
    ],
}


def create(apps, schema_editor):
    for statement in CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)
    schema_editor.execute("CREATE INDEX tie_record ON tie (noun, object_id)")
    schema_editor.execute("CREATE TABLE derived (what varchar(20) PRIMARY KEY, version smallint NOT NULL)")
    if not apps.get_model("partnerships", "Organization").objects.exists():
        schema_editor.execute("INSERT INTO derived (what, version) VALUES ('ties', 1), ('search', 2)")


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE derived")
    schema_editor.execute("DROP TABLE tie")
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0004_ledger")]

    operations = [migrations.RunPython(create, drop)]
