"""What the values of records and rows are in words."""

from datetime import date

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from partnerships.dates import DatedModel, PartialDate

from .values import columns, python

# What a file is called inside says nothing; its SHA-256 tells whether it is another one.
LEFT_OUT = {"id", "version", "created_at", "updated_at", "source_key", "file", "size", "key", "renditions"}


class Words:
    """Puts values into words. Names of linked records are read once for each kind of record.

    `told` are (model, values, links) of everything that will be asked for: {column: value} and {name: ids}.
    `rows` are {(label, id): (model, values)} of rows and records that need not be in the database.
    """

    def __init__(self, told, record_model, rows=()):
        self.record_model, self.rows = record_model, dict(rows)
        wanted = {}
        for model, values, links in told:
            for column in columns(model):
                if column.remote_field and isinstance(values.get(column.attname), int):
                    wanted.setdefault(column.related_model, set()).add(values[column.attname])
            for name, ids in links.items():
                wanted.setdefault(model._meta.get_field(name).related_model, set()).update(ids)
        self.names = {model: model._base_manager.in_bulk(ids) for model, ids in wanted.items()}

    def of(self, model, values, links=()):
        """{name: (label, words)} of every field; a date has one name for its two columns. The key to the record is left out."""
        found = {}
        dated = model.date_names() if issubclass(model, DatedModel) else []
        for column in self._own(model):
            if not column.name.endswith("_on_precision"):
                words = self._words(values, column, column.name.removesuffix("_on") in dated)
                found[column.name] = (str(column.verbose_name), words)
        for name, ids in dict(links).items():
            field = model._meta.get_field(name)
            found[name] = (
                str(field.verbose_name),
                ", ".join(sorted(self._name(field.related_model, pk) for pk in ids)),
            )
        return found

    def identity(self, model, values):
        """What a row is called among the others: its first text or link, and never a number."""
        named = (models.CharField, models.TextField, models.ForeignKey)
        own = (column for column in self._own(model) if isinstance(column, named))
        return next((words for column in own if (words := self._words(values, column, False))), "")

    def _own(self, model):
        """The columns without the key that ties the row to its record."""
        return [
            column
            for column in columns(model)
            if column.name not in LEFT_OUT
            and (column.related_model is not self.record_model or (column.null and not hasattr(model, "has_one_owner")))
        ]

    def _name(self, model, pk):
        if named := self.names.get(model, {}).get(pk):
            return str(named)
        if told := self.rows.get((model._meta.label_lower, pk)):
            return self.identity(*told)
        return _("a deleted record (%s)") % pk

    def _words(self, values, column, is_dated):
        value = values.get(column.attname)
        if value is None or value == "":
            return ""
        if column.remote_field:
            return self._name(column.related_model, value)
        value = python(column, value)
        if is_dated:
            return str(PartialDate(value, values[f"{column.name}_precision"]))
        if column.choices:
            return str(dict(column.flatchoices).get(value, value))
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if type(value) is date:
            return date_format(value, "j F Y")
        return str(value)
