"""Which table a noun's list makes. Another app adds its nouns with `register`, as it does for the search."""

from dataclasses import dataclass, replace

from .batches import batches, snapshot
from .columns import AsOf, Column

_TABLES = {}


@dataclass(frozen=True)
class Table:
    """`name` is the plural by which its files are named; the columns' order is that of the file."""

    model: type
    name: str
    columns: tuple[Column, ...]

    @property
    def header(self):
        return [column.name for column in self.columns]

    @property
    def sources(self):
        """The database columns that a row is made from; its id is always among them."""
        return tuple(dict.fromkeys(["pk", *(source for column in self.columns for source in column.sources)]))

    def with_columns(self, names):
        """The table with the columns of these names only, in its own order."""
        return replace(self, columns=tuple(column for column in self.columns if column.name in names))

    def as_of(self):
        """The table for the facts of a day, with a column that says which: such a file is not mistaken for today's."""
        return replace(self, columns=(*self.columns, AsOf()))

    def blocks(self, queryset, user, on=None, root=""):
        """All rows of the queryset in its order, as they stand at one moment: for each batch one list of cells a column.

        The queryset is the caller's question, already narrowed by `visible_to`; what the rows name is narrowed here.
        `on` is the day of which the facts are told, as `as_of` means it; None tells those of today. `root` begins the
        addresses of pages.
        """
        with snapshot(queryset.db):
            for batch in batches(queryset, self.sources, user, on, root):
                yield [column.cells(batch) for column in self.columns]

    def rows(self, queryset, user, on=None, root=""):
        """The same, row by row."""
        for block in self.blocks(queryset, user, on, root):
            yield from zip(*block, strict=True)


def register(model, name, columns):
    _TABLES[model] = Table(model, name, tuple(columns))


def table_of(model):
    return _TABLES[model]


def tables():
    return list(_TABLES.values())
