"""Reads a folder of TOML files into the register: one file per noun, one table per record.

A table's keys are the model's own names: plain fields, dates by their short name (`signed = "2013"`), links by slug
(`parent`, `organizations`; countries by alpha-2, goals by number), and below it the tables of what belongs to the record
(`[[agreement.party]]`). What a file does not say has the model's default: a line taken out is a fact taken back.
"""

import tomllib
from collections import Counter
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter

from django.db import transaction

from partnerships.models import Measurement, PublicationState
from stories.models import NewsItem

from . import tables
from .tables import Refused


class RefusedBefore(Exception):
    """It refers to a record that is refused itself, which has been said already."""


@dataclass
class Report:
    """How many records each file has, which are new or were changed, and which are left as the desk made them."""

    total: Counter = field(default_factory=Counter)
    created: Counter = field(default_factory=Counter)
    updated: Counter = field(default_factory=Counter)
    left_alone: list = field(default_factory=list)


@transaction.atomic
def load_folder(folder, *, reset=False):
    """Write every file of the folder, or nothing. Returns a Report; raises Refused with all that is wrong, line by line.

    A record is known by its slug, also by one that it had before. One that somebody edited at the desk stays as it is,
    unless `reset`; one that somebody deleted is made again.
    """
    loader = Loader(reset)
    for name, model in tables.FILES.items():
        path = folder / f"{name}.toml"
        if path.exists() and not loader.read(path, model):
            # Whatever refers to a file that cannot be read would only seem wrong.
            break
    if not loader.report.total and not loader.problems:
        loader.problems.append(f"{folder}: there is no organizations.toml here, nor any other file of a register.")
    if loader.problems:
        raise Refused("\n".join(loader.problems))
    return loader.report


class Loader:
    def __init__(self, reset):
        self.reset, self.report = reset, Report()
        self.problems, self.refused = [], set()
        self.indexes = {}  # {model: {key: primary key}}, read once and kept up to date

    def read(self, path, model):
        """Write the file's records; False if it cannot be read as a whole."""
        try:
            rows = ordered(tomllib.loads(path.read_text(encoding="utf-8")).get(model.noun, []), model)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, Refused) as error:
            self.problems.append(f"{path.name}: {error}")
            return False
        self.report.total[path.stem] = len(rows)
        for row in rows:
            try:
                self.write(model, dict(row), path)
            except (Refused, RefusedBefore) as error:
                # What is wrong with one record must not hide what is wrong with the others.
                self.refused.add((model, row["slug"]))
                self.problems += [str(error)] if isinstance(error, Refused) else []
        return True

    def write(self, model, row, path):
        slug, where = row["slug"], f"{path.name}: {row['slug']}"
        record = model.objects.filter(slug=slug).first() or model.objects.once_at(slug).first()
        if model is NewsItem:
            # read_stories knows a story by the same key, so that neither makes a second one of the other's.
            key = NewsItem.make_source_key(str(row.get("title", "")), row.pop("heading_date", None))
            record = record or model.objects.filter(source_key=key).first() or model()
            record.source_key = key
        record = record or model()
        before = tables.values(record) if record.pk else None
        edited = record.pk and getattr(record.history.first(), "history_user_id", None)
        many, children = self.fill(record, {"state": PublicationState.PUBLISHED} | row, where)
        if edited and not self.reset:
            self.report.left_alone.append(f"{path.stem}: {slug}")
        else:
            tables.check(record, where)
            if before:
                many = {name: keys for name, keys in many.items() if keys != linked(record, name)}
                children = {
                    name: rows
                    for name, rows in children.items()
                    if tables.shapes(rows) != tables.shapes(tables.stored(record, name))
                }
            if many or children or tables.values(record) != before:
                record._change_reason = f"load_demo: {path.name}"
                record.save()
                for name, keys in many.items():
                    getattr(record, name).set(keys)
                for name, rows in children.items():
                    self.replace(record, name, rows, where)
                (self.report.updated if before else self.report.created)[path.stem] += 1
        self.index(model)[slug] = record.pk

    def fill(self, record, row, where):
        """Put the row's values into the record; return what waits until it is saved: links to many, and children."""
        model = type(record)
        tables.refuse_unknown(row, model, where)
        for name, one in tables.plain_fields(model).items():
            if record.pk and name in tables.KEPT and name not in row:
                continue
            value = row.get(name, one.get_default())
            if one.remote_field and name in row:
                value = self.key(one.related_model, value, f"{where}: {name}")
            setattr(record, one.attname, value)
        for name in tables.dates(model):
            try:
                setattr(record, name, str(row.get(name, "")))
            except ValueError as error:
                raise Refused(f"{where}: {name}: {error}") from None
        many = {}
        for name, one in tables.many_fields(model).items():
            many[name] = {
                self.key(one.related_model, key, f"{where}: {name}") for key in tables.listed(row, name, where)
            }
            if not many[name] and not one.blank:
                raise Refused(f"{where}: {name}: name at least one.")
        children = {name: [] for name in tables.RELATIONS.get(model, ())}
        for table, target in tables.CHILDREN.get(model, {}).items():
            name, _colon, word = target.partition(":")
            for number, below in enumerate(tables.listed(row, table, where), 1):
                child, at = model._meta.get_field(name).related_model(), f"{where}: {table} {number}"
                below = below if isinstance(below, dict) else {word: below}
                if "position" in tables.plain_fields(type(child)):
                    below = {"position": number} | below
                _none, child.children = self.fill(child, below, at)
                tables.check(child, at, exclude=[tables.PARENT[type(child)]], constraints=False)
                children[name].append(child)
        return many, children

    def replace(self, record, name, wanted, where):
        """Make these the record's children. Those that are the same stay, and a corrected one stays the same row."""
        old, new = tables.stored(record, name), []
        for child in wanted:
            same = next((one for one in old if tables.shape(one) == tables.shape(child)), None)
            old.remove(same) if same else new.append(child)
        for surplus in old[len(new) :]:
            surplus.delete()
        for child, former in zip(new, [*old, *[None] * len(new)], strict=False):
            if former:
                child.pk, child._state.adding = former.pk, False
                for column in tables.derived_columns(type(child)):
                    setattr(child, column, getattr(former, column))
            setattr(child, tables.PARENT[type(child)], record)
            tables.check(child, f"{where}: {name}: {child}")
            child.save()
            for below, rows in child.children.items():
                self.replace(child, below, rows, where)

    def key(self, model, key, where):
        """The primary key of what the files call by this slug, code or number."""
        if not isinstance(key, str | int):
            raise Refused(f"{where}: write one slug, code or number, not “{key}”.")
        if (model, key) in self.refused:
            raise RefusedBefore
        if key not in self.index(model):
            raise Refused(
                f"{where}: there is no {model._meta.verbose_name} “{key}”.{tables.nearest(key, self.index(model))}"
            )
        return self.index(model)[key]

    def index(self, model):
        if model not in self.indexes and model is Measurement:
            # "slug:kind" means the latest figure of that kind. It comes first, so it is written here last.
            figures = reversed(Measurement.objects.select_related("indicator"))
            self.indexes[model] = {f"{figure.indicator.slug}:{figure.kind}": figure.pk for figure in figures}
        elif model not in self.indexes:
            self.indexes[model] = dict(model.objects.values_list(tables.KEYS.get(model, "slug"), "pk"))
        return self.indexes[model]


def linked(record, name):
    return set(getattr(record, name).values_list("pk", flat=True))


def ordered(rows, model):
    """The rows, each below those of its file that it refers to: a unit after its parent, a plan after its memorandum."""
    by_slug = {}
    for number, row in enumerate(rows, 1):
        slug = row.get("slug")
        if not slug or slug in by_slug:
            raise Refused(f"record {number}: {f'“{slug}” is there twice.' if slug else 'it has no slug.'}")
        by_slug[slug] = row
    links = {**tables.plain_fields(model), **tables.many_fields(model)}
    own = [name for name, one in links.items() if one.related_model is model]
    above = {}
    for slug, row in by_slug.items():
        keys = [row.get(name) for name in own]
        keys += [key for several in keys if isinstance(several, list) for key in several]
        above[slug] = [key for key in keys if isinstance(key, str) and key in by_slug]
    try:
        return [by_slug[slug] for slug in TopologicalSorter(above).static_order()]
    except CycleError as error:
        raise Refused(f"these stand below each other: {', '.join(error.args[1])}.") from None
