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


def require_ready(record):
    """Raise NotReady where a record that goes out lacks what it needs for that."""
    if missing := lacking(record):
        raise NotReady({NON_FIELD_ERRORS: [need.sentence for need in missing]})
