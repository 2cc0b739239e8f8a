"""Letting a record say again, or at last, what a Whole says."""

from django.apps import apps
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from partnerships.models.record import EditConflict
from partnerships.publication import NotReady, met, require_still

from .values import give
from .whole import own, whole_of


class Refused(ValidationError):
    """Why a record cannot be made to say this, in sentences that say what to do."""


def put(record, whole, by, reason, seen_version=None):
    """Let the record say what `whole` says, on behalf of a user; gives the record as it is then.

    Its number, its publication and the count of its versions stay. With `seen_version` nobody may have saved it since, and
    what is public keeps what it needs for that. Raises Refused or EditConflict, and then nothing has changed.
    """
    try:
        with transaction.atomic():
            before = met(record) if seen_version is not None else []
            record = _Putting(record, whole, by, reason).run(seen_version)
            require_still(record, before)
            return record
    except NotReady as problem:
        raise Refused(problem.messages) from None
    except IntegrityError:
        raise Refused(
            _("Two rows would contradict each other, or something that they name has just been deleted. Try again.")
        ) from None


class _Putting:
    def __init__(self, record, whole, by, reason):
        self.model, self.pk, self.whole = type(record), record.pk, whole
        self.by, self.reason = by, reason[:100]
        self.fresh = {}  # (label, word) of a new row: its id

    def run(self, seen_version):
        record = self.model._base_manager.select_for_update().get(pk=self.pk)
        if seen_version is not None and record.version != seen_version:
            raise EditConflict(_("“%s” was changed by somebody else in the meantime.") % record)
        now = whole_of(record)
        if problems := missing(self.whole):
            raise Refused(problems)
        give(record, own(self.whole.fields))
        self.save(record)
        for name, ids in self.whole.links.items():
            if ids != now.links.get(name):
                getattr(record, name).set(ids)
        for key in reversed(now.rows):
            if key not in self.whole.rows:
                self.take_away(key)
        for key, values in self.whole.rows.items():
            if key not in now.rows:
                self.bring(key, values)
            elif values != now.rows[key]:
                row = apps.get_model(key[0])._base_manager.get(pk=key[1])
                give(row, self.real(row, values))
                self.save(row)
        return record

    def take_away(self, key):
        # What hung on a row that is away by now went with it.
        if row := apps.get_model(key[0])._base_manager.filter(pk=key[1]).first():
            self.sign(row).delete()

    def bring(self, key, values):
        model = apps.get_model(key[0])
        row = model(pk=None if isinstance(key[1], str) else key[1])
        give(row, self.real(row, values))
        self.save(row, force_insert=True)
        self.fresh[key] = row.pk

    def real(self, row, values):
        """The values, with the ids that new rows have got by now in the place of their words."""
        values = dict(values)
        for field in row._meta.concrete_fields:
            if field.remote_field:
                target = (field.related_model._meta.label_lower, values.get(field.attname))
                values[field.attname] = self.fresh.get(target, values.get(field.attname))
        return values

    def save(self, row, **options):
        try:
            row.full_clean(exclude=["id"])
        except ValidationError as problem:
            raise Refused(sentences(row, problem)) from None
        self.sign(row).save(**options)

    def sign(self, row):
        """The row, with who changes it and why for its history."""
        row._history_user, row._change_reason = self.by, self.reason
        return row


def missing(whole):
    """Sentences that name what the whole is linked with and the register does not have any more."""
    wanted, own_rows = {}, {*whole.rows, (whole.model._meta.label_lower, whole.pk)}
    for model, values in [(whole.model, whole.fields), *((apps.get_model(k[0]), v) for k, v in whole.rows.items())]:
        for field in model._meta.concrete_fields:
            pk = values.get(field.attname)
            if field.remote_field and pk is not None and (field.related_model._meta.label_lower, pk) not in own_rows:
                wanted.setdefault(field.related_model, set()).add(pk)
    for name, ids in whole.links.items():
        wanted.setdefault(whole.model._meta.get_field(name).related_model, set()).update(ids)
    found = []
    for model, ids in wanted.items():
        gone = sorted(ids - {*model._base_manager.filter(pk__in=ids).values_list("pk", flat=True)})
        found += [
            _("%(noun)s “%(name)s” is no longer in the register. Bring it back from the bin first, or leave it out.")
            % {"noun": capfirst(model._meta.verbose_name), "name": former_name(model, pk)}
            for pk in gone
        ]
    return found


def former_name(model, pk):
    """What a record that is gone was called, or its number."""
    entry = (
        model.history.filter(id=pk).order_by("history_date", "history_id").last() if hasattr(model, "history") else None
    )
    return str(entry.instance) if entry else str(pk)


def sentences(row, problem):
    """What is wrong with a row, each sentence with the name of its field."""
    found = []
    for name, messages in problem.message_dict.items():
        label = "" if name == NON_FIELD_ERRORS else f"{capfirst(row._meta.get_field(name).verbose_name)}: "
        found += [f"{label}{message}" for message in messages]
    return found
