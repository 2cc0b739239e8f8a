"""The kinds of columns that a table can have. A column says which database columns it needs, and gives a batch's cells.

A cell is text, a whole number, a Decimal or None. What can be imported again has `field`, the attribute of the model that
it holds; a column without it is for reading only.
"""

from collections import defaultdict

from django.db.models import TextField
from django.db.models.functions import Cast
from django.urls import reverse

from partnerships.dates import PartialDate

from .batches import naming

SEPARATOR = "; "


class Column:
    """A database column as it is: text or a number."""

    sources = ()
    field = None
    # Differs from one moment or host to the next, so that a difference is no change that anybody made.
    is_volatile = False

    def __init__(self, name):
        self.name = name

    def cells(self, batch):
        return batch[self.name]


class Value(Column):
    def __init__(self, name, field=True, volatile=False):
        super().__init__(name)
        self.sources = (name,)
        self.field = name if field else None
        self.is_volatile = volatile


class Id(Column):
    sources = ("pk",)
    is_volatile = True

    def __init__(self):
        super().__init__("id")

    def cells(self, batch):
        return batch["pk"]


class AsOf(Column):
    """The day of which the row tells the facts."""

    def __init__(self):
        super().__init__("as_of")

    def cells(self, batch):
        return [batch.on.isoformat()] * len(batch.ids)


class Called(Value):
    """An organization's `name` or `acronym`, as it was on the day of the question."""

    def __init__(self, name, lookup):
        super().__init__(name)
        self.lookup = lookup

    def cells(self, batch):
        called = getattr(batch.directory, self.lookup)
        return [called(pk, name) for pk, name in zip(batch.ids, batch[self.name], strict=True)]


class Flag(Value):
    """`true` or `false`."""

    def cells(self, batch):
        return ["true" if value else "false" for value in batch[self.name]]


class Label(Column):
    """The words for a code: `kind_label` beside `kind`."""

    def __init__(self, code, choices):
        super().__init__(f"{code}_label")
        self.code, self.sources = code, (code,)
        self.labels = {value: str(label) for value, label in choices.choices}

    def cells(self, batch):
        return [self.labels.get(code, code) for code in batch[self.code]]


class Written(Value):
    """A date or a time as the database writes it (ISO 8601): an object would be made only to be written again."""

    def __init__(self, name, **kwargs):
        super().__init__(name, **kwargs)
        self.sources = (Cast(name, TextField()),)

    def cells(self, batch):
        return batch[self.sources[0]]


class Day(Written):
    """A date that is always exact."""


class Moment(Written):
    """A date and time, in UTC and to the second."""

    def cells(self, batch):
        return [f"{moment[:10]}T{moment[11:19]}Z" for moment in super().cells(batch)]


class Dated(Column):
    """A date as exact as it is known: `2013`, `2013-05`, `2013-05-21` or `../2013-05-21`.

    A `deed` is done on its day: of a day before, it is not known yet.
    """

    def __init__(self, field, deed=False):
        super().__init__(f"{field}_on")
        self.field, self.deed = field, deed
        self.sources = (self.name, f"{self.name}_precision")

    def cells(self, batch):
        days, precisions = (batch[source] for source in self.sources)
        on = batch.on if self.deed else None
        return [day and written(day, precision, on) for day, precision in zip(days, precisions, strict=True)]


def written(day, precision, on=None):
    """The date as text, or None where there is none or, of a day `on`, it lies ahead."""
    return None if day is None or (on and day > on) else PartialDate(day, precision).isoformat()


class Statuses:
    """The status of each row that follows from its dates, by the QuerySet's own phrase `with_status`."""

    def __init__(self, choices):
        self.choices = choices

    def __call__(self, batch):
        records = batch.model.objects.using(batch.using).filter(pk__in=batch.among_ids()).order_by()
        return {
            pk: one for one in self.choices for pk in records.with_status(one, batch.on).values_list("pk", flat=True)
        }


class Status(Column):
    def __init__(self, statuses):
        super().__init__("status")
        self.statuses = statuses

    def cells(self, batch):
        found = batch.once(self.statuses)
        return [found[pk].value for pk in batch.ids]


class StatusLabel(Column):
    def __init__(self, statuses):
        super().__init__("status_label")
        self.statuses = statuses

    def cells(self, batch):
        found = batch.once(self.statuses)
        return [str(found[pk].label) for pk in batch.ids]


class Page(Column):
    """The address of the record's page."""

    sources = ("slug",)
    is_volatile = True

    def __init__(self, route):
        super().__init__("page_url")
        self.route = route

    def cells(self, batch):
        path = batch.root + reverse(self.route, args=["-"]).removesuffix("-/")
        return [f"{path}{slug}/" for slug in batch["slug"]]


class Link:
    """A foreign key: each row's (code, name), or None where there is none or the user may not see it."""

    def __init__(self, field, model):
        self.field, self.model = field, model
        self.sources = (f"{field}_id",)

    def __call__(self, batch):
        ids = batch[self.sources[0]]
        known = batch.directory.find(self.model, set(ids) - {None})
        return [known.get(pk) for pk in ids]


class Links:
    """A many-to-many field: each row's (code, name) pairs in the order of their codes."""

    sources = ()

    def __init__(self, field, noun):
        relation = noun._meta.get_field(field)
        self.field, self.model, self.through = field, relation.related_model, relation.remote_field.through
        self.source, self.target = relation.m2m_field_name(), relation.m2m_reverse_field_name()

    def __call__(self, batch):
        ties = self.through.objects.using(batch.using).filter(**{f"{self.source}__in": batch.among_ids()}).order_by()
        pairs = list(ties.values_list(f"{self.source}_id", f"{self.target}_id"))
        known = batch.directory.find(self.model, {target for _source, target in pairs})
        found = defaultdict(list)
        for source, target in pairs:
            if named := known[target]:
                found[source].append(named)
        for several in found.values():
            several.sort()
        return [found.get(pk, ()) for pk in batch.ids]


class Code(Column):
    """The slug (a country's ISO code) of what a foreign key leads to."""

    def __init__(self, link, name=None, field=True):
        super().__init__(name or link.field)
        self.link, self.sources = link, link.sources
        self.field = link.field if field else None

    def cells(self, batch):
        return [named and named[0] for named in batch.once(self.link)]


class Name(Column):
    def __init__(self, link, name):
        super().__init__(name)
        self.link, self.sources = link, link.sources

    def cells(self, batch):
        return [named and named[1] for named in batch.once(self.link)]


class Codes(Column):
    """The slugs (or ISO codes, or numbers of goals) of what a many-to-many field leads to, `fifa; unodc`."""

    def __init__(self, links, name=None):
        super().__init__(name or links.field)
        self.links, self.field = links, links.field

    def cells(self, batch):
        return [
            SEPARATOR.join([str(code) for code, _name in several]) if several else ""
            for several in batch.once(self.links)
        ]


class Names(Column):
    """Their names, in the order of the codes."""

    def __init__(self, links, name):
        super().__init__(name)
        self.links = links

    def cells(self, batch):
        return [
            SEPARATOR.join([name for _code, name in several]) if several else "" for several in batch.once(self.links)
        ]


class Parts:
    """The rows below a record: `rows(batch)` are tuples that begin with the record's id."""

    def __init__(self, rows):
        self.rows = rows

    def __call__(self, batch):
        found = defaultdict(list)
        for pk, *values in self.rows(batch):
            found[pk].append(values)
        return found


class Part(Column):
    """What `write` makes of each row below a record (None is left out), for reading only."""

    def __init__(self, name, parts, write):
        super().__init__(name)
        self.parts, self.write = parts, write

    def cells(self, batch):
        found = batch.once(self.parts)
        texts = ([self.write(*values) for values in found.get(pk, ())] for pk in batch.ids)
        return [SEPARATOR.join(dict.fromkeys(text for text in several if text)) for several in texts]


class First(Part):
    """What `write` makes of the first row below a record for which it is not None."""

    def cells(self, batch):
        found = batch.once(self.parts)
        texts = ((self.write(*values) for values in found.get(pk, ())) for pk in batch.ids)
        return [next((text for text in several if text is not None), None) for several in texts]


def linked(field, model, names=None):
    """The two columns of a foreign key: its code, and its name."""
    link = Link(field, model)
    return [Code(link), Name(link, names or f"{field}_{'title' if naming(model)[1] == 'title' else 'name'}")]


def many(field, noun, names=None, codes=None):
    """The two columns of a many-to-many field, its codes and (where `names` says what it is called) its names."""
    links = Links(field, noun)
    return [Codes(links, codes), *([Names(links, names)] if names else [])]


def status(choices):
    """The two columns of a status: its code and its words."""
    statuses = Statuses(choices)
    return [Status(statuses), StatusLabel(statuses)]


def coded(name, choices):
    """A code from a fixed list, and its words."""
    return [Value(name), Label(name, choices)]
