"""On PostgreSQL, the words that the search index has: what begins with "pers" is then asked for by name.

A GIN index answers a beginning by collecting every record of every word that it finds, also of those that another word of
the question excludes; whole words are skipped through. FTS5 needs no such list.
"""

from django.db import migrations

CREATE = [
    # In the order of bytes, so that a beginning is a range of the index whatever the database's language is.
    'CREATE TABLE search_word (word text COLLATE "C" PRIMARY KEY)',
    "INSERT INTO search_word SELECT DISTINCT word FROM search_index, unnest(tsvector_to_array(words)) AS word"
    " WHERE word !~ '^[·§¶]'",
]


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in CREATE:
            schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TABLE search_word")


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0005_ties")]

    operations = [migrations.RunPython(create, drop)]
