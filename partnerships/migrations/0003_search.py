"""The search index: a virtual table on SQLite, vectors with GIN indexes on PostgreSQL. `manage.py reindex` fills it."""

from django.db import migrations

CREATE = {
    "sqlite": [
        # The analyser has split and folded the words already; "ascii" only parts them at the spaces.
        "CREATE VIRTUAL TABLE search_index USING fts5(title, body, tokenize='ascii', prefix='2 3', columnsize=0)",
    ],
    "postgresql": [
        "CREATE TABLE search_index (model integer NOT NULL, object_id bigint NOT NULL,"
        " title tsvector NOT NULL, words tsvector NOT NULL, PRIMARY KEY (model, object_id))",
        # With figures about the 5,000 commonest words PostgreSQL guesses well how many hits a question has.
        "ALTER TABLE search_index ALTER words SET STATISTICS 500",
        # Without the list of pending entries a write costs a little more, and a read never waits for it.
        "CREATE INDEX search_index_title ON search_index USING gin (title) WITH (fastupdate = off)",
        "CREATE INDEX search_index_words ON search_index USING gin (words) WITH (fastupdate = off)",
    ],
}


def create(apps, schema_editor):
    for statement in CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE search_index")


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0002_roles")]

    operations = [migrations.RunPython(create, drop)]
