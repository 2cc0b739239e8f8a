"""Rows as a body wants them: which stay, which change, which are new, and which go."""

from collections import defaultdict

from django.core.exceptions import ValidationError
from django.db.models import Value
from django.utils.translation import gettext_lazy as _

from api.permissions import require
from partnerships.filters import refusal

from .draft import Draft
from .shape import Texts


class RowsDraft:
    """All rows of one kind of one record or row."""

    def __init__(self, rows, owner, reader, answer):
        self.part, self.owner, self.reader, self.answer = rows, owner, reader, answer
        self.parent = rows.parent(owner)
        self.drafts, self.gone = [], []

    @property
    def changed(self):
        return bool(self.gone) or any(draft.changed for draft in self.drafts)

    def fill(self, raw):
        """Read the list. Each given row is matched with one that is there, by id, as a whole, or by its key."""
        there = self.part.of(self.owner)
        given = self.read(raw)
        staying = self.match(given, there)
        self.gone = [row for row in there if row not in staying.values()]
        renumber = isinstance(self.part, Texts) and [values.get(self.part.text) for _, _, values, _ in given] != [
            getattr(row, self.part.text) for row in there
        ]
        for index, body, values, wrong in given:
            instance = staying.get(index) or self.part.model(**{self.parent: self.owner})
            draft = Draft(self.part, instance, self.reader, self.answer)
            if renumber:
                setattr(instance, self.part.position, index + 1)
            with self.reader.refusals.at(index):
                draft.fill(body, values, wrong, exclude=[self.parent])
            self.drafts.append(draft)
        self.refuse_twice([index for index, *_ in given])

    def read(self, raw):
        """The rows that can be read, each as its index, its body, its values by name, and the names refused."""
        refusals, given = self.reader.refusals, []
        if not isinstance(raw, list):
            refusals.add(refusal(_("Write a list, in square brackets.")))
            return given
        if len(raw) > self.part.most:
            refusals.add(refusal(_("At most %s are possible here.") % self.part.most))
            return given
        also = {*(self.answer.fields if self.answer else ()), *(["id"] if self.part.identified else [])}
        for index, one in enumerate(raw):
            with refusals.at(index):
                body = self.part.spelled_out(one)
                if not isinstance(body, dict):
                    refusals.add(refusal(self.part.expected))
                    continue
                self.part.refuse_unknown(body, also, self.reader)
                draft = Draft(self.part, self.part.model(), self.reader, self.answer)
                given.append((index, body, *draft.read(body)))
        return given

    def match(self, given, there):
        """The row that each given one stays, by the given one's index."""
        staying, free = {}, {row.pk: row for row in there}
        if self.part.identified:
            for index, body, *_rest in given:
                if (key := body.get("id")) is None:
                    continue
                if type(key) is int and key in free:
                    staying[index] = free.pop(key)
                else:
                    with self.reader.refusals.at(index, "id"):
                        self.reader.refusals.add(
                            refusal(
                                _("The record has no such row, or it is named twice. Leave out the id of a new row.")
                            )
                        )
        for values in (self.part.columns, self.part.key_values):
            waiting = defaultdict(list)
            for row in free.values():
                waiting[tuple(value.get(row) for value in values)].append(row)
            for index, _body, read, _wrong in given:
                key = tuple(value.key(read.get(value.name, value.default)) for value in values)
                if index not in staying and waiting[key]:
                    row = waiting[key].pop(0)
                    staying[index] = free.pop(row.pk)
        return staying

    def refuse_twice(self, indices):
        """Find rows that contradict each other: the model sees one at a time, and the database would be too late."""
        for rule in self.part.unique:
            if self.parent not in rule.fields:
                continue
            names = [self.part.model._meta.get_field(name).attname for name in rule.fields if name != self.parent]
            seen = defaultdict(list)
            for index, draft in zip(indices, self.drafts, strict=True):
                seen[tuple(getattr(draft.instance, name) for name in names)].append((index, draft.instance))
            for same in seen.values():
                if rule.condition is not None and len(same) > 1:
                    same = [(index, row) for index, row in same if rule.condition.check(expressions(row))]
                for index, _row in same[1:]:
                    with self.reader.refusals.at(index):
                        self.reader.refusals.add(ValidationError(rule.violation_error_message))

    def save(self):
        """Write the rows of the owner, which is in the database by now."""
        user, model = self.reader.user, self.part.model
        for row in self.gone:
            require(user, "delete", model)
            self.reader.sign(row)
            row.delete()
        for draft in self.drafts:
            if draft.itself_changed:
                require(user, "add" if draft.adding else "change", model)
                setattr(draft.instance, self.parent, self.owner)
                draft.save()
            else:
                draft.save_ties()


def expressions(row):
    """The row's values as a condition can be checked against them without the row being in the database."""
    return {
        column.name: Value(getattr(row, column.attname), output_field=column)
        for column in row._meta.concrete_fields
        if not column.primary_key
    }
