"""Publishing and archiving at a time that a publisher has chosen: what is due is done once, by the next run of a command."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.defaultfilters import date as written
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships import actions, ledger
from partnerships.models import PublicationState, ScheduledMove

MOVES = {PublicationState.PUBLISHED: actions.publish, PublicationState.ARCHIVED: actions.archive}


@dataclass
class Run:
    done: list = field(default_factory=list)
    refused: list = field(default_factory=list)


def waiting_for(record):
    """{state: ScheduledMove} of what is to be done with this record."""
    found = ScheduledMove.objects.about(record).waiting().select_related("scheduled_by")
    return {PublicationState(move.state): move for move in found}


@transaction.atomic
def schedule(record, times, by, now=None):
    """Let the record be published or archived at these times, {state: aware datetime or None}. Raises ValidationError."""
    ledger.lock()
    now, waiting = now or timezone.now(), waiting_for(record)
    for state, time in times.items():
        move = waiting.get(state)
        if time is not None and time <= now and (move is None or move.due_at != time):
            raise ValidationError(_("%s is in the past. Choose a time to come, or do it now.") % _words(time))
    first, last = (times.get(state) for state in (PublicationState.PUBLISHED, PublicationState.ARCHIVED))
    if first and last and last <= first:
        raise ValidationError(_("It would be archived before it is published. Check both times."))
    for state, time in times.items():
        move = waiting.get(state)
        if time is None:
            if move:
                move.delete()
        elif move is None or move.due_at != time:
            move = move or ScheduledMove(**ScheduledMove.named(record), state=state)
            move.due_at, move.scheduled_by, move.problem = time, by, ""
            move.save()


def run_due(now=None):
    """Do what is due, each in the name of who scheduled it and in a transaction of its own. Gives a Run.

    What cannot be done says why, stays, and is tried again by the next run.
    """
    now, run = now or timezone.now(), Run()
    for pk in list(ScheduledMove.objects.due(now).values_list("pk", flat=True)):
        with transaction.atomic():
            ledger.lock()
            # Another run may have done it, or its publisher called it off, in between.
            move = ScheduledMove.objects.select_for_update().filter(pk=pk, done_at=None, due_at__lte=now).first()
            if move is not None:
                _do(move, now, run)
    return run


def _do(move, now, run):
    problems, record = [], move.record
    if record is None:
        problems = [_("The record has been deleted.")]
    elif move.scheduled_by is None:
        problems = [_("Whoever scheduled it has no account any more. Schedule it again.")]
    else:
        # The history is read in the language in which all its reasons are written.
        via = f"scheduled for {timezone.localtime(move.due_at):%Y-%m-%d %H:%M}"
        moved = MOVES[PublicationState(move.state)](records=[record], by=move.scheduled_by, via=via)
        problems = [str(reason) for _record, reasons in moved.refused for reason in reasons]
    move.problem, move.done_at = " ".join(problems), None if problems else now
    move.save(update_fields=["problem", "done_at"])
    (run.refused if problems else run.done).append(move)


def _words(time):
    return written(timezone.localtime(time), "j F Y, H:i")
