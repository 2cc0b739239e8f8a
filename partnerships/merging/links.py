"""Everything that names a record: rows with a key to it, and records that are linked with it."""

from dataclasses import dataclass

from django.db import models
from django.db.models import Q


@dataclass(frozen=True)
class Link:
    """One way in which rows of a model name a record: a foreign key, or a many-to-many field with `many`."""

    model: type
    field: models.Field

    @property
    def many(self):
        return self.field.many_to_many

    def rows(self, record):
        """The rows that name this record, in the order of their keys."""
        return self.model._base_manager.filter(**{self.field.name: record}).order_by("pk")


def links_to(model):
    """All Links to a model. Histories are left out: they say what was."""
    found = []
    for relation in model._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and relation.is_relation and not relation.concrete):
            continue
        holder = relation.related_model
        # The rows between two records belong to the many-to-many field, which is a Link of its own.
        if not holder._meta.auto_created and not _is_history(holder):
            found.append(Link(holder, relation.field))
    return sorted(found, key=lambda link: (link.model._meta.label, link.field.name))


def _is_history(model):
    return hasattr(model, "instance_type") or hasattr(model, "history_relation") or "history" in _keys(model)


def _keys(model):
    """The names of a model's keys to histories: the copies of many-to-many links have one."""
    return {
        field.name
        for field in model._meta.fields
        if field.remote_field and hasattr(field.remote_field.model, "instance_type")
    }


def twin(row, field, other):
    """The row that already says of `other` what this one says of the record that `field` names, or None.

    It is the one that a unique constraint would not let the row stand beside, or one that is equal in all that it says.
    """
    rows = type(row)._base_manager.exclude(pk=row.pk)
    for rule in row._meta.constraints:
        if isinstance(rule, models.UniqueConstraint) and field.name in rule.fields:
            values = {name: getattr(row, row._meta.get_field(name).attname) for name in rule.fields}
            values[field.name] = other.pk
            condition = rule.condition or Q()
            if None not in values.values() and type(row)._base_manager.filter(condition, pk=row.pk).exists():
                found = rows.filter(condition, **values).first()
                if found is not None:
                    return found
    if hasattr(row, "slug"):
        return None  # a record of its own is never another one
    said = {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields if not one.primary_key}
    said[field.attname] = other.pk
    alike = {name: value for name, value in said.items() if value is not None}
    unsaid = {f"{name}__isnull": True for name, value in said.items() if value is None}
    return rows.filter(**alike, **unsaid).first()
