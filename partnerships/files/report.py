"""Whether the files and the rows that name them agree."""

from dataclasses import dataclass, field

from django.core.files.storage import default_storage

from partnerships.models import ProposedChange
from partnerships.versions.values import give

from .fields import digest
from .keeping import FOLLOWED


@dataclass
class Report:
    """(row, name) of rows whose file is `missing` or has `changed`; the names of files that no row names: `waiting`, or `orphans`."""

    whole: int = 0
    missing: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    orphans: list = field(default_factory=list)
    waiting: list = field(default_factory=list)


def compare():
    """Read every kept file and compare it with its SHA-256."""
    report = Report()
    for one in FOLLOWED.values():
        there = names_in(one.folder)
        for row in one.model._base_manager.order_by("pk").iterator():
            for name, sha256 in one.files(row).items():
                there.discard(name)
                _compare(report, row, name, sha256)
        # Asked again: whatever was given while the rows were read has its row by now.
        for name in sorted(there - named_by(one)):
            (report.orphans if one.is_over(name) else report.waiting).append(name)
    return report


def _compare(report, row, name, sha256):
    try:
        with default_storage.open(name) as file:
            same = digest(file) == sha256
    except FileNotFoundError:
        report.missing.append((row, name))
        return
    if same:
        report.whole += 1
    else:
        report.changed.append((row, name))


def names_in(folder):
    """The names of the files that the storage has in this folder."""
    try:
        _folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return set()
    return {f"{folder}/{name}" for name in files}


def named_by(one):
    """The names that rows have, or that changes waiting for review would give them."""
    rows = {name for row in one.model._base_manager.iterator() for name in one.files(row)}
    return rows | {name for row in _proposed(one.model) for name in one.files(row)}


def _proposed(model):
    for contents in ProposedChange.objects.pending().values_list("contents", flat=True):
        for label, _pk, values in contents["rows"]:
            if label == model._meta.label_lower:
                row = model()
                give(row, values)
                yield row


def without_file(model):
    """The ids of the model's rows that name a file which is not there. Looks at names only, not into the files."""
    one = FOLLOWED[model]
    there = names_in(one.folder)
    return [row.pk for row in model._base_manager.iterator() if not set(one.files(row)) <= there]
