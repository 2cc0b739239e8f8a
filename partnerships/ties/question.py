"""Asking the ties: the statement for a page of a list, or for its count, from what narrows it."""

from dataclasses import dataclass
from datetime import date
from itertools import product

from .index import GLOBAL, registered

MOST_RANGES = 64


class Unanswerable(Exception):
    """The ties do not know; the noun's FilterSet does."""


@dataclass(frozen=True)
class Question:
    """What narrows a list: any of these organizations, in any of these countries, in this year; () and None mean any.

    `organizations` are ids of public ones, units included. Raises Unanswerable for a noun or a year without ties.
    """

    model: type
    organizations: tuple = ()
    countries: tuple = ()
    year: int | None = None

    def __post_init__(self):
        noun = registered().get(self.model)
        ranges = max(len(self.organizations), 1) * max(len(self.countries), 1)
        # Undated records are listed under the first day of the calendar, which no year must find.
        if not noun or ranges > MOST_RANGES or (self.year and (not noun.years or self.year < 1000)):
            raise Unanswerable

    def page(self, limit, keys=None, backwards=False):
        """SQL and parameters for `limit` rows of (listed_on, object_id) after these keys (before them if `backwards`)."""
        side, order = (">", "ASC") if backwards else ("<", "DESC")
        order = f"ORDER BY listed_on {order}, object_id {order} LIMIT {int(limit)}"
        parts, parameters = [], []
        for condition, values in self.ranges():
            if keys:
                condition, values = f"{condition} AND (listed_on, object_id) {side} (%s, %s)", [*values, *keys]
            parts.append(f"SELECT listed_on, object_id FROM tie WHERE {condition} {order}")  # noqa: S608 - names and numbers of ours; values are parameters
            parameters += values
        if len(parts) == 1:
            return parts[0], parameters
        # A record tied to two of them stands in two ranges, and once in the list.
        union = " UNION ALL ".join(f"SELECT * FROM ({part}) AS part{at}" for at, part in enumerate(parts))  # noqa: S608 - names and numbers of ours; values are parameters
        return f"SELECT DISTINCT listed_on, object_id FROM ({union}) AS found {order}", parameters  # noqa: S608 - names and numbers of ours; values are parameters

    def count(self):
        """SQL and parameters for the number of records."""
        ranges = list(self.ranges())
        condition = " OR ".join(f"({condition})" for condition, _values in ranges)
        counted = "*" if len(ranges) == 1 else "DISTINCT object_id"
        parameters = [value for _condition, values in ranges for value in values]
        return f"SELECT count({counted}) FROM tie WHERE {condition}", parameters  # noqa: S608 - names and numbers of ours; values are parameters

    def by_country(self):
        """SQL and parameters for (country, number of records); the row of GLOBAL counts those that name any country.

        Raises Unanswerable where countries or a year narrow the question: then their rows are not those of one range.
        """
        if self.countries or self.year:
            raise Unanswerable
        marks = ", ".join(["%s"] * max(len(self.organizations), 1))
        tied = f"noun = %s AND organization IN ({marks}) AND country <> {GLOBAL} AND year = 0"
        parameters = [registered()[self.model].number, *(self.organizations or (GLOBAL,))]
        counted = "DISTINCT object_id" if len(self.organizations) > 1 else "*"
        return (
            f"SELECT country, count({counted}) FROM tie WHERE {tied} GROUP BY country"  # noqa: S608 - names and numbers of ours; values are parameters
            f" UNION ALL SELECT {GLOBAL}, count(*) FROM (SELECT 1 FROM tie WHERE {tied} GROUP BY object_id) AS found",
            parameters * 2,
        )

    def exists(self, listed_on, object_id):
        """SQL and parameters of a condition: the record of these two columns is tied as asked, in whatever year."""
        at = f"t.listed_on = {listed_on} AND t.object_id = {object_id}"
        places = ["t.noun = %s", "t.year = 0", at]
        parameters = [registered()[self.model].number]
        for column, values in (("organization", self.organizations), ("country", self.countries)):
            places.append(f"t.{column} IN ({', '.join(['%s'] * max(len(values), 1))})")
            parameters += values or [GLOBAL]
        return f"EXISTS (SELECT 1 FROM tie t WHERE {' AND '.join(places)})", parameters  # noqa: S608 - names and numbers of ours; values are parameters

    def ranges(self):
        """(condition, values) for each range of the index."""
        number = registered()[self.model].number
        for organization, country in product(self.organizations or (GLOBAL,), self.countries or (GLOBAL,)):
            narrow = "noun = %s AND organization = %s AND country = %s AND year = %s"
            values = [number, organization, country]
            if self.year is None:
                yield narrow, [*values, 0]
            else:
                first, last = date(self.year, 1, 1), date(self.year, 12, 31)
                yield f"{narrow} AND listed_on BETWEEN %s AND %s", [*values, 0, first, last]
                yield narrow, [*values, self.year]
