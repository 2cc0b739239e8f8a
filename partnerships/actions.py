"""What is done to several records of the register at once, each in one transaction."""

from dataclasses import dataclass, field

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from .models import EditConflict, PublicationState, Record
from .publication import may_move, require_ready

LONGEST_REASON = 100


@dataclass
class Moved:
    """What became of each record: moved, refused with its reasons, or left because it was there already."""

    done: list[Record] = field(default_factory=list)
    refused: list[tuple[Record, list[str]]] = field(default_factory=list)
    unchanged: list[Record] = field(default_factory=list)


def publish(*, records, by, via="") -> Moved:
    """Let these records go out. Each is validated first; one that is not right is refused by name, the others go."""
    return _move(records, PublicationState.PUBLISHED, by, "published", via)


def send_to_review(*, records, by, via="") -> Moved:
    return _move(records, PublicationState.IN_REVIEW, by, "sent to review", via)


def archive(*, records, by, via="") -> Moved:
    """Take these records off the public pages and keep them."""
    return _move(records, PublicationState.ARCHIVED, by, "archived", via)


def return_to_draft(*, records, by, via="") -> Moved:
    return _move(records, PublicationState.DRAFT, by, "returned to draft", via)


@transaction.atomic
def _move(records, state, by, reason, via):
    """Bring the records into that state on behalf of `by`, through save(), so that version and history follow.

    `via` is said in the history beside the reason where it was not the desk.
    """
    moved = Moved()
    for record in records:
        if record.state == state:
            moved.unchanged.append(record)
            continue
        if not may_move(by, record, state):
            moved.refused.append((record, [_("You do not have the permission for this.")]))
            continue
        before, record.state = record.state, state
        record._history_user, record._change_reason = by, (f"{reason} ({via})" if via else reason)[:LONGEST_REASON]
        try:
            # The savepoint lets one record fail without taking the others with it.
            with transaction.atomic():
                if state in (PublicationState.PUBLISHED, PublicationState.IN_REVIEW):
                    record.full_clean()
                if state == PublicationState.PUBLISHED:
                    require_ready(record)
                record.save()
        except (ValidationError, EditConflict) as problem:
            record.state = before
            moved.refused.append((record, _reasons(record, problem)))
        else:
            moved.done.append(record)
    return moved


def _reasons(record, problem):
    """The problem in sentences, each with the name of its field."""
    if isinstance(problem, EditConflict):
        return [str(problem)]
    named = []
    for name, messages in problem.message_dict.items():
        label = "" if name == NON_FIELD_ERRORS else f"{record._meta.get_field(name).verbose_name}: "
        named += [f"{label}{message}" for message in messages]
    return named
