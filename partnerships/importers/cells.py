"""What the text of a cell means for the attribute that its column holds."""

from datetime import date
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from partnerships.exports.batches import among, naming
from partnerships.exports.columns import SEPARATOR, Code, Codes, Dated, Day, Flag
from partnerships.filters import nearest, refusal
from partnerships.models import Country

AT_ONCE = 5000
# To look for the nearest of ten thousand addresses takes a quarter of a second: a file may be wrong in every row.
MOST_SUGGESTIONS = 40
FEW = 1000


class Lookup:
    """Finds records by the codes that tables name them by. Each code is asked for once."""

    def __init__(self, using="default"):
        self.using = using
        self.found, self.public, self.names = {}, {}, {}
        self.former = {}  # (model, code) -> the code of today
        self.suggested = 0

    def warm(self, model, codes):
        """Look these codes up with one statement, and those that were codes once with one more."""
        known = self.found.setdefault(model, {})
        unknown = {code for code in codes if code not in known}
        if not unknown:
            return
        known.update(dict.fromkeys(unknown))
        field = naming(model)[0]
        wanted = [code for code in unknown if field != "number" or (code.isdecimal() and len(code) < 4)]
        for start in range(0, len(wanted), AT_ONCE):
            rows = model.objects.using(self.using).filter(**{f"{field}__in": wanted[start : start + AT_ONCE]})
            known.update({str(code): pk for code, pk in rows.values_list(field, "pk")})
        gone = [code for code in wanted if known[code] is None]
        if gone and hasattr(model.objects, "once_at"):
            for code in set(model.history.filter(slug__in=gone).values_list("slug", flat=True)):
                records = list(model.objects.once_at(code)[:2])
                if len(records) == 1:
                    known[code], self.former[model, code] = records[0].pk, records[0].slug

    def find(self, model, codes):
        """The ids of these codes. Raises ValidationError with every code that is none."""
        self.warm(model, codes)
        known = self.found[model]
        missing = [code for code in codes if known[code] is None]
        if missing:
            raise ValidationError([self.refuse(model, code) for code in missing])
        return [known[code] for code in codes]

    def refuse(self, model, code):
        message = _("“%(code)s” is no %(noun)s of the register.")
        return refusal(message % {"code": code, "noun": model._meta.verbose_name}, self.nearest(model, code))

    def nearest(self, model, code):
        if len(code) < 3:
            return None
        if model not in self.names:
            self.names[model] = list(model.objects.using(self.using).values_list(naming(model)[0], flat=True))
        if len(self.names[model]) > FEW:
            self.suggested += 1
        return nearest(code, self.names[model]) if self.suggested <= MOST_SUGGESTIONS else None

    def warm_hidden(self, model, ids):
        """Find out with one statement which of these a visitor does not see."""
        known = self.public.setdefault(model, {})
        unknown = set(ids) - known.keys()
        if not unknown or not hasattr(model.objects, "visible_to"):
            return
        public = model.objects.using(self.using).filter(pk__in=among(unknown, self.using)).visible_to(None)
        known.update(dict.fromkeys(unknown, False) | dict.fromkeys(public.values_list("pk", flat=True), True))

    def hidden(self, model, ids):
        """Those of the ids that a visitor does not see, and that a file downloaded as a visitor cannot name."""
        self.warm_hidden(model, ids)
        return {pk for pk in ids if not self.public[model].get(pk, True)}


def codes_of(column, text):
    """The codes in a cell of a column that leads to records; those of countries are written in capitals."""
    if isinstance(column, Codes):
        model, codes = column.links.model, [code.strip() for code in text.split(";") if code.strip()]
    else:
        model, codes = column.link.model, [text.strip()] if text.strip() else []
    return [code.upper() for code in codes] if model is Country else codes


def put(record, column, text, lookup, linked=frozenset()):
    """Give the record what the cell says. Returns the ids of a many-to-many field, else None. Raises ValidationError.

    `linked` are the ids that a many-to-many field has now.
    """
    match column:
        case Codes():
            return _linked(record, column, text, lookup, linked)
        case Code():
            _link(record, column, text, lookup)
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


def read_as(record, column, text, lookup):
    """Sentences about what was read otherwise than it was written; call it after `put`."""
    if isinstance(column, Code | Codes):
        model = column.links.model if isinstance(column, Codes) else column.link.model
        codes = codes_of(column, text)
        for code in codes:
            if (model, code) in lookup.former:
                today = lookup.former[model, code]
                yield _("“%(code)s” is called “%(today)s” today. That record is taken.") % {
                    "code": code,
                    "today": today,
                }
        written = SEPARATOR.join(codes)
        same = [code.strip() for code in text.split(";") if code.strip()]
        if codes != same:
            yield _("Read as “%s”.") % written
    elif isinstance(column, Flag):
        value = "true" if getattr(record, column.field) else "false"
        if text.strip() not in (value, ""):
            yield _("Read as “%s”.") % value
    elif isinstance(column, Dated | Day):
        value = getattr(record, column.field)
        if value and value.isoformat() != text:
            yield _("Read as “%s”.") % value.isoformat()
    elif isinstance(value := getattr(record, column.field), Decimal) and str(value) != text:
        yield _("Read as “%s”.") % value


def _linked(record, column, text, lookup, now):
    ids = {*lookup.find(column.links.model, codes_of(column, text)), *lookup.hidden(column.links.model, now)}
    if not ids and not record._meta.get_field(column.field).blank:
        raise ValidationError(_("At least one is needed here."))
    return ids if ids != now else None


def _link(record, column, text, lookup):
    model, now = column.link.model, getattr(record, f"{column.field}_id")
    if codes := codes_of(column, text):
        setattr(record, f"{column.field}_id", lookup.find(model, codes)[0])
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
