"""Files that were refused."""

from django.utils.translation import gettext_lazy as _

from partnerships.models import FailedImport

from .task import Task, Theme


class Failed(Task):
    """Imports that failed and that nobody has repeated or set aside, of the nouns that the user may import."""

    is_personal = True
    name, model, theme, title = "failed", FailedImport, Theme.ORDER, _("imports that failed")

    def __init__(self, nouns_of):
        self.nouns_of = nouns_of

    def concerns(self, user):
        return bool(self.nouns_of(user))

    def records(self, user):
        return FailedImport.objects.open().filter(noun__in=self.nouns_of(user))
