"""Records that stand below others: units of an organization, regions of a continent."""

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models.expressions import RawSQL


def ids_below(model, ids):
    """A subquery for the ids of these records and of all that stand below them, at any depth.

    One recursive statement serves SQLite and PostgreSQL; UNION (not UNION ALL) ends even on a loop.
    """
    ids = list(ids)
    if not ids:
        return []
    table = model._meta.db_table
    marks = ", ".join(["%s"] * len(ids))
    return RawSQL(  # noqa: S611 - the table is the model's own, every value is a parameter
        f"WITH RECURSIVE below(id) AS (SELECT id FROM {table} WHERE id IN ({marks})"  # noqa: S608 - names and numbers of ours; values are parameters
        f" UNION SELECT child.id FROM {table} child JOIN below ON child.parent_id = below.id) SELECT id FROM below",
        ids,
    )


def refuse_loop(record):
    """Raise ValidationError if the record would stand below itself."""
    seen, above = {record.pk}, record.parent
    while above is not None:
        if above.pk in seen:
            raise ValidationError(
                {"parent": f"“{record.parent}” already stands below “{record}”. Choose another parent."}
            )
        seen.add(above.pk)
        above = above.parent


def ids_linked(link, ids, condition="TRUE"):
    """The ids that a many-to-many link of a model to itself joins with these, at any distance and in both directions.

    `condition` is SQL on the row `other` of the model's table: a record that does not fulfil it ends the way. One statement.
    """
    ids = list(ids)
    if not ids:
        return []
    table, through = link.field.model._meta.db_table, link.through._meta.db_table
    source, target = link.field.m2m_column_name(), link.field.m2m_reverse_name()
    marks = ", ".join(["%s"] * len(ids))
    statement = f"""
        WITH RECURSIVE joined(id) AS (
            SELECT id FROM {table} WHERE id IN ({marks})
            UNION SELECT other.id FROM joined
            JOIN {through} l ON l.{source} = joined.id OR l.{target} = joined.id
            JOIN {table} other ON other.id IN (l.{source}, l.{target}) AND {condition})
        SELECT id FROM joined"""  # noqa: S608 - names and numbers of ours; values are parameters
    with connection.cursor() as cursor:
        cursor.execute(statement, ids)
        return [pk for (pk,) in cursor.fetchall()]
