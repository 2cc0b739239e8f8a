"""Agreements that come to their end, and what they promise."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerships.models import Agreement, Commitment

from .task import Task, Theme

DUE_SOON = timedelta(days=30)


class Ending(Task):
    """Agreements in force that end in so many days, and that nothing is to replace; each is in one such list only."""

    model, theme = Agreement, Theme.TERMS

    def __init__(self, first, last, title):
        self.first, self.last, self.title = timedelta(days=first), timedelta(days=last), title
        self.name = f"ending-{last}"

    def records(self, user):
        today = timezone.localdate()
        published = Agreement.objects.published()
        return published.ending_without_successor(today, today + self.first, today + self.last)


ENDING = (
    Ending(0, 30, _("agreements that end within 30 days, without a successor")),
    Ending(31, 60, _("agreements that end in 31 to 60 days, without a successor")),
    Ending(61, 90, _("agreements that end in 61 to 90 days, without a successor")),
)


class Overdue(Task):
    name, model, theme, title = "overdue", Commitment, Theme.TERMS, _("commitments that are overdue")

    def records(self, user):
        return Commitment.objects.overdue(timezone.localdate())


class Due(Task):
    name, model, theme, title = "due", Commitment, Theme.TERMS, _("commitments that are due within 30 days")

    def records(self, user):
        today = timezone.localdate()
        return Commitment.objects.due_between(today, today + DUE_SOON)
