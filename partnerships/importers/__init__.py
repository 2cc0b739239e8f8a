"""The way back: a table that was downloaded, changed in a spreadsheet, and brought to the register again."""

from .plan import Plan, plan
from .progress import Cancelled, Phase, Progress, cancel, progress_of
from .reading import MOST_BYTES, MOST_ROWS, Unreadable, read
from .rows import Verdict
from .writing import Outdated, write

__all__ = [
    "MOST_BYTES",
    "MOST_ROWS",
    "Cancelled",
    "Outdated",
    "Phase",
    "Plan",
    "Progress",
    "Unreadable",
    "Verdict",
    "cancel",
    "plan",
    "progress_of",
    "read",
    "write",
]
