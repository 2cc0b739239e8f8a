"""A record as a body wants it: read and validated first, as a whole; written afterwards, as a whole or not at all.

A draft works on an instance of its own, read for this one purpose: what others hold or show is never touched, and if
anything is refused, the instance is thrown away.
"""

from contextlib import suppress

from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import PermissionDenied

from partnerships.filters import refusal
from partnerships.internal import FIELD, reads_notes
from partnerships.publication import lost, met

from .shape import FIXED


def snapshot(instance):
    """The values of its columns, those that the database derives left out."""
    return {
        column.attname: getattr(instance, column.attname)
        for column in instance._meta.concrete_fields
        if not column.generated
    }


class Draft:
    """One instance, record or row, that takes the values of a body.

    part      its Shape or Rows
    answer    the serializer that shows it: the names that it has beyond the part's may be sent back, without effect
    """

    def __init__(self, part, instance, reader, answer):
        self.part, self.instance, self.reader, self.answer = part, instance, reader, answer
        self.adding = instance._state.adding
        self.before = None if self.adding else snapshot(instance)
        self.links = []
        self.rows = []

    @property
    def itself_changed(self):
        return self.adding or snapshot(self.instance) != self.before

    @property
    def changed(self):
        return self.itself_changed or bool(self.links) or any(rows.changed for rows in self.rows)

    def read(self, body):
        """The body's columns as the model takes them, by name, and the names of those that were refused."""
        values, wrong = {}, set()
        for value in self.part.columns:
            if value.name in body:
                with self.reader.refusals.at(value.name):
                    read = self.reader.attempt(value.read, body[value.name], self.reader)
                if read:
                    values[value.name] = read[0]
                else:
                    wrong.add(value.name)
        return values, wrong

    def fill(self, body, values, wrong, partial=False, kept=(), exclude=()):
        """Take these values. What the body leaves out is reset to its default, unless `partial` or among `kept`."""
        for value in self.part.columns:
            if value.name in values:
                value.put(self.instance, values[value.name])
            elif not partial and value.name not in (*wrong, *kept):
                value.put(self.instance, value.default)
        self.fill_links(body, partial)
        self.fill_rows(body, partial)
        if self.itself_changed:
            refused = [field for name in wrong for field in self.part.names[name].fields]
            try:
                self.instance.full_clean(exclude={*refused, *exclude})
            except ValidationError as error:
                self.reader.refusals.add_from_model(error, self.part.names_of_fields)

    def fill_links(self, body, partial):
        for value in self.part.links:
            if value.name in body:
                with self.reader.refusals.at(value.name):
                    read = self.reader.attempt(value.read, body[value.name], self.reader)
            elif partial:
                continue
            else:
                read = [value.default]
                if value.required:
                    self.reader.refusals.add(refusal(_("Name at least one.")), value.name)
            if read and value.key(read[0]) != value.get(self.instance):
                self.links.append((value, read[0]))

    def fill_rows(self, body, partial):
        from .rows import RowsDraft

        for rows in self.part.rows:
            if rows.name in body or not partial:
                draft = RowsDraft(rows, self.instance, self.reader, rows.shown_by(self.answer))
                with self.reader.refusals.at(rows.name):
                    draft.fill(body.get(rows.name, []))
                self.rows.append(draft)

    def save(self):
        """Write the instance, then what is tied to it. Raises EditConflict if a record was changed in between."""
        self.part.before_save(self.instance, self.reader)
        self.reader.sign(self.instance)
        self.instance.save()
        self.save_ties()

    def save_ties(self):
        for value, records in self.links:
            getattr(self.instance, value.field.name).set(records)
        for rows in self.rows:
            rows.save()


class RecordDraft(Draft):
    """A record of the register, with all that is written with it."""

    def __init__(self, shape, instance, reader):
        super().__init__(shape, instance, reader, shape.answer)

    def take(self, body, partial):
        """Read the whole body. What is wrong with it is in the reader's refusals afterwards."""
        if not isinstance(body, dict):
            self.reader.refusals.add(refusal(_("Write an object: a record's fields in braces.")))
            return
        self.part.refuse_unknown(body, {*self.part.only_read, *FIXED}, self.reader)
        self.refuse_fixed(body)
        if FIELD in body and not reads_notes(self.reader.user):
            raise PermissionDenied(_("The token's owner has no permission to write internal notes."))
        self.fill(body, *self.read(body), partial=partial, kept=self.part.kept)

    def refuse_fixed(self, body):
        for name in FIXED:
            if name in body and not self.is_still(name, body[name]):
                message = _("“%s” is not written. Leave it out, or send what the record has.")
                if name == "state":
                    message = _("“%s” is not written. POST to publish/, review/, archive/ or draft/ below the record.")
                self.reader.refusals.add(refusal(message % name), name)

    def is_still(self, name, given):
        current = getattr(self.instance, name)
        if name.endswith("_at"):
            with suppress(ValueError, TypeError):
                return parse_datetime(given) == current
            return False
        return type(given) is not bool and given == current

    def save(self):
        """Write what changed, and count it as one version; without a change, write nothing.

        What is public must keep what it needs for that: otherwise there are refusals afterwards, and the transaction is to end.
        """
        if self.changed:
            before = met(self.instance)
            super().save()
            for need in lost(self.instance, before):
                self.reader.refusals.add(refusal(need.sentence), self.part.names_of_fields.get(need.name, need.name))
        return self.instance
