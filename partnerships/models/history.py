"""The history of records that have links."""

from django.db import connection, transaction
from simple_history.models import HistoricalRecords


class LinkedHistory(HistoricalRecords):
    """One entry for a save and for the links that are set after it in the same transaction.

    HistoricalRecords by itself writes an entry more for each kind of link, and copies all links into each of them.
    """

    def m2m_changed(self, instance, action, attr, pk_set, reverse, **kwargs):
        entry = None if reverse else written_entry(instance)
        if entry is None:
            super().m2m_changed(instance, action, attr, pk_set, reverse, **kwargs)
        elif action in ("post_add", "post_remove", "post_clear"):
            field = instance._meta.get_field(attr)
            self.m2m_models[field].objects.filter(history=entry).delete()
            self.copy_links(entry, instance, field)

    def create_historical_record_m2ms(self, entry, instance):
        if entry.history_type != "+":  # what has only just been made has no links yet
            for field in entry._history_m2m_fields:
                self.copy_links(entry, instance, field)
        transaction.on_commit(_Written(entry, instance))

    def copy_links(self, entry, instance, field):
        rows = field.remote_field.through.objects.filter(**{field.m2m_field_name(): instance})
        model = self.m2m_models[field]
        model.objects.bulk_create(model(history=entry, **row) for row in rows.values())


class _Written:
    """An entry of the running transaction: among its on_commit hooks, a rollback forgets it, also one to a savepoint."""

    def __init__(self, entry, instance):
        self.entry, self.model, self.pk = entry, type(instance), instance.pk

    def __call__(self):
        """Nothing is left to do after the commit."""


def written_entry(instance):
    """The latest entry that this transaction has written about the record, or None."""
    for _sids, hook, _robust in reversed(connection.run_on_commit):
        if isinstance(hook, _Written) and (hook.model, hook.pk) == (type(instance), instance.pk):
            return hook.entry
    return None
