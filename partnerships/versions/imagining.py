"""Looking at what the register would be after a change, without making it."""

from contextlib import contextmanager

from django.db import transaction

from partnerships import memory


@contextmanager
def imagined():
    """Whatever is written inside is taken back at the end, and nothing that is counted inside is remembered."""
    with memory.bypassed(), transaction.atomic():
        yield
        transaction.set_rollback(True)
