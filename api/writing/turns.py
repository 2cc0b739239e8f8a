"""One writer at a time: what is read to decide about a change still holds when the change is written."""

from contextlib import contextmanager

from django.db import transaction

from partnerships import ledger


@contextmanager
def turn():
    """A transaction that waits for its turn before it reads.

    The ledger lets one transaction write at a time. Whoever locked a record first and waited for the ledger then could
    wait for somebody who holds the ledger and waits for that record.
    """
    with transaction.atomic():
        ledger.lock()
        yield
