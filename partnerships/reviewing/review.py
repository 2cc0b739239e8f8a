"""The review of a record that is to go out: what it would change, what was said about it, and the decision."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from partnerships import actions, ledger
from partnerships.models import EditConflict, PublicationState, ReviewNote
from partnerships.versions import differences, moment_of, whole_at, whole_of

Deed = ReviewNote.Deed


def last_public(record):
    """What the record said when it was public last, as a Whole; None if it never was."""
    entries = record.history.filter(id=record.pk, state=PublicationState.PUBLISHED)
    entry = entries.order_by("history_date", "history_id").last()
    return whole_at(record, moment_of(record, entry.version)) if entry else None


def to_review(record):
    """(Edits, whether it was public before): what publishing the record would change for visitors."""
    before = last_public(record)
    return differences(before, whole_of(record)), before is not None


def sent_by(record):
    """The user who sent the record to the review in which it is, or None."""
    sender = None
    entries = record.history.filter(id=record.pk).select_related("history_user")
    for entry in entries.order_by("-history_date", "-history_id"):
        if entry.state != PublicationState.IN_REVIEW:
            break
        sender = entry.history_user
    return sender


def comment(record, by, text):
    return _note(record, Deed.COMMENT, by, _said(text))


@transaction.atomic
def send_back(record, by, text, seen_version):
    """Return a record in review to whoever sent it, with a comment. Raises ValidationError or EditConflict."""
    text, record = _said(text), _as_seen(record, seen_version)
    _require_in_review(record)
    sender = sent_by(record)
    _require_done(actions.return_to_draft(records=[record], by=by, via=f"sent back: {text}"))
    return _note(record, Deed.SENT_BACK, by, text, addressed_to=sender)


@transaction.atomic
def publish(record, by, text, seen_version):
    """Let a record in review go out, as it was read. Raises ValidationError or EditConflict."""
    record = _as_seen(record, seen_version)
    _require_in_review(record)
    text = text.strip()
    _require_done(actions.publish(records=[record], by=by, via=f"after review: {text}" if text else "after review"))
    return _note(record, Deed.PUBLISHED, by, text)


def _note(record, deed, by, text, **more):
    return ReviewNote.objects.create(**ReviewNote.named(record), deed=deed, written_by=by, text=text, **more)


def _said(text):
    if not text.strip():
        raise ValidationError(_("Write a comment: whoever gets it should know what to do."))
    return text.strip()


def _as_seen(record, seen_version):
    """The record as it is now, held until the transaction ends, if nobody has saved it since it was read."""
    ledger.lock()
    fresh = type(record)._base_manager.select_for_update().get(pk=record.pk)
    if fresh.version != seen_version:
        raise EditConflict(_("The record has been changed since this page was opened. Look again at what it says now."))
    return fresh


def _require_in_review(record):
    if record.state != PublicationState.IN_REVIEW:
        raise ValidationError(_("The record is not in review any more."))


def _require_done(moved):
    if moved.refused:
        raise ValidationError([str(reason) for reason in moved.refused[0][1]])
