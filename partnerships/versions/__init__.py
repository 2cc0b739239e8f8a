"""What a record says in all: its fields, its links and the rows on its page, now or at any moment of its history.

A `Whole` is such a saying as plain values. It can be compared with another one in words, put in the place of what the
record says now, kept in the bin while the record is away, and three of them can be brought together.
"""

from .differences import Change, Edit, differences
from .putting import Refused, put
from .reconciling import Clash, reconcile
from .whole import Whole, moment_of, to_restore, whole_at, whole_of

__all__ = [
    "Change",
    "Clash",
    "Edit",
    "Refused",
    "Whole",
    "differences",
    "moment_of",
    "put",
    "reconcile",
    "to_restore",
    "whole_at",
    "whole_of",
]
