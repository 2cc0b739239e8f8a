"""The way back: a table that was downloaded, changed in a spreadsheet, and brought to the register again."""

from .plan import Plan, Verdict, plan
from .reading import MOST_BYTES, MOST_ROWS, Unreadable, read
from .writing import Outdated, write

__all__ = ["MOST_BYTES", "MOST_ROWS", "Outdated", "Plan", "Unreadable", "Verdict", "plan", "read", "write"]
