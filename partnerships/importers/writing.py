"""Carrying a plan out: all of it, or nothing."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from partnerships import ledger, together
from partnerships.models import EditConflict

from .plan import plan
from .progress import Phase, Unwatched

LONGEST_REASON = 100
ROWS_AT_ONCE = 500


class Outdated(Exception):
    """The register is no longer what the plan was made for; `plan` is the one for today, with what stands in its way."""

    def __init__(self, plan):
        super().__init__("The register has changed since the dry run.")
        self.plan = plan


def write(table, sheet, user, *, fingerprint, reason, progress=Unwatched):
    """Write what the Plan with this fingerprint says, in one transaction, and return it. Raises Outdated, or Cancelled.

    Each record is saved as the desk saves it, with the user and the reason in its history. Others can save until the
    plan is made; if they did, it is made once more while they wait.
    """
    found, number = None, ledger.head(user).number
    found = plan(table, sheet, user, progress)
    try:
        with transaction.atomic():
            ledger.lock()
            if ledger.head(user).number != number:
                found = plan(table, sheet, user, progress)
            if not found.is_possible or found.fingerprint != fingerprint:
                raise Outdated(found)
            _carry_out(found, user, reason[:LONGEST_REASON], progress)
            if not found.is_possible:
                raise Outdated(found)
            # From here on it is too late to cancel.
            progress.tell(Phase.FINISHING)
    except IntegrityError as error:
        raise Outdated(found) from error
    return found


def _carry_out(found, user, reason, progress):
    rows = found.to_write
    for start in range(0, len(rows), ROWS_AT_ONCE):
        progress.tell(Phase.WRITING, start, len(rows))
        some = rows[start : start + ROWS_AT_ONCE]
        try:
            together.save([row.record for row in some], [row.links for row in some], user, reason)
        except (EditConflict, IntegrityError):
            # Which of them it was, and why, is found out one by one.
            save_singly(some, user, reason)
            if not found.is_possible:
                return


def save_singly(rows, user, reason):
    """The same row by row; what cannot be saved is refused with its reason."""
    for row in rows:
        _save(row, user, reason)


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
