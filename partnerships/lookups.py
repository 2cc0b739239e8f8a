"""Lookups by suffix: `signed_on__gte=2013`, `title__ic=crime`, `country__n=NE`, `parent__empty=true`.

Each FilterSet declares them field by field. Nothing else can be looked up: a lookup that Django would allow on any column
lets strangers guess at passwords letter by letter.
"""

import re
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal, InvalidOperation

from django.db.models import OuterRef, Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .dates import Precision
from .filters import FieldFilter, FlagField, RepeatedField, refusal
from .periods import Period, Span

WORDS = {
    "": "{}",
    "n": gettext_lazy("{} is not"),
    "gte": gettext_lazy("{} from"),
    "lte": gettext_lazy("{} up to"),
    "ic": gettext_lazy("{} contains"),
    "isw": gettext_lazy("{} begins with"),
    "empty": gettext_lazy("{} is empty"),
}
ONCE = ("gte", "lte")
LARGEST = Decimal(10) ** 14  # what the columns of amounts can hold


class OneOrMoreField(RepeatedField):
    """`single` fields take one value."""

    def __init__(self, single=False, **kwargs):
        super().__init__(**kwargs)
        self.most = 1 if single else self.most


class WordField(OneOrMoreField):
    def read(self, word):
        if "\0" in word:
            raise refusal(_("A value cannot contain the NUL character."))
        return word


class PeriodField(OneOrMoreField):
    """`2013`, `2013-05` or `2013-05-21`, as a Period."""

    def read(self, word):
        try:
            return Period.parse(word)
        except ValueError as error:
            raise refusal(str(error)) from None


class DayField(OneOrMoreField):
    """One day of the calendar, as a Period of one day."""

    def __init__(self, **kwargs):
        super().__init__(single=True, **kwargs)

    def read(self, word):
        try:
            day = Period.parse(word)
        except ValueError:
            raise refusal(_("“%s” is not a day. Write it like 2014-06-30.") % word) from None
        if day.precision != Precision.DAY:
            raise refusal(_("“%s” is longer than a day. Write one like 2014-06-30.") % word, day.last.isoformat())
        return day


class SpanField(OneOrMoreField):
    """`90d`, `12w`, `6m` or `1y`, as a Span."""

    def __init__(self, **kwargs):
        super().__init__(single=True, **kwargs)

    def read(self, word):
        try:
            return Span.parse(word)
        except ValueError as error:
            raise refusal(str(error)) from None


@dataclass(frozen=True)
class Instants:
    """The first and the last instant of what was written as `text`: a day has many, a time only one."""

    first: datetime
    last: datetime
    text: str

    def __str__(self):
        return self.text


class MomentField(OneOrMoreField):
    """A date or a date and time by ISO 8601; without an offset, in the register's own time zone."""

    def read(self, word):
        try:
            moment = parse_datetime(word) if len(word) > 10 and word.isascii() else None
            day = None if moment else Period.parse(word)
        except ValueError:
            raise refusal(_("“%s” is no moment. Write 2020-05-21 or 2020-05-21T10:30:00Z.") % word) from None
        first, last = (
            (datetime.combine(day.first, time.min), datetime.combine(day.last, time.max)) if day else (moment, moment)
        )
        if not 1000 <= first.year <= last.year <= 9998:  # the first and the last year have no room for time zones
            raise refusal(_("“%s” lies outside the calendar of the register.") % word)
        aware = [at if timezone.is_aware(at) else timezone.make_aware(at) for at in (first, last)]
        return Instants(*aware, word)


class NumberField(OneOrMoreField):
    def read(self, word):
        try:
            number = Decimal(word) if word.isascii() and len(word) <= 30 and "_" not in word else None
        except InvalidOperation:
            number = None
        if number is None or not number.is_finite() or abs(number) >= LARGEST:
            raise refusal(_("“%s” is not a number. Write it like 1000000 or 0.5.") % word)
        return number


class IdField(OneOrMoreField):
    def read(self, word):
        if not (word.isascii() and word.isdecimal() and len(word) < 19):
            raise refusal(_("“%s” is not the number of a record.") % word)
        return int(word)


class Lookup:
    """What can be asked of one kind of field: `suffixes`, the form field of their values, and the condition they mean.

    `label` is the field's name for people, `column` its column where that is not the parameter's name; a `required`
    field is never empty, so nobody can ask whether it is; `only` names the suffixes that make sense where not all do.
    Values of the suffix "n" (not) are read and meant like those of plain equality, and turned round by the filter.
    """

    suffixes = ()
    field_class = WordField

    def __init__(self, label, column="", required=False, only=None):
        self.label, self.column = label, column
        self.chosen = [
            suffix
            for suffix in self.suffixes
            if suffix in (only or self.suffixes) and (suffix, required) != ("empty", True)
        ]

    def filters(self, name):
        """The filters of one field by their public names."""
        column = self.column or name
        return {
            f"{name}__{suffix}" if suffix else name: LookupFilter(self, name, column, suffix) for suffix in self.chosen
        }

    def condition(self, column, suffix, values):
        raise NotImplementedError

    def empty(self, column):
        return Q(**{f"{column}__isnull": True})


class Text(Lookup):
    suffixes = ("", "n", "ic", "isw", "empty")

    def condition(self, column, suffix, values):
        if suffix == "":
            return Q(**{f"{column}__in": values})
        # SQLite's LIKE ignores the case of ASCII letters only; both databases' expressions know É and é.
        start, any_of = "^" if suffix == "isw" else "", Q()
        for value in values:
            any_of |= Q(**{f"{column}__iregex": start + re.escape(value)})
        return any_of

    def empty(self, column):
        return super().empty(column) | Q(**{column: ""})


class Code(Text):
    """A text that is equal or not, whatever its case, such as a language."""

    suffixes = ("", "n", "empty")

    def condition(self, column, suffix, values):
        any_of = Q()
        for value in values:
            any_of |= Q(**{f"{column}__iexact": value})
        return any_of


class Date(Lookup):
    """A date with its precision. A question's `2013` runs from the first to the last day of that year."""

    suffixes = ("", "n", "gte", "lte", "empty")
    field_class = PeriodField
    has_precision = True

    def condition(self, column, suffix, values):
        if suffix in ONCE:
            day = values[0].first if suffix == "gte" else values[0].last
            return Q(**{f"{column}__{suffix}": day})
        any_of = Q()
        for period in values:
            within = Q(**{f"{column}__range": (period.first, period.last)})
            # “2013” is kept as its first day, and is not known to be that day; “by 21 May” lies in no period at all.
            any_of |= within & Q(**{f"{column}_precision__in": period.precisions}) if self.has_precision else within
        return any_of


class Day(Date):
    """A date that is always a day."""

    has_precision = False


class Moment(Lookup):
    suffixes = ONCE
    field_class = MomentField

    def condition(self, column, suffix, values):
        return Q(**{f"{column}__{suffix}": values[0].first if suffix == "gte" else values[0].last})


class Number(Lookup):
    suffixes = ("", "n", "gte", "lte", "empty")
    field_class = NumberField

    def condition(self, column, suffix, values):
        if suffix in ONCE:
            return Q(**{f"{column}__{suffix}": values[0]})
        return Q(**{f"{column}__in": values})


class Id(Lookup):
    suffixes = ("", "n")
    field_class = IdField

    def condition(self, column, suffix, values):
        return Q(pk__in=values)


class LookupFilter(FieldFilter):
    """One suffix of one field."""

    def __init__(self, lookup, of, column, suffix):
        self.lookup, self.of, self.column, self.suffix = lookup, of, column, suffix
        extra = {"single": True} if suffix in ONCE else {}
        label = format_lazy(WORDS[suffix], lookup.label)
        super().__init__(method="narrow_by_lookup", label=label, **extra)
        self.field_class = FlagField if suffix == "empty" else lookup.field_class

    def narrow(self, queryset, value):
        match self.suffix:
            case "empty":
                condition = self.lookup.empty(self.column)
                return queryset.filter(condition) if value else queryset.exclude(condition)
            case "n":
                return queryset.exclude(self.lookup.condition(self.column, "", value))
        return queryset.filter(self.lookup.condition(self.column, self.suffix, value))


class NegationFilter(FieldFilter):
    """`country__n=NE`: what the other filter, `base`, does not find."""

    def __init__(self, base, of):
        self.base, self.of = base, of
        super().__init__(method="narrow_by_negation", label=format_lazy(WORDS["n"], base.label))

    def field_for(self, user):
        return self.base.field_for(user)


class EmptyFilter(FieldFilter):
    """`parent__empty=true`: no record there, as far as the user may see; `relation` is the model's own word."""

    field_class = FlagField

    def __init__(self, of, relation, label):
        self.of, self.relation = of, relation
        super().__init__(method="narrow_by_emptiness", label=format_lazy(WORDS["empty"], label))


class PeriodFilter(FieldFilter):
    field_class = PeriodField


class DayFilter(FieldFilter):
    field_class = DayField


class SpanFilter(FieldFilter):
    field_class = SpanField


def related(model, relation, user):
    """What the relation of an outer record leads to, as far as the user may see."""
    field = model._meta.get_field(relation)
    records = field.related_model._default_manager.all()
    if hasattr(records, "visible_to"):
        records = records.visible_to(user)
    if field.many_to_one:
        return records.filter(pk=OuterRef(field.attname))
    back = field.field.name if field.auto_created else field.related_query_name()
    return records.filter(**{back: OuterRef("pk")})
