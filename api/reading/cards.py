"""Cards: each public record as a visitor's list row and as a visitor's detail, rendered before anybody asks.

A card is the JSON that the serializers make. In it, `\\x01 id \\x01` stands for the brief record of an organization, so that
renaming the European Union leaves a hundred thousand cards as they are, and `\\x02` for the address of the host. Neither
character can be in JSON otherwise.

A missing card is never wrong: the record is rendered when it is asked for. So `forget` belongs into the transaction that
changes something, and `keep` may come whenever there is time.
"""

from django.db import connection, transaction

from api.links import NAMES
from partnerships import ledger
from partnerships.exports.batches import among
from partnerships.models import Record

ROW, DETAIL = 0, 1
NUMBERS = {model: number for number, model in enumerate(NAMES, 1) if issubclass(model, Record)}
BATCH = 200


def kind_of(model, form):
    """The number that stands for a noun's rows (ROW) or details (DETAIL) in the table."""
    return NUMBERS[model] * 2 + form


def find(model, form, ids, today):
    """{id: text} of the cards that there are and that are still right on that day."""
    chosen = among(ids, connection.alias)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT object_id, body FROM card WHERE kind = %s AND good_until > %s AND object_id IN ({chosen.sql})",  # noqa: S608 - names and numbers of ours; values are parameters
            [kind_of(model, form), today, *chosen.params],
        )
        return dict(cursor.fetchall())


def forget(selects):
    """Remove the cards named by these SELECTs of (kind, object_id), given as (sql, parameters). Returns what was removed."""
    if not selects:
        return []
    union = " UNION ALL ".join(sql for sql, _parameters in selects)
    parameters = [value for _sql, values in selects for value in values]
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM card WHERE (kind, object_id) IN ({union}) RETURNING kind, object_id",  # noqa: S608 - names and numbers of ours; values are parameters
            parameters,
        )
        return cursor.fetchall()


def forget_all():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM card")


def keep(model, form, ids):
    """Render the cards of these records and keep them, unless the register changed meanwhile. Says whether it did not."""
    from .rendering import render

    number = ledger_number()
    texts = render(model, form, ids)
    rows = [(kind_of(model, form), pk, good_until, text) for pk, (text, good_until) in texts.items()]
    with transaction.atomic():
        # While the ledger is locked nobody writes; if its number has not moved, nothing that was rendered has changed.
        ledger.lock()
        if ledger_number() != number:
            return False
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO card (kind, object_id, good_until, body) VALUES (%s, %s, %s, %s) ON CONFLICT (kind, object_id)"
                " DO UPDATE SET good_until = excluded.good_until, body = excluded.body",
                rows,
            )
    return True


def ledger_number():
    """The number of the last change of the register, drafts included."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM ledger_head")
        row = cursor.fetchone()
        return row[0] if row else 0


def keep_all(report=lambda model, count: None, missing=False):
    """Keep the cards of the whole register; with `missing`, only those that there are not."""
    for model in NUMBERS:
        count = 0
        for form in (ROW, DETAIL):
            for ids in batches(model, form, missing):
                while not keep(model, form, ids):
                    pass
                count += len(ids)
        report(model, count)


def rebuild(sender, report, **kwargs):
    """The part of `reindex` that is the cards'."""
    keep_all(report("cards"))


def batches(model, form, missing):
    """Lists of ids of the model's public records."""
    last, public = 0, model.objects.published().order_by("pk").values_list("pk", flat=True)
    while ids := list(public.filter(pk__gt=last)[:BATCH]):
        last = ids[-1]
        if missing:
            with connection.cursor() as cursor:
                marks = ", ".join(["%s"] * len(ids))
                cursor.execute(
                    f"SELECT object_id FROM card WHERE kind = %s AND object_id IN ({marks})",  # noqa: S608 - names and numbers of ours; values are parameters
                    [kind_of(model, form), *ids],
                )
                there = {pk for (pk,) in cursor.fetchall()}
            ids = [pk for pk in ids if pk not in there]
        if ids:
            yield ids
