"""A register that is older than its ledger gets a line for each record, so that a copy can begin at the beginning."""

from django.db import connection, transaction

from partnerships.models.ledger import LedgerLine

from .changes import WATCHED, note

AT_ONCE = 1000


def begin(**kwargs):
    """After a migration: write down what is there if nothing has been written yet."""
    tables = set(connection.introspection.table_names())
    if LedgerLine._meta.db_table not in tables or LedgerLine.objects.exists():
        return
    with transaction.atomic():
        for model, watched in WATCHED.items():
            if watched.is_noun and model._meta.db_table in tables:
                ids = list(model._base_manager.order_by("pk").values_list("pk", flat=True))
                for start in range(0, len(ids), AT_ONCE):
                    note(model, ids[start : start + AT_ONCE], LedgerLine.Verb.CREATED)
