"""One field of a record or row in a body: how its JSON value is read, compared, written, and described.

What a value must be beyond its JSON type (length, choices, order of dates) is the model's to say, in full_clean().
"""

import re
from datetime import date
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from partnerships.dates import PartialDate
from partnerships.filters import nearest, refusal

MOST_DIGITS = 30
LONGEST_WORD = 120  # of what an error message repeats
DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
REDUCED = r"^(\d{4}(-\d\d(-\d\d)?)?|\.\./\d{4}-\d\d-\d\d)$"


class Value:
    """A column of the model. `name` is its name in the body, `fields` are those of the model that it fills."""

    json_type = "string"
    kinds = (str,)
    expected = ""

    def __init__(self, field):
        self.field = field
        self.name = field.name
        self.fields = [field.name]
        self.nullable = field.null
        self.required = not field.blank and not field.has_default() and not isinstance(field, models.BooleanField)

    def read(self, raw, reader):
        """The value for the model. Raises ValidationError naming what would be right."""
        if raw is None:
            if self.nullable:
                return None
            raise refusal(_("This cannot be null.") + " " + str(self.expected))
        if not isinstance(raw, self.kinds) or (isinstance(raw, bool) and bool not in self.kinds):
            raise refusal(str(self.expected))
        return self.parse(raw, reader)

    def parse(self, raw, reader):
        return raw

    def put(self, instance, value):
        setattr(instance, self.field.attname, value)

    def get(self, instance):
        """The instance's value, comparable with `key(value)`."""
        return getattr(instance, self.field.attname)

    def key(self, value):
        return value

    @property
    def default(self):
        return self.field.get_default()

    def schema(self):
        described = {"type": [self.json_type, "null"] if self.nullable else self.json_type}
        if self.field.help_text:
            described["description"] = str(self.field.help_text)
        return described


class Text(Value):
    expected = _("Write a text, in quotation marks.")

    def parse(self, raw, reader):
        choices = [str(value) for value, _label in self.field.flatchoices]
        if choices and raw not in choices:
            labels = {str(label): str(value) for value, label in self.field.flatchoices}
            raw = raw[:LONGEST_WORD]
            suggestion = nearest(raw, choices) or labels.get(nearest(raw, labels))
            message = _("“%(word)s” is not possible here. Possible are: %(values)s.")
            raise refusal(message % {"word": raw, "values": ", ".join(choices)}, suggestion)
        return raw.strip()

    def schema(self):
        described = super().schema()
        if self.field.flatchoices:
            return described | {"enum": [str(value) for value, _label in self.field.flatchoices]}
        if self.field.max_length:
            described["maxLength"] = self.field.max_length
        if isinstance(self.field, models.SlugField):
            # Digits alone would be a number.
            return described | {"pattern": r"^([-a-zA-Z0-9_]*[-a-zA-Z_][-a-zA-Z0-9_]*)?$"}
        if not self.field.blank:
            return described | {"minLength": 1, "pattern": r"^[^\u0000]*[^\u0000\s][^\u0000]*$"}
        return described | {"pattern": r"^[^\u0000]*$"}


class Flag(Value):
    json_type, kinds, expected = "boolean", (bool,), _("Write true or false.")


class Number(Value):
    """A decimal, as a string so that no reader rounds it; a JSON number is taken as it was written."""

    kinds, expected = (str, int, Decimal), _("Write a number, such as 1250.50.")

    def parse(self, raw, reader):
        text = f"{raw:f}" if isinstance(raw, Decimal) and abs(raw.adjusted()) < MOST_DIGITS else str(raw)
        if len(text) > MOST_DIGITS or not NUMBER.fullmatch(text):
            raise refusal(str(self.expected))
        return Decimal(text)

    def schema(self):
        whole = self.field.max_digits - self.field.decimal_places
        pattern = rf"^-?\d{{1,{whole}}}(\.\d{{1,{self.field.decimal_places}}})?$"
        return super().schema() | {
            "type": ["string", "number", *(["null"] if self.nullable else [])],
            "pattern": pattern,
        }


class Day(Value):
    expected = _("Write a day, such as 2013-05-21.")

    def parse(self, raw, reader):
        try:
            if DATE.fullmatch(raw):
                return date.fromisoformat(raw)
        except ValueError:
            pass
        raise refusal(_("“%s” is not a day of the calendar.") % raw[:LONGEST_WORD] + " " + str(self.expected))

    def schema(self):
        return super().schema() | {"format": "date"}


class PartialDay(Value):
    """A date and its precision as one word."""

    expected = _("Write 2013, 2013-05, 2013-05-21, or ../2013-05-21 for “by that day”, in quotation marks.")

    def __init__(self, field):
        super().__init__(field)
        self.descriptor = field.name.removesuffix("_on")
        self.fields = [field.name, f"{field.name}_precision"]
        self.last = getattr(field.model, self.descriptor).last

    def parse(self, raw, reader):
        try:
            return PartialDate.parse(raw[:LONGEST_WORD] if raw.isascii() else "?", self.last)
        except ValueError as error:
            raise refusal(str(error)) from None

    def put(self, instance, value):
        setattr(instance, self.descriptor, value)

    def get(self, instance):
        return getattr(instance, self.descriptor)

    default = None

    def schema(self):
        return super().schema() | {"pattern": REDUCED}


class Link(Value):
    """Another record, by slug or id, or as the brief object that answers name it by."""

    kinds = (str, int, dict)

    def __init__(self, field):
        super().__init__(field)
        self.model = field.related_model if field.related_model != "self" else field.model

    @property
    def expected(self):
        return _("Name the %s by its slug or id.") % self.model._meta.verbose_name

    def parse(self, raw, reader):
        return reader.record(self.model, raw)

    def put(self, instance, value):
        setattr(instance, self.field.name, value)

    def key(self, value):
        return value and value.pk

    default = None

    def schema(self):
        return described_link(self.model, self.nullable) | (
            {"description": str(self.field.help_text)} if self.field.help_text else {}
        )


class Links(Link):
    """Several records. They are linked once the record has been saved."""

    kinds = (list,)
    most = 300

    @property
    def expected(self):
        return _("Write a list of %s, each by its slug or id.") % self.model._meta.verbose_name_plural

    def __init__(self, field):
        super().__init__(field)
        self.nullable = False
        self.required = not field.blank

    def parse(self, raw, reader):
        if self.required and not raw:
            raise refusal(_("Name at least one."))
        if len(raw) > self.most:
            raise refusal(_("At most %s are possible here.") % self.most)
        found = []
        for index, one in enumerate(raw):
            with reader.refusals.at(index):
                found += reader.attempt(reader.record, self.model, one)
        return list(dict.fromkeys(found))

    def put(self, instance, value):
        raise NotImplementedError("Links are set on a saved record.")

    def get(self, instance):
        return {record.pk for record in getattr(instance, self.field.name).all()} if instance.pk else set()

    def key(self, value):
        return {record.pk for record in value}

    @property
    def default(self):
        return []

    def schema(self):
        described = {"type": "array", "items": described_link(self.model, False), "maxItems": self.most}
        if self.required:
            described["minItems"] = 1
        return described | ({"description": str(self.field.help_text)} if self.field.help_text else {})


def described_link(model, nullable):
    """The schema of one link; the component is in `api.writing.schema`."""
    ref = {"$ref": f"#/components/schemas/{'GoalLink' if model._meta.model_name == 'goal' else 'Link'}"}
    return {"anyOf": [ref, {"type": "null"}]} if nullable else {"allOf": [ref]}


def value_of(model, name):
    """The Value for a field of a model."""
    field = model._meta.get_field(name)
    columns = {column.name for column in model._meta.get_fields()}
    match field:
        case models.ManyToManyField():
            return Links(field)
        case models.ForeignKey():
            return Link(field)
        case models.BooleanField():
            return Flag(field)
        case models.DecimalField():
            return Number(field)
        case models.DateField():
            return PartialDay(field) if f"{name}_precision" in columns else Day(field)
    return Text(field)
