"""What came back to whom: reviews, proposed changes, and what could not be done at its time."""

from django.apps import apps
from django.db.models import Exists, OuterRef
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from partnerships.models import ProposedChange, PublicationState, Record, ReviewNote, ScheduledMove
from partnerships.publication import has_permission

from .task import Task, Theme


def nouns(user, verb):
    """The labels of the kinds of records with which this user may do so."""
    return [
        model._meta.label_lower
        for model in apps.get_models()
        if issubclass(model, Record) and has_permission(user, verb, model)
    ]


class SentBack(Task):
    """Drafts of a noun that this user sent to review and that came back since they were sent last."""

    name, theme, is_personal = "sent-back", Theme.ANSWERS, True

    def __init__(self, model):
        self.model = model
        self.title = format_lazy("{}: {}", _("sent back to you"), model._meta.verbose_name_plural)

    def records(self, user):
        model = self.model
        sent_again = model.history.filter(
            id=OuterRef("record_id"), state=PublicationState.IN_REVIEW, history_date__gt=OuterRef("written_at")
        )
        came_back = ReviewNote.objects.filter(
            ~Exists(sent_again),
            noun=model._meta.label_lower,
            record_id=OuterRef("pk"),
            proposal=None,
            deed=ReviewNote.Deed.SENT_BACK,
            addressed_to=user,
        )
        return model.objects.filter(Exists(came_back), state=PublicationState.DRAFT)


class Proposals(Task):
    """Proposed changes in one state: the user's own, or those that the user may decide on."""

    model, theme, is_personal = ProposedChange, Theme.ANSWERS, True

    def __init__(self, name, state, title, *, own):
        self.name, self.state, self.title, self.own = name, state, title, own

    def concerns(self, user):
        return bool(nouns(user, "change" if self.own else "publish"))

    def records(self, user):
        found = ProposedChange.objects.filter(state=self.state)
        return found.filter(proposed_by=user) if self.own else found.filter(noun__in=nouns(user, "publish"))


class Scheduled(Task):
    """Publications at a time: those that are to come, or those that could not be done."""

    model, theme, is_personal = ScheduledMove, Theme.ANSWERS, True

    def __init__(self, name, title, *, refused):
        self.name, self.title, self.refused = name, title, refused

    def concerns(self, user):
        return bool(nouns(user, "publish"))

    def records(self, user):
        found = ScheduledMove.objects.filter(noun__in=nouns(user, "publish"))
        return found.refused() if self.refused else found.waiting().filter(problem="")


State = ProposedChange.State
ANSWERS = (
    Proposals("to-decide", State.OPEN, _("proposed changes to decide"), own=False),
    Proposals("sent-back", State.SENT_BACK, _("proposed changes of yours that were sent back"), own=True),
    Proposals("yours", State.OPEN, _("proposed changes of yours that wait for a decision"), own=True),
    Scheduled("refused", _("scheduled publications that could not be done"), refused=True),
    Scheduled("to-come", _("records to be published or archived at a time"), refused=False),
)
