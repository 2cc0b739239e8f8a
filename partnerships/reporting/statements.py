"""One statement for one question: the records that are asked for, and the ties of each dimension, as named subqueries."""

from django.db import connection
from django.db.models.expressions import RawSQL

ASKED = RawSQL("SELECT id FROM asked", ())
LAST_YEAR = 9999


class Statement:
    """WITH RECURSIVE over `asked(id)` and what is added: SQL that SQLite and PostgreSQL both read, all values parameters.

    Raises django.core.exceptions.EmptyResultSet if the queryset cannot find anything.
    """

    def __init__(self, queryset, user, on=None):
        self.user, self.on = user, on
        self.tables, self.parameters = [], []
        asked = queryset.order_by().values("pk")
        self.add("asked(id)", asked)
        self.asked = _planned(asked)

    def add(self, head, *querysets, joint=" UNION ALL "):
        compiled = [queryset.query.sql_with_params() for queryset in querysets]
        self.tables.append(f"{head} AS ({joint.join(sql for sql, _parameters in compiled)})")
        self.parameters += [value for _sql, parameters in compiled for value in parameters]

    def add_sql(self, head, sql, *parameters):
        self.tables.append(f"{head} AS ({sql})")
        self.parameters += parameters

    def add_ties(self, name, dimension):
        """The table `name(record, value)` of a dimension, each tie once."""
        allowed = dimension.values.visible_to(self.user) if hasattr(dimension.values, "visible_to") else None
        ties = [one.queryset(self.user, self.on, self.asked, allowed) for one in dimension.ties]
        if dimension.spans:
            self.add(f"{name}_spans(record, value, last)", *ties)
            self._walk(name, dimension)
        elif dimension.climbs:
            self.add(f"{name}_direct(record, value)", *ties)
            self._climb(name, dimension)
        elif dimension.once:
            self.add(f"{name}(record, value)", *ties)
        else:
            self.add(f"{name}_all(record, value)", *ties)
            self.add_sql(f"{name}(record, value)", f"SELECT DISTINCT record, value FROM {name}_all")  # noqa: S608 - names and numbers of ours; values are parameters

    def _walk(self, name, dimension):
        """From the first year of each span to its last."""
        latest = dimension.latest() if dimension.latest else LAST_YEAR
        self.add_sql(
            f"{name}_walk(record, value, last)",
            f"SELECT record, value, last FROM {name}_spans WHERE value <= %s UNION ALL "  # noqa: S608 - names and numbers of ours; values are parameters
            f"SELECT record, value + 1, last FROM {name}_walk WHERE value < last AND value < %s",
            latest,
            latest,
        )
        distinct = "" if dimension.once else "DISTINCT "
        self.add_sql(f"{name}(record, value)", f"SELECT {distinct}record, value FROM {name}_walk")  # noqa: S608 - names and numbers of ours; values are parameters

    def _climb(self, name, dimension):
        """With the values above each: the tree is climbed once, not from each record."""
        table = connection.ops.quote_name(dimension.values.model._meta.db_table)
        self.add_sql(
            f"{name}_up(value, above)",
            f"SELECT id, id FROM {table} UNION SELECT {name}_up.value, one.parent_id "  # noqa: S608 - names and numbers of ours; values are parameters
            f"FROM {name}_up JOIN {table} one ON one.id = {name}_up.above WHERE one.parent_id IS NOT NULL",
        )
        self.add_sql(
            f"{name}(record, value)",
            f"SELECT DISTINCT record, above FROM {name}_direct JOIN {name}_up ON {name}_up.value = {name}_direct.value",  # noqa: S608 - names and numbers of ours; values are parameters
        )

    def rows(self, sql, *parameters):
        """The rows of a SELECT over the named subqueries."""
        with connection.cursor() as cursor:
            cursor.execute(f"WITH RECURSIVE {', '.join(self.tables)} {sql}", [*self.parameters, *parameters])
            return cursor.fetchall()


def _planned(asked):
    """The ids that are asked for, for one of the subqueries.

    PostgreSQL takes the rows of a named subquery for a few hundred and looks each up in an index; where finding them is
    one look at one table, it is told so and reads both tables once.
    """
    sql, parameters = asked.query.sql_with_params()
    return RawSQL(sql, parameters) if connection.vendor == "postgresql" and sql.count("SELECT") == 1 else ASKED  # noqa: S611 - Django's own statement


def binary(column):
    """The column as text in the order of its characters' codes, which is the same in both databases and in Python."""
    collation = ' COLLATE "C"' if connection.vendor == "postgresql" else ""
    return f"CAST({column} AS text){collation}"
