"""What a noun takes in a body, as data: its columns, its links, and the rows that are written with it."""

from functools import cached_property

from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from partnerships.filters import nearest, refusal

from .refusals import LONGEST_NAME
from .values import Links, value_of

# Read back only as they are: the register counts and moves them, nobody writes them.
FIXED = ("id", "state", "version", "created_at", "updated_at")


class Part:
    """What a record and a row have in common: values, and rows below.

    model    whose instances it writes
    fields   names of model fields, or Values
    rows     the Rows below
    """

    def __init__(self, model, fields, rows=()):
        self.model = model
        self.rows = list(rows)
        self.fields = fields

    @cached_property
    def values(self):
        return [value_of(self.model, one) if isinstance(one, str) else one for one in self.fields]

    @cached_property
    def columns(self):
        return [value for value in self.values if not isinstance(value, Links)]

    @cached_property
    def links(self):
        return [value for value in self.values if isinstance(value, Links)]

    @cached_property
    def names(self):
        """What can be written, by its name in the body."""
        return {one.name: one for one in (*self.values, *self.rows)}

    @cached_property
    def names_of_fields(self):
        """The name in the body of each model field."""
        return {field: value.name for value in self.values for field in value.fields}

    @cached_property
    def unique(self):
        return [rule for rule in self.model._meta.constraints if getattr(rule, "fields", None)]

    expected = _("Write an object: a row's fields in braces.")

    def before_save(self, instance, reader):
        """What a changed instance takes from whoever writes it."""

    def refuse_unknown(self, body, also, reader):
        """Note each name of the body that is neither written nor, as answers have it, only read."""
        known = {*self.names, *also}
        for name in body:
            if name not in known:
                word = name[:LONGEST_NAME]
                reader.refusals.add(refusal(_("There is no field “%s” here.") % word, nearest(word, known)), name)


class Shape(Part):
    """A noun. `kept` are fields that no answer shows, or whose default would be another address: a PUT leaves them."""

    kept = ("slug", "internal_note")

    def __init__(self, model, answer, fields, rows=()):
        super().__init__(model, ["slug", *fields, "caveat", "internal_note"], rows)
        self.answer = SimpleLazyObject(answer)

    @cached_property
    def only_read(self):
        """The names that answers have and bodies may repeat without effect."""
        return {*self.answer.fields} - {*self.names, *FIXED}


class Rows(Part):
    """Rows that belong to a record: given, they replace what was there; a row that stays the same keeps its id.

    name        in the body, and of the relation from the record
    key         the values by which a given row is recognised among those that are there
    accessor    the relation's name where it is another one
    identified  answers show the rows' ids, so a body may name rows by them
    flat        the link that is given as the row itself: `"NE"` or `{"slug": "niger", "percentage": "50"}`
    """

    most = 500

    def __init__(self, name, model, fields, key, rows=(), accessor="", identified=False, flat=""):
        super().__init__(model, fields, rows)
        self.name, self.key, self.identified, self.flat = name, key, identified, flat
        self.accessor = accessor or name
        self.required = False

    @cached_property
    def key_values(self):
        return [self.names[name] for name in self.key]

    def of(self, owner):
        """The rows that the record has, in the order in which answers show them."""
        if owner.pk is None:
            return []
        rows = getattr(owner, self.accessor).all()
        return list(rows.prefetch_related(*[below.accessor for below in self.rows]) if self.rows else rows)

    def shown_by(self, answer):
        """The serializer of one row within that of the record or row above; None where rows are shown as texts."""
        return getattr(answer.fields.get(self.name) if answer else None, "child", None)

    def parent(self, owner):
        """The name of the row's key to its record."""
        return type(owner)._meta.get_field(self.accessor).field.name

    def spelled_out(self, raw):
        """The row as an object, also where it was given as the link that it consists of."""
        if not self.flat:
            return raw
        if isinstance(raw, str):
            return {self.flat: raw}
        if isinstance(raw, dict) and self.flat not in raw:
            own = {name: value for name, value in raw.items() if name in self.names}
            return own | {self.flat: {name: value for name, value in raw.items() if name not in own}}
        return raw


class Texts(Rows):
    """Rows of nothing but a text and its place, given as a list of texts."""

    expected = _("Write a text, in quotation marks.")

    def __init__(self, name, model, text="text", position="position"):
        super().__init__(name, model, [text], key=[text])
        self.text, self.position = text, position

    def spelled_out(self, raw):
        return {self.text: raw} if isinstance(raw, str) else None
