"""The data version: what has happened to the register, numbered without gaps in the order of the commits.

`head(user)` says how far the ledger has come for this user; `touched` tells other parts which records have changed.
QuerySet.update, bulk_create and loaddata send no signals: whoever uses them calls `note` in the same transaction.
"""

from .book import Head, head, lock
from .changes import note, touched
from .naming import shows
from .signals import watch

__all__ = ["Head", "head", "lock", "note", "shows", "touched", "watch"]
