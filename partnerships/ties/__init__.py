"""Ties: which published record touches which organization, in which country and when, in the order of its list.

One narrow table repeats the date by which lists are sorted, so that "the newest 25 of this partner in this country" is 25
entries of one index, however many records there are. It holds what visitors may find; drafts are never in it.
"""

from .index import GLOBAL, are_complete, number_of, rebuild, refresh, register, registered
from .question import Question, Unanswerable

__all__ = [
    "GLOBAL",
    "Question",
    "Unanswerable",
    "are_complete",
    "number_of",
    "rebuild",
    "refresh",
    "register",
    "registered",
]
