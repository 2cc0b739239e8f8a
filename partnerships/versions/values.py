"""The values of a row's columns as JSON keeps them, and back."""

from django.db import models
from django.db.models.fields.files import FieldFile


def columns(model):
    """The columns that say something: neither the row's number nor what the database derives from the others."""
    return [field for field in model._meta.concrete_fields if not field.primary_key and not field.generated]


def said(row, model=None):
    """{column: value} of a row, or of an entry of its model's history."""
    return {field.attname: plain(getattr(row, field.attname, None)) for field in columns(model or type(row))}


def plain(value):
    if isinstance(value, FieldFile):
        return value.name or ""
    if value is None or isinstance(value, bool | int | float | str | list | dict):
        # Choices are strings of a kind of their own, which JSON does not bring back.
        return str(value) if isinstance(value, str) else value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def give(row, values):
    """Let the row hold these values, {column: value}."""
    for field in columns(type(row)):
        if field.attname in values:
            value = values[field.attname]
            setattr(row, field.attname, value if isinstance(field, models.JSONField) else python(field, value))


def python(field, value):
    return (field.target_field if field.remote_field else field).to_python(value)
