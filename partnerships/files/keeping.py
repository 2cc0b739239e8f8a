"""Which models name files, and until when a file is kept that no row names any more.

Nothing deletes a file while a transaction runs, nor just after it: what was deleted can be had back from the bin, and a
version that is restored has its files again. `manage.py check_files --delete-orphans` deletes what is past that.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.core.files.storage import default_storage
from django.utils import timezone

# A file is written before its row: a younger one may belong to a row that is being saved, or is asked about at the desk.
YOUNG = timedelta(days=1)


@dataclass(frozen=True)
class Followed:
    """A model whose rows name files in one folder of the storage.

    files(row)   {name: SHA-256}
    column       by whose value the history knows which file a row had
    value(name)  that value, of a file
    """

    model: type
    folder: str
    files: Callable
    column: str
    value: Callable

    def gone_since(self, name):
        """When the last row stopped to name this file; when it was written, if none ever did."""
        entries = self.model.history.order_by("history_date", "history_id")
        last = entries.filter(**{self.column: self.value(name)}).last()
        if last is None:
            return default_storage.get_modified_time(name)
        if last.history_type == "-":
            return last.history_date
        later = entries.filter(id=last.id, history_id__gt=last.history_id).first()
        return later.history_date if later else last.history_date

    def is_over(self, name):
        """Whether this file, which no row names, may be deleted."""
        from partnerships.models.bin import KEPT_FOR

        had_a_row = self.model.history.filter(**{self.column: self.value(name)}).exists()
        return self.gone_since(name) < timezone.now() - (KEPT_FOR if had_a_row else YOUNG)


FOLLOWED = {}  # model -> Followed


def follow(model, folder, files, column, value=lambda name: name):
    FOLLOWED[model] = Followed(model, folder, files, column, value)
