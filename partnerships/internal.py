"""Internal notes: who may read and write them, and how they stay out of what the others are shown."""

from partnerships.models import Record

FIELD = "internal_note"
PERMISSION = "partnerships.read_internal_notes"


def reads_notes(user):
    """Whether the user may read and write what colleagues note for each other. The desk's three groups may."""
    return user is not None and user.has_perm(PERMISSION)


def open_to(user, edits):
    """These Edits of a record, without what they say of its internal note if that is not for this user."""
    if reads_notes(user):
        return edits
    label = str(Record._meta.get_field(FIELD).verbose_name)
    for edit in edits:
        if not edit.name:
            edit.changes = [change for change in edit.changes if change.field != label]
    return [edit for edit in edits if edit.name or edit.changes or edit.verb != "~"]
