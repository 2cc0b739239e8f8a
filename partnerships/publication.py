"""Who may let a record go out: the rules that the desk, the API and the actions ask, said once."""

from django.contrib.auth import get_permission_codename
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from .models import PublicationState

# What an editor may choose and change. Whatever is or was public belongs to the publishers.
OPEN_STATES = (PublicationState.DRAFT, PublicationState.IN_REVIEW)


class NotReady(ValidationError):
    """What a record lacks to be public, in sentences that say what to do."""


def has_permission(user, verb, model):
    """Whether the user holds, say, `partnerships.publish_agreement`."""
    return user.has_perm(f"{model._meta.app_label}.{get_permission_codename(verb, model._meta)}")


def may_publish(user, model):
    return has_permission(user, "publish", model)


def may_change(user, record):
    """Whether the user may change this record as it stands."""
    return has_permission(user, "change", type(record)) and (
        record.state in OPEN_STATES or may_publish(user, type(record))
    )


def may_move(user, record, state):
    """Whether the user may bring this record into that state."""
    return may_change(user, record) and (state in OPEN_STATES or may_publish(user, type(record)))


def states_for(user, model):
    """The states that the user may choose for a record of this kind."""
    return tuple(PublicationState) if may_publish(user, model) else OPEN_STATES


def lacking(record):
    """The Needs of a published record that this one does not meet. Its rows are read from the database."""
    return [need for need in record.needs if not need.is_met(record)]


def met(record):
    """The Needs that a public record meets as the database has it: they bind whoever changes it. Of any other record, none."""
    if not record.needs or record.pk is None:
        return []
    kept = type(record)._base_manager.filter(pk=record.pk, state=PublicationState.PUBLISHED).first()
    return [need for need in record.needs if need.is_met(kept)] if kept else []


def lost(record, before):
    """Those of the Needs that were met before, which the record meets no longer while it is still public."""
    return [need for need in lacking(record) if need in before] if record.is_public else []


def require_ready(record):
    """Raise NotReady where a record that goes out lacks what it needs for that."""
    _refuse(lacking(record))


def require_still(record, before):
    """Raise NotReady where a public record has lost what it needs: `before` are the Needs that it met."""
    _refuse(lost(record, before))


def _refuse(needs):
    if needs:
        raise NotReady({NON_FIELD_ERRORS: [need.sentence for need in needs]})
