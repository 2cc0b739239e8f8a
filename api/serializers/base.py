"""What all answers are made of: brief records, dates with their precision, and fields that are only read.

Every list is rendered row by row in Python, which costs more than its SQL. So a serializer works out once how each field
is read, instead of asking DRF's general machinery again for each row.
"""

import re
from inspect import signature
from operator import attrgetter, methodcaller

from django.db import models
from django.utils.functional import cached_property
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import fields, serializers

BRIEF = ["id", "url", "display", "slug"]
COMMON = ["id", "url", "page_url", "display", "slug"]
RECORD = [*COMMON, "version", "updated_at", "caveat"]
TODAY = "As it follows from the dates today, or on the day of `as_of`."

# Fields that give the model's value as it is.
AS_IT_IS = (fields.CharField, fields.IntegerField, fields.BooleanField, fields.ChoiceField)


class LeanSerializer(serializers.ModelSerializer):
    """A ModelSerializer for reading: every field is read-only, and relations are taken as they were prefetched.

    `needs` names the relations that a field reads beyond its own source; `made_of` what a field is made of that a method
    gives: a serializer's class.
    """

    needs = {}
    made_of = {}

    # An address may be empty, which the description of a URI would not allow.
    serializer_field_mapping = {
        **serializers.ModelSerializer.serializer_field_mapping,
        models.URLField: serializers.CharField,
    }

    def get_extra_kwargs(self):
        return {name: {"read_only": True} for name in self.Meta.fields}

    def to_representation(self, record):
        return {name: read(record) for name, read in self.readers}

    @cached_property
    def readers(self):
        selection = self.context.get("selection")
        if selection is None or selection.serializer_class is not type(self):
            return [(name, reader(field)) for name, field in self.fields.items()]
        return [(name, reader(field)) for name, field in self.fields.items() if selection.keeps(name)]


def reader(field):
    """A function from a record to this field's value in the answer."""
    if isinstance(field, serializers.ListSerializer):
        related, render = attrgetter(field.source), field.child.to_representation
        return lambda record: [render(row) for row in related(record).all()]
    if isinstance(field, serializers.SerializerMethodField):
        return getattr(field.parent, field.method_name)
    if field.source == "*":
        return field.to_representation
    model, on = field.parent.Meta.model, field.context.get("on")
    columns = {column.name: column for column in model._meta.concrete_fields}
    if isinstance(field, AS_IT_IS) and field.source in columns:
        return attrgetter(field.source)
    if (labelled := re.fullmatch("get_(.+)_display", field.source)) and labelled[1] in columns:
        column, labels = attrgetter(labelled[1]), dict(columns[labelled[1]].flatchoices)
        return lambda record: str(labels.get(column(record), column(record)))
    get, render = getter(model, field.source, on), field.to_representation

    def read(record):
        value = get(record)
        return None if value is None else render(value)

    return read


def getter(model, source, on=None):
    """A function that follows the source, such as `party.agreement`, and calls a method where it names one.

    What depends on the day says so by a parameter `on`; it is asked of the question's day.
    """
    first, _dot, rest = source.partition(".")
    method = getattr(model, first, None)
    if not callable(method):
        return attrgetter(source)
    call = methodcaller(first, on) if "on" in signature(method).parameters else methodcaller(first)
    return (lambda record: attrgetter(rest)(call(record))) if rest else call


@extend_schema_field(OpenApiTypes.URI)
class ResourceField(serializers.Field):
    """The record's address in the API."""

    def __init__(self, **kwargs):
        super().__init__(source="*", read_only=True, help_text="The record's address in the API.")

    def to_representation(self, record):
        return self.context["links"].resource(record)


@extend_schema_field(OpenApiTypes.URI)
class PageField(serializers.Field):
    """The address of the page that people read."""

    def __init__(self, **kwargs):
        super().__init__(source="*", read_only=True, help_text="The page that people read.")

    def to_representation(self, record):
        return self.context["links"].page(record)


@extend_schema_field({"type": "string", "pattern": r"^(\d{4}(-\d\d(-\d\d)?)?|\.\./\d{4}-\d\d-\d\d)$"})
class ReducedDate(serializers.Field):
    """`signed_on` and its precision as one word: `2013`, `2013-05`, `2013-05-21`, or `../2013-05-21` for “by that day”.

    A `deed` is done on its day: of a day before, it is not known yet. What is planned may lie ahead.
    """

    def __init__(self, help_text="", deed=False):
        self.deed = deed
        words = "As exact as it is known: a year (`2013`), a month, a day, or `../2013-05-21` for “by that day”."
        super().__init__(read_only=True, allow_null=True, help_text=f"{help_text} {words}".strip())

    def bind(self, field_name, parent):
        self.source = field_name.removesuffix("_on")
        super().bind(field_name, parent)

    def to_representation(self, value):
        on = self.context.get("on") if self.deed else None
        return None if on and value.day > on else value.isoformat()


@extend_schema_field({"type": "string", "pattern": r"^-?\d+(\.\d+)?$"})
class Figure(serializers.Field):
    """A decimal number as a string, so that no reader rounds it, without the zeros that only fill its column."""

    def to_representation(self, value):
        return f"{value.normalize():f}"


def label(source, **kwargs):
    """The words for a code, in plain language."""
    return serializers.CharField(source=source, read_only=True, **kwargs)


class BriefSerializer(serializers.Serializer):
    """A record as others name it."""

    id = serializers.IntegerField(read_only=True)
    url = ResourceField()
    display = serializers.CharField(read_only=True, help_text="Its name or title.")
    slug = serializers.CharField(read_only=True, help_text="The last part of its address.")

    def to_representation(self, record):
        return self.context["links"].brief(record)


class RecordSerializer(LeanSerializer):
    """What every record of the register begins with."""

    url = ResourceField()
    page_url = PageField()
    display = serializers.CharField(source="__str__", read_only=True, help_text="Its name or title.")
    slug = serializers.CharField(read_only=True, help_text="The last part of its address. An old one redirects here.")
