"""Carrying a plan out: all of it, or nothing."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from partnerships.models import EditConflict

from .plan import plan

LONGEST_REASON = 100


class Outdated(Exception):
    """The register is no longer what the plan was made for; `plan` is the one for today, with what stands in its way."""

    def __init__(self, plan):
        super().__init__("The register has changed since the dry run.")
        self.plan = plan


def write(table, sheet, user, *, fingerprint, reason):
    """Write what the Plan with this fingerprint says, in one transaction, and return it. Raises Outdated.

    Each record is saved as the desk saves it, with the user and the reason in its history.
    """
    found = None
    try:
        with transaction.atomic():
            found = plan(table, sheet, user)
            if not found.is_possible or found.fingerprint != fingerprint:
                raise Outdated(found)
            for row in found.to_write:
                _save(row, user, reason[:LONGEST_REASON])
            if not found.is_possible:
                raise Outdated(found)
    except IntegrityError as error:
        raise Outdated(found) from error
    return found


def _save(row, user, reason):
    record = row.record
    record._history_user, record._change_reason = user, reason
    try:
        # Once more, now that the rows before it are written: two new rows may want the same name.
        record.validate_constraints()
        record.validate_unique()
        with transaction.atomic():
            record.save()
            for name, ids in row.links.items():
                _link(record, name, ids, user, reason)
    except EditConflict as problem:
        row.refuse("version", str(problem))
    except ValidationError as problem:
        for message in problem.messages:
            row.refuse("", message)
    except IntegrityError:
        row.refuse("", _("The database refused the row. Another row of the file may say the same."))


def _link(record, name, ids, user, reason):
    relation = record._meta.get_field(name)
    through = relation.remote_field.through
    if through._meta.auto_created:
        getattr(record, name).set(ids)
        return
    # Rows with facts of their own, such as a country's share: those that stay keep them, each has its history.
    source, target = relation.m2m_field_name(), relation.m2m_reverse_field_name()
    rows = {getattr(row, f"{target}_id"): row for row in through.objects.filter(**{source: record})}
    for gone in rows.keys() - ids:
        rows[gone]._history_user, rows[gone]._change_reason = user, reason
        rows[gone].delete()
    for added in sorted(ids - rows.keys()):
        row = through(**{source: record, f"{target}_id": added})
        row._history_user, row._change_reason = user, reason
        row.save()
