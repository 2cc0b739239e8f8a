"""What the register says and no story proves."""

from django.utils.translation import gettext_lazy as _

from partnerships import evidence
from partnerships.models import Agreement, Contribution, Indicator, Project

from .task import Task, Theme


class Unproved(Task):
    """Published records of a noun for which there is no evidence."""

    name, theme = "unproved", Theme.PROOF

    def __init__(self, model, title):
        self.model, self.title = model, title

    def records(self, user):
        return self.model.objects.published().exclude(evidence.proved(self.model, user))


UNPROVED = (
    Unproved(Agreement, _("agreements without evidence")),
    Unproved(Project, _("projects without evidence")),
    Unproved(Contribution, _("contributions that no story proves")),
    Unproved(Indicator, _("indicators without evidence")),
)
