"""What is to be said about one row of a file."""

from dataclasses import dataclass, field
from enum import StrEnum


class Verdict(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    ERROR = "error"


@dataclass
class PlannedRow:
    """`changes` are (column, before, after), `errors` and `warnings` are (column or "", reason)."""

    number: int
    slug: str
    verdict: Verdict = Verdict.UNCHANGED
    record: object = None
    links: dict = field(default_factory=dict)
    changes: list = field(default_factory=list)
    errors: list = field(default_factory=list)
    warnings: list = field(default_factory=list)

    def refuse(self, column, reason):
        self.verdict = Verdict.ERROR
        self.errors.append((column, reason))

    def warn(self, column, reason):
        self.warnings.append((column, reason))

    @property
    def display(self):
        return str(self.record) if self.record and self.record.pk else ""
