"""What the lists of all nouns can be asked, and how words combine.

What a word means is said once, by the phrases of the QuerySets.
"""

import django_filters
from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from partnerships import evidence
from partnerships.filters import (
    FlagFilter,
    OrderingFilter,
    QuestionForm,
    RecordFilter,
    TextFilter,
    YearFilter,
    year_span,
)
from partnerships.lookups import DayFilter, EmptyFilter, Id, Moment, NegationFilter, Text, related
from partnerships.models import Country, Organization, Region


class RegisterFilterSet(django_filters.FilterSet):
    """What every list can be asked: `q`, `ordering`, `partner`, `country`, `region`, `year`, and lookups by suffix.

    `also` names the parameters that the caller handles itself (its page, its format), `without` those that it cannot
    answer; any other unknown one is an error. Use `is_valid()` before `qs`.
    """

    # Lookups by suffix: a field's public name -> its Lookup; a filter that `__n` turns round; a record's relation that
    # may be `__empty`. What is not listed cannot be looked up.
    lookups = {}
    negated = ("partner", "country", "region")
    emptied = {}

    q = TextFilter(method="narrow_by_text", label=_("words"))
    partner = RecordFilter(Organization, method="narrow_by_partner", label=_("partner"))
    partner_all = RecordFilter(Organization, method="narrow_by_all_partners", label=_("all of these partners"))
    partner_exact = FlagFilter(method="leave", label=_("without units"))
    country = RecordFilter(Country, method="narrow_by_country", label=_("country"))
    region = RecordFilter(Region, method="narrow_by_region", label=_("region"))
    year = YearFilter(method="narrow_by_year", label=_("year"))
    year_from = YearFilter(single=True, method="narrow_by_span", label=_("from year"))
    year_to = YearFilter(single=True, method="narrow_by_span", label=_("to year"))

    class Meta:
        form = QuestionForm

    def __init__(self, data=None, queryset=None, *, request=None, also=(), without=()):
        self.user = getattr(request, "user", None)
        self.also, self.without = frozenset(also), frozenset(without)
        # Not django-filter's own beginning, which copies every filter for each question: ours keep no state.
        self.is_bound, self.data, self.queryset, self.request = data is not None, data or QueryDict(), queryset, request
        self.filters = self.base_filters

    @classmethod
    def get_filters(cls):
        """The declared filters and, after them, the lookups."""
        filters = dict(super().get_filters())
        for name, lookup in cls.lookups.items():
            filters |= lookup.filters(name)
        filters |= {f"{of}__n": NegationFilter(filters[of], of) for of in cls.negated if of in filters}
        filters |= {
            f"{of}__empty": EmptyFilter(of, relation, filters[of].label) for of, relation in cls.emptied.items()
        }
        return filters

    @property
    def form(self):
        if not hasattr(self, "_form"):
            known = [name for name in self.filters if name not in self.without] + sorted(self.also)
            fields = {
                name: found.field_for(self.user)
                for name, found in self.filters.items()
                if name in self.data and name not in self.without
            }
            self._form = QuestionForm(self.data, fields, known)
        return self._form

    def filter_queryset(self, queryset):
        for name, value in self.form.cleaned_data.items():
            if value not in (None, "", []):
                queryset = getattr(self, self.filters[name].method)(queryset, name, value)
        return queryset

    def asked(self, name, default=None):
        """The meaning of one parameter, for those that change what another one means."""
        return self.form.cleaned_data.get(name) or default

    @property
    def on(self):
        """The day of which the question asks (`as_of`), or None for today."""
        asked = self.asked("as_of")
        return asked[0].first if asked else None

    # What the words mean. A noun overrides what it means otherwise.
    def with_partner(self, queryset, ids):
        return queryset.with_partner(ids, self.user)

    def in_countries(self, queryset, ids):
        return queryset.in_countries(ids)

    def in_regions(self, queryset, ids):
        return queryset.in_regions(ids)

    def between(self, queryset, first, last):
        raise NotImplementedError

    # How they combine: repeated values mean any of them, several parameters mean all of them.
    def narrow_by_text(self, queryset, name, text):
        return queryset.search(text)

    def organizations(self, records):
        """The ids of these organizations and, unless `partner_exact`, of the units below them."""
        ids = [record.pk for record in records]
        if self.asked("partner_exact"):
            return ids
        # One small statement of its own: nested into the others, it takes SQLite's parser beyond its depth.
        return list(Organization.objects.visible_to(self.user).with_units(ids).values_list("pk", flat=True))

    def narrow_by_partner(self, queryset, name, records):
        return self.with_partner(queryset, self.organizations(records))

    def narrow_by_all_partners(self, queryset, name, records):
        for record in records:
            queryset = self.with_partner(queryset, self.organizations([record]))
        return queryset

    def narrow_by_country(self, queryset, name, records):
        return self.in_countries(queryset, [record.pk for record in records])

    def narrow_by_region(self, queryset, name, records):
        return self.in_regions(queryset, [record.pk for record in records])

    def narrow_by_year(self, queryset, name, years):
        base, any_of = queryset.model.objects.all(), Q()
        if len(years) == 1:
            return self.between(queryset, *year_span(years[0], years[0]))
        for year in years:
            any_of |= Q(pk__in=self.between(base, *year_span(year, year)).values("pk"))
        return queryset.filter(any_of)

    def narrow_by_span(self, queryset, name, years):
        first, last = self.asked("year_from", [None]), self.asked("year_to", [None])
        if name == "year_to" and first != [None]:
            return queryset  # year_from has asked for both ends
        return self.between(queryset, *year_span(first[0], last[0]))

    def narrow_by_order(self, queryset, name, words):
        columns = [("-" if word.startswith("-") else "") + self.order_keys[word.removeprefix("-")] for word in words]
        if columns[-1].removeprefix("-") != "pk":
            # The record's number decides last, so that no two rows are ever in an arbitrary order.
            columns.append("-pk" if columns[-1].startswith("-") else "pk")
        return queryset.order_by(*columns)

    def narrow_by_goal(self, queryset, name, numbers):
        links = queryset.model.goals.through.objects
        field = queryset.model._meta.model_name
        return queryset.filter(Exists(links.filter(**{field: OuterRef("pk"), "goal__in": numbers})))

    def narrow_by_value(self, queryset, name, values):
        return queryset.filter(**{f"{name}__in": values})

    def narrow_by_flag(self, queryset, name, value):
        return queryset.filter(**{name: value})

    def narrow_by_lookup(self, queryset, name, value):
        return self.filters[name].narrow(queryset, value)

    def narrow_by_negation(self, queryset, name, value):
        turned = self.filters[name]
        found = getattr(self, turned.base.method)(queryset.model.objects.all(), turned.of, value)
        return queryset.exclude(pk__in=found.values("pk"))

    def narrow_by_emptiness(self, queryset, name, value):
        there = Exists(related(queryset.model, self.filters[name].relation, self.user))
        return queryset.exclude(there) if value else queryset.filter(there)

    def narrow_by_evidence(self, queryset, name, value):
        proved = evidence.proved(queryset.model, self.user)
        return queryset.filter(proved) if value else queryset.exclude(proved)

    def narrow_by_linked(self, queryset, name, records):
        """For a parameter that names one record of a many-to-many relation: `agreement` of `agreements`."""
        there = related(queryset.model, f"{name}s", self.user).filter(pk__in=[record.pk for record in records])
        return queryset.filter(Exists(there))

    def narrow_by_status(self, queryset, name, values):
        model, any_of = queryset.model, Q()
        for value in values:
            any_of |= Q(pk__in=model.objects.with_status(value, self.on).values("pk"))
        return queryset.filter(any_of)

    def leave(self, queryset, name, value):
        """For parameters that only change what another one means."""
        return queryset


def as_of():
    """Declare that the noun answers as the facts stood on a day."""
    return DayFilter(method="leave", label=_("as of"))


def has_evidence():
    """Declare that stories prove records of this noun."""
    return FlagFilter(method="narrow_by_evidence", label=_("with evidence"))


def ordering(**keys):
    """Declare what a list is sorted by: the public word and its column."""
    return OrderingFilter(keys=keys, method="narrow_by_order", label=_("sorted by")), keys


COMMON_KEYS = {"created": "created_at", "updated": "updated_at", "slug": "slug", "id": "pk"}

# What every record of the register can be looked up by. A record that has these has nothing private among them.
RECORD_LOOKUPS = {
    "id": Id(_("number")),
    "slug": Text(_("address"), only=["", "n", "isw"]),
    "caveat": Text(_("caveat"), only=["empty"]),
    "updated_at": Moment(_("last changed")),
}
