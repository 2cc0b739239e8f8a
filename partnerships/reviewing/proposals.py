"""Changes that somebody proposes to a public record and somebody else decides on. Until then the record stays as it is."""

from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships import ledger
from partnerships.models import ProposedChange, PublicationState, ReviewNote
from partnerships.publication import has_permission, may_change
from partnerships.versions import Whole, differences, moment_of, put, reconcile, whole_at, whole_of

State, Deed = ProposedChange.State, ReviewNote.Deed
# The ids that new rows have where a proposal is put into the register to be looked at: no real row comes that far, and
# the form that was filled from them finds the same rows again when it is posted.
FIRST_ID = 2**40


class Unchosen(Exception):
    """The record was changed since in the same place: somebody has to choose; `clashes` are what between."""

    def __init__(self, clashes):
        super().__init__("Both changed the same.")
        self.clashes = clashes


def may_propose(user, record):
    """Whether the user changes records of this kind, but not this one, because it is public."""
    return (
        record.state == PublicationState.PUBLISHED
        and has_permission(user, "change", type(record))
        and not may_change(user, record)
    )


def pending_of(user, record):
    """The change to this record that the user has proposed and nobody has decided on yet, or None."""
    return ProposedChange.objects.about(record).pending().filter(proposed_by=user).first()


def base_of(record, version):
    return whole_at(record, moment_of(record, version))


@transaction.atomic
def propose(record, contents, base_version, by, text):
    """Keep a Whole as a proposal, in the place of the one that the user has open. Raises ValidationError."""
    if not differences(base_of(record, base_version), contents):
        raise ValidationError(_("Nothing is different from the record as it is. Change something, and propose that."))
    found = ProposedChange.objects.about(record).pending().filter(proposed_by=by).select_for_update().first()
    if found is None:
        found = ProposedChange(**ProposedChange.named(record), base_version=base_version, proposed_by=by)
        deed = Deed.PROPOSED
    else:
        found.revision, found.state, deed = found.revision + 1, State.OPEN, Deed.REVISED
    found.contents = contents.as_json()
    found.save()
    note(found, deed, by, text)
    return found


def note(proposal, deed, by, text, **more):
    about = {name: getattr(proposal, name) for name in ("noun", "record_id", "record_name")}
    return ReviewNote.objects.create(**about, proposal=proposal, deed=deed, written_by=by, text=text.strip(), **more)


def brought_together(proposal, record, choices=None):
    """(base, now, together, clashes): the proposal, and what the record has become since it was made on it."""
    base, now = base_of(record, proposal.base_version), whole_of(record)
    together, clashes = reconcile(base, now, Whole.from_json(proposal.contents), choices)
    return base, now, together, clashes


@transaction.atomic
def accept(proposal, by, revision, seen_version, choices, text):
    """Let the record say what is proposed. Raises PermissionDenied, ValidationError, EditConflict or Unchosen."""
    ledger.lock()
    proposal = _as_seen(proposal, revision, State.OPEN)
    record = proposal.record
    if record is None:
        raise ValidationError(_("The record has been deleted since."))
    if not may_change(by, record):
        raise PermissionDenied
    _base, _now, together, clashes = brought_together(proposal, record, choices)
    if not all(clash.chosen for clash in clashes):
        raise Unchosen(clashes)
    put(record, together, by, f"proposed by {_name(proposal.proposed_by)}", seen_version)
    _decide(proposal, State.ACCEPTED, by)
    note(proposal, Deed.ACCEPTED, by, text)
    return record


@transaction.atomic
def send_back(proposal, by, revision, text):
    """Return it to the proposer, with a comment. Raises ValidationError."""
    if not text.strip():
        raise ValidationError(_("Write a comment: whoever gets it should know what to do."))
    proposal = _as_seen(proposal, revision, State.OPEN)
    _decide(proposal, State.SENT_BACK, by)
    note(proposal, Deed.SENT_BACK, by, text, addressed_to=proposal.proposed_by)


@transaction.atomic
def withdraw(proposal, by, text):
    """Take one's own proposal back. Raises PermissionDenied or ValidationError."""
    if proposal.proposed_by_id != by.pk:
        raise PermissionDenied
    proposal = _as_seen(proposal, proposal.revision, *ProposedChange.PENDING)
    _decide(proposal, State.WITHDRAWN, by)
    note(proposal, Deed.WITHDRAWN, by, text)


def _decide(proposal, state, by):
    proposal.state, proposal.decided_by, proposal.decided_at = state, by, timezone.now()
    proposal.save(update_fields=["state", "decided_by", "decided_at"])


def _as_seen(proposal, revision, *states):
    """The proposal as it is now, held until the transaction ends, if it is what was read and still to be decided."""
    fresh = ProposedChange.objects.select_for_update().get(pk=proposal.pk)
    if fresh.state not in states:
        raise ValidationError(_("This has been decided already: %s.") % fresh.get_state_display())
    if fresh.revision != revision:
        raise ValidationError(
            _("The proposal has been revised since this page was opened. Look again at what it says.")
        )
    return fresh


def _name(user):
    return (user.get_full_name() or user.get_username()) if user else "somebody"


def with_ids(whole):
    """The same Whole with numbers in the place of the words for new rows: the same number for the same word, always."""

    def number(label, pk):
        return FIRST_ID + int(pk.removeprefix("new-")) % FIRST_ID if isinstance(pk, str) else pk

    ids = {(label, pk): number(label, pk) for label, pk in whole.rows}
    rows = {}
    for (label, pk), values in whole.rows.items():
        model = apps.get_model(label)
        values = dict(values)
        for key in model._meta.concrete_fields:
            if key.remote_field:
                target = (key.related_model._meta.label_lower, values.get(key.attname))
                values[key.attname] = ids.get(target, values.get(key.attname))
        rows[label, ids[label, pk]] = values
    return Whole(whole.model, whole.pk, whole.fields, whole.links, rows)
