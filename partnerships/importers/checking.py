"""Whatever the desk's form would refuse, for many records with a few statements.

Django asks the database for each rule of each record. Here rules on a record's own columns are decided in Python, and what
must be unique is looked up for a batch; only a record that seems to break a rule is put to Django, which decides and says why.
"""

import re
from dataclasses import dataclass

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext as _

COMPARISONS = {
    "exact": lambda one, other: one == other,
    "gt": lambda one, other: one > other,
    "gte": lambda one, other: one >= other,
    "lt": lambda one, other: one < other,
    "lte": lambda one, other: one <= other,
}


class Undecided(Exception):
    """The rule asks for more than is known here."""


def holds(condition, record):
    """Whether the record's columns fulfil a Q, as the database says: True, False, or None where a NULL leaves it open.

    Raises Undecided.
    """
    found = [holds(one, record) if isinstance(one, Q) else _compared(*one, record) for one in condition.children]
    if condition.connector == Q.AND:
        said = False if False in found else None if None in found else True
    elif condition.connector == Q.OR:
        said = True if True in found else None if None in found else False
    else:
        raise Undecided
    return said if said is None else said != condition.negated


def _compared(path, value, record):
    name, _lookup, kind = path.partition("__")
    one = _column(name, record)
    if kind == "isnull" or (value is None and kind in ("", "exact")):
        return (one is None) == (value is None or value)
    if isinstance(value, F):
        value = _column(value.name, record)
    elif hasattr(value, "resolve_expression"):
        raise Undecided
    if one is None or value is None:
        return None
    if kind == "regex" and isinstance(one, str) and "\n" not in one:
        return re.search(value, one) is not None
    try:
        return COMPARISONS[kind or "exact"](one, getattr(value, "value", value))
    except (KeyError, TypeError):
        raise Undecided from None


def _column(name, record):
    return record.pk if name == "pk" else getattr(record, record._meta.get_field(name).attname)


@dataclass(frozen=True)
class Rule:
    """What must be unique: these fields together, among the records that fulfil the condition."""

    fields: tuple
    condition: Q
    constraint: UniqueConstraint | None  # None for a field that is unique by itself

    def key(self, record):
        """The values that no other record may have, or None where the rule says nothing about this one."""
        if self.condition and not holds(self.condition, record):
            return None
        values = tuple(_column(name, record) for name in self.fields)
        return None if None in values else values

    def message(self, model):
        if self.constraint is None:
            return model().unique_error_message(model, self.fields)
        return ValidationError(self.constraint.get_violation_error_message())


class Checker:
    """Checks the records of one file, batch by batch; it remembers what the rows before have taken."""

    def __init__(self, model):
        self.model = model
        constraints = [one for kind in [model, *model._meta.get_parent_list()] for one in kind._meta.constraints]
        self.checks = [one for one in constraints if type(one) is CheckConstraint]
        uniques = [one for one in constraints if type(one) is UniqueConstraint and not one.expressions]
        # A rule of another kind is put to Django for every record.
        self.knows_all = len(self.checks) + len(uniques) == len(constraints)
        self.rules = [Rule(one.fields, one.condition or Q(), one) for one in uniques]
        own = [field for field in model._meta.concrete_fields if field.unique and not field.primary_key]
        self.rules += [Rule((field.name,), Q(), None) for field in own]
        self.links = [field.name for field in model._meta.concrete_fields if field.many_to_one]
        self.taken = {}  # (rule, key) -> number of the row that has it

    def check(self, rows):
        """`{number: {field: messages}}` of what is wrong; `rows` are (number, record), each record ours to change."""
        errors = {}
        for number, record in rows:
            errors[number] = self.own_errors(record)
        conflicts = self.conflicts([record for _number, record in rows])
        for number, record in rows:
            wrong = errors[number]
            failed = {name for name in wrong if name != NON_FIELD_ERRORS}
            if id(record) in conflicts:
                self.ask(lambda record=record, failed=failed: record.validate_unique(exclude=failed), wrong)
                failed |= {name for name in wrong if name != NON_FIELD_ERRORS}
            if id(record) in conflicts or not self.knows_all or self.seems_wrong(record):
                self.ask(lambda record=record, failed=failed: record.validate_constraints(exclude=failed), wrong)
            self.compare_with_rows_before(number, record, wrong)
        return {number: {name: _words(said) for name, said in wrong.items()} for number, wrong in errors.items()}

    def own_errors(self, record):
        """What is wrong with the fields, and what the model's `clean` says. Links that are set lead to records that were found."""
        found = [name for name in self.links if _column(name, record) is not None]
        wrong = {}
        self.ask(lambda: record.full_clean(exclude=found, validate_unique=False, validate_constraints=False), wrong)
        return wrong

    @staticmethod
    def ask(question, wrong):
        try:
            question()
        except ValidationError as error:
            error.update_error_dict(wrong)

    def seems_wrong(self, record):
        try:
            return any(holds(one.condition, record) is False for one in self.checks)
        except Undecided:
            return True

    def conflicts(self, records):
        """The `id()` of the records that another one of the register seems to stand in the way of. One query a rule."""
        found = set()
        for rule in self.rules:
            keys = {}
            for record in records:
                try:
                    key = rule.key(record)
                except Undecided:
                    found.add(id(record))
                    continue
                if key:
                    keys.setdefault(key, []).append(record)
            if not keys:
                continue
            first, *_others = rule.fields
            rows = self.model._base_manager.filter(**{f"{first}__in": {key[0] for key in keys}})
            for pk, *key in rows.values_list("pk", *rule.fields):
                found |= {id(record) for record in keys.get(tuple(key), ()) if record.pk != pk}
        return found

    def compare_with_rows_before(self, number, record, wrong):
        for place, rule in enumerate(self.rules):
            try:
                key = rule.key(record)
            except Undecided:
                continue
            before = self.taken.setdefault((place, key), number) if key else number
            if before != number and not wrong:
                name = rule.fields[0] if rule.constraint is None else NON_FIELD_ERRORS
                said = _("Row %s of this file says the same.") % before
                wrong.setdefault(name, []).extend([rule.message(self.model), ValidationError(said)])


def _words(errors):
    return [message for error in errors for message in error.messages]
