"""Drafts, and what waits for review: the user's own, and other people's."""

from django.utils.translation import gettext_lazy as _

from partnerships.models import PublicationState

from .task import Task, Theme


class Unpublished(Task):
    """Records of a noun in one state that the user made or saved last; or all others in that state."""

    theme, is_personal = Theme.REVIEW, True

    def __init__(self, model, state, *, mine, title):
        self.model, self.state, self.mine, self.title = model, state, mine, title
        self.name = f"{state.replace('_', '-')}-{'mine' if mine else 'others'}"

    def records(self, user):
        waiting = self.model.objects.filter(state=self.state)
        return waiting.handled_by(user) if self.mine else waiting.handled_by_others(user)


def reviews_of(model):
    """The four lists of a noun."""
    in_review, draft = PublicationState.IN_REVIEW, PublicationState.DRAFT
    return [
        Unpublished(model, in_review, mine=True, title=_("in review: yours")),
        Unpublished(model, in_review, mine=False, title=_("in review: others’")),
        Unpublished(model, draft, mine=True, title=_("drafts: yours")),
        Unpublished(model, draft, mine=False, title=_("drafts: others’")),
    ]
