"""Which organizations work together: how many agreements and projects two of them share, as a user may see them.

Two organizations are a pair where both have a tie of their own to the same record. What they share is then counted with
the units below each, as `partner_all=` finds it. A unit and a body above it are no pair: they always share what the unit
does. What a tie is, the dimension `partner` says: parties, participants, and the organizations behind funders.
"""

from dataclasses import dataclass

from django.core.exceptions import EmptyResultSet
from django.db.models.expressions import RawSQL

from partnerships.models import Agreement, Organization, Project

from .statements import ASKED, Statement
from .ties import dimensions_of

ORGANIZATION = Organization._meta.db_table
NOUNS = {Agreement: 1, Project: 2}
COUNTS = ", ".join(f"SUM(CASE WHEN a.noun = {number} THEN 1 ELSE 0 END)" for number in NOUNS.values())


@dataclass(frozen=True)
class Pair:
    """The ids of two organizations, the smaller first, and how much they share."""

    one: int
    other: int
    agreements: int
    projects: int

    @property
    def shared(self):
        return self.agreements + self.projects


@dataclass(frozen=True)
class Pairs:
    """The pairs that share most, how many pairs there are, and how many organizations are in them."""

    strongest: tuple[Pair, ...]
    count: int
    organizations: int


def pairs(records, user, *, types=(), fewest=1, most):
    """The Pairs of these records, a list of querysets. One statement.

    `types` are organization types, of which one of the two must be; `fewest` is the least that they must share.
    """
    statement = _tied(records, user)
    if statement is None:
        return Pairs((), 0, 0)
    statement.add_sql(
        "met(one, other)",
        "SELECT DISTINCT a.value, b.value FROM direct a JOIN direct b ON b.noun = a.noun AND b.record = a.record "
        "AND b.value > a.value WHERE NOT EXISTS (SELECT 1 FROM above WHERE (unit = a.value AND body = b.value) "
        "OR (unit = b.value AND body = a.value))",
    )
    statement.add_sql(
        "pair(one, other, agreements, projects)",
        f"SELECT met.one, met.other, {COUNTS} FROM tied a "  # noqa: S608 - names of ours
        "JOIN tied b ON b.noun = a.noun AND b.record = a.record AND b.value > a.value "
        "JOIN met ON met.one = a.value AND met.other = b.value GROUP BY met.one, met.other",
    )
    condition, values = "agreements + projects >= %s", [fewest]
    if types:
        typed = f"SELECT id FROM {ORGANIZATION} WHERE type IN ({', '.join(['%s'] * len(types))})"  # noqa: S608 - names of ours; values are parameters
        condition += f" AND (one IN ({typed}) OR other IN ({typed}))"
        values += [*types, *types]
    statement.add_sql("kept", f"SELECT * FROM pair WHERE {condition}", *values)  # noqa: S608 - names of ours; values are parameters
    rows = statement.rows(
        "SELECT one, other, agreements, projects, (SELECT COUNT(*) FROM kept), "
        "(SELECT COUNT(*) FROM (SELECT one FROM kept UNION SELECT other FROM kept) AS everybody) "
        "FROM kept ORDER BY agreements + projects DESC, agreements DESC, one, other LIMIT %s",
        most,
    )
    count, organizations = rows[0][4:] if rows else (0, 0)
    return Pairs(tuple(Pair(*row[:4]) for row in rows), count, organizations)


def pairs_of(organization, ids, user, *, most):
    """The Pairs of one organization, `ids` being those of itself and of the units below it. One statement."""
    statement = _tied([Agreement.objects.visible_to(user), Project.objects.visible_to(user)], user)
    if statement is None:
        return Pairs((), 0, 0)
    marks = ", ".join(["%s"] * len(ids))
    statement.add_sql("own", f"SELECT DISTINCT noun, record FROM direct WHERE value IN ({marks})", *ids)  # noqa: S608 - names of ours; values are parameters
    statement.add_sql(
        "kept(other, agreements, projects)",
        f"SELECT a.value, {COUNTS} FROM tied a JOIN own ON own.noun = a.noun AND own.record = a.record "  # noqa: S608 - names of ours; values are parameters
        "WHERE a.value IN (SELECT d.value FROM direct d JOIN own ON own.noun = d.noun AND own.record = d.record) "
        f"AND a.value NOT IN ({marks}) AND a.value NOT IN (SELECT body FROM above WHERE unit = %s) GROUP BY a.value",
        *ids,
        organization.pk,
    )
    rows = statement.rows(
        "SELECT other, agreements, projects, (SELECT COUNT(*) FROM kept) FROM kept "
        "ORDER BY agreements + projects DESC, agreements DESC, other LIMIT %s",
        most,
    )
    count = rows[0][3] if rows else 0
    found = (Pair(*sorted((organization.pk, other)), *counts) for other, *counts, _all in rows)
    return Pairs(tuple(found), count, count + 1 if count else 0)


def _tied(records, user):
    """A Statement with the tables `direct` and `tied` (with the bodies above) of noun, record and value; `above` of unit
    and body. None if there cannot be any record.
    """
    statement, selects = Statement(Organization.objects.visible_to(user), user), []
    for queryset in records:
        noun = queryset.model.noun
        try:
            statement.add(f"{noun}_asked(id)", queryset.order_by().values("pk"))
        except EmptyResultSet:
            continue
        asked = RawSQL(f"SELECT id FROM {noun}_asked", ())  # noqa: S608, S611 - a name of ours
        ties = dimensions_of(queryset.model)["partner"].ties
        statement.add(f"{noun}_tie(record, value)", *(one.queryset(user, None, asked, ASKED) for one in ties))
        selects.append(f"SELECT {NOUNS[queryset.model]}, record, value FROM {noun}_tie")  # noqa: S608 - names and numbers of ours
    if not selects:
        return None
    every = " UNION ALL ".join(selects)
    statement.add_sql("direct(noun, record, value)", f"SELECT DISTINCT * FROM ({every}) AS every_tie")  # noqa: S608 - names and numbers of ours
    statement.add_sql(
        "above(unit, body)",
        f"SELECT id, parent_id FROM {ORGANIZATION} WHERE parent_id IS NOT NULL UNION "  # noqa: S608 - names of ours
        f"SELECT above.unit, o.parent_id FROM above JOIN {ORGANIZATION} o ON o.id = above.body "
        "WHERE o.parent_id IS NOT NULL",
    )
    statement.add_sql(
        "tied(noun, record, value)",
        "SELECT noun, record, value FROM direct UNION SELECT noun, record, above.body FROM direct "
        "JOIN above ON above.unit = direct.value WHERE above.body IN (SELECT id FROM asked)",
    )
    return statement
