"""What the text of a cell means for the attribute that its column holds."""

from datetime import date
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from partnerships.exports.batches import among, naming
from partnerships.exports.columns import Code, Codes, Dated, Day, Flag
from partnerships.filters import nearest, refusal
from partnerships.models import Country


class Lookup:
    """Finds records by the codes that tables name them by. Each code is asked for once."""

    def __init__(self, using="default"):
        self.using = using
        self.found = {}

    def find(self, model, codes):
        """The ids of these codes. Raises ValidationError with every code that is none."""
        known = self.found.setdefault(model, {})
        if unknown := {code for code in codes if code not in known}:
            field = naming(model)[0]
            wanted = [code for code in unknown if field != "number" or (code.isdecimal() and len(code) < 4)]
            rows = model.objects.using(self.using).filter(**{f"{field}__in": wanted})
            known.update({str(code): pk for code, pk in rows.values_list(field, "pk")})
        missing = [code for code in codes if code not in known]
        if missing:
            raise ValidationError([self.refuse(model, code) for code in missing])
        return [known[code] for code in codes]

    def refuse(self, model, code):
        field = naming(model)[0]
        former = getattr(model.objects, "once_at", None) and model.objects.once_at(code).first()
        known = [] if len(code) < 3 else model.objects.using(self.using).values_list(field, flat=True)
        message = _("“%(code)s” is no %(noun)s of the register.")
        suggestion = former.slug if former else nearest(code, known)
        return refusal(message % {"code": code, "noun": model._meta.verbose_name}, suggestion)

    def hidden(self, model, ids):
        """Those of the ids that a visitor does not see, and that a file downloaded as a visitor cannot name."""
        if not ids or not hasattr(model.objects, "visible_to"):
            return set()
        public = model.objects.using(self.using).filter(pk__in=among(ids, self.using)).visible_to(None)
        return set(ids) - set(public.values_list("pk", flat=True))


def put(record, column, text, lookup):
    """Give the record what the cell says. Returns the ids of a many-to-many field, else None. Raises ValidationError."""
    match column:
        case Codes():
            return _linked(record, column, text, lookup)
        case Code():
            _link(record, column, text.strip(), lookup)
        case Dated():
            try:
                setattr(record, column.field, text.strip() or None)
            except ValueError as error:
                raise ValidationError(str(error)) from None
        case Day():
            setattr(record, column.field, _day(text.strip()))
        case Flag():
            setattr(record, column.field, _flag(text.strip()))
        case _:
            setattr(record, column.field, _value(record, column, text))
    return None


def _linked(record, column, text, lookup):
    model = column.links.model
    codes = [code.strip() for code in text.split(";") if code.strip()]
    codes = [code.upper() for code in codes] if model is Country else codes
    now = set(getattr(record, column.field).values_list("pk", flat=True)) if record.pk else set()
    ids = {*lookup.find(model, codes), *lookup.hidden(model, now)}
    if not ids and not record._meta.get_field(column.field).blank:
        raise ValidationError(_("At least one is needed here."))
    return ids if ids != now else None


def _link(record, column, code, lookup):
    model, now = column.link.model, getattr(record, f"{column.field}_id")
    code = code.upper() if model is Country else code
    if code:
        setattr(record, f"{column.field}_id", lookup.find(model, [code])[0])
    elif now and not lookup.hidden(model, [now]):
        setattr(record, f"{column.field}_id", None)


def _day(text):
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ValidationError(_("“%s” is not a day. Write it as 2013-05-21.") % text) from None


def _flag(text):
    match text.casefold():
        case "true" | "yes" | "1":
            return True
        case "false" | "no" | "0" | "":
            return False
    raise ValidationError(_("“%s” is neither true nor false.") % text)


def _value(record, column, text):
    field = record._meta.get_field(column.field)
    if isinstance(field, models.DecimalField):
        try:
            number = Decimal(text.strip()) if text.strip() else None
        except InvalidOperation:
            number = Decimal("nan")
        if number is not None and not number.is_finite():
            message = _("“%s” is not a number. Write it with a point and without separators, such as 1250000.50.")
            raise ValidationError(message % text)
        return number
    if field.choices:
        values = [str(value) for value, _label in field.flatchoices]
        if text not in values and text:
            labels = {str(label): str(value) for value, label in field.flatchoices}
            message = _("“%(text)s” is not possible here. Possible are: %(values)s.") % {
                "text": text,
                "values": ", ".join(values),
            }
            raise refusal(message, nearest(text, values) or labels.get(nearest(text, labels)))
        return text
    before = getattr(record, column.field)
    # A spreadsheet writes other line ends than a browser; the words are the same.
    same = isinstance(before, str) and before.replace("\r\n", "\n") == text.replace("\r\n", "\n")
    return before if same else text
