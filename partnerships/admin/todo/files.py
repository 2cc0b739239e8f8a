"""Files that rows name and that are not there."""

from django.utils.translation import gettext_lazy as _

from partnerships.files.report import without_file
from partnerships.models import Agreement, Document, Event, Project

from .task import Task, Theme


class Missing(Task):
    """Records of which a row names a file that is missing: to be restored from a backup, or given again.

    `rows` is the model of such rows, `relation` the field by which a record finds them.
    """

    is_personal = True  # the ledger does not follow the files
    name, theme = "missing-file", Theme.ORDER

    def __init__(self, model, rows, relation, title):
        self.model, self.rows, self.relation, self.title = model, rows, relation, title

    def records(self, user):
        owners = self.rows._base_manager.filter(pk__in=without_file(self.rows))
        key = self.model._meta.get_field(self.relation).field.name
        return self.model.objects.filter(pk__in=owners.values(key))


MISSING = (
    Missing(Agreement, Document, "files", _("agreements with a document whose file is missing")),
    Missing(Project, Document, "files", _("projects with a document whose file is missing")),
    Missing(Event, Document, "files", _("events with a document whose file is missing")),
)
