"""Records that documents belong to."""

from django.db import models
from django.db.models import Prefetch


class WithFiles(models.QuerySet):
    def with_files(self, user, on=None):
        """With the documents that the user may read; on a day, without those of a later one."""
        from .document import Document

        return self.prefetch_related(Prefetch("files", Document.objects.visible_to(user).known_by(on)))
