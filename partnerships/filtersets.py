"""One FilterSet for each noun: the list page, its download and the API ask their questions in the same words.

What a word means is said once, by the phrases of the QuerySets.
"""

import django_filters
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from .dates import Precision
from .filters import (
    ChoicesFilter,
    FlagFilter,
    GoalFilter,
    OrderingFilter,
    QuestionForm,
    RecordFilter,
    TextFilter,
    YearFilter,
    year_span,
)
from .models import (
    Agreement,
    Contribution,
    Country,
    Event,
    EventParticipation,
    Funder,
    Organization,
    OrganizationType,
    Participation,
    Project,
    ProjectStatus,
    Region,
    Status,
)


class RegisterFilterSet(django_filters.FilterSet):
    """What every list can be asked: `q`, `ordering`, `partner`, `country`, `region` and `year`.

    `also` names the parameters that the caller handles itself (its page, its format); any other unknown one is an error.
    Use `is_valid()` before `qs`.
    """

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

    def __init__(self, data=None, queryset=None, *, request=None, also=()):
        self.user = getattr(request, "user", None)
        self.also = frozenset(also)
        super().__init__(data, queryset, request=request)

    @property
    def form(self):
        form = super().form
        form.also = self.also
        return form

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
        if self.form.cleaned_data.get("partner_exact"):
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
        asked = self.form.cleaned_data
        first, last = asked.get("year_from") or [None], asked.get("year_to") or [None]
        if name == "year_to" and first != [None]:
            return queryset  # year_from has asked for both ends
        return self.between(queryset, *year_span(first[0], last[0]))

    def narrow_by_order(self, queryset, name, words):
        columns = [("-" if word.startswith("-") else "") + self.order_keys[word.removeprefix("-")] for word in words]
        # The record's number decides last, so that no two rows are ever in an arbitrary order.
        return queryset.order_by(*columns, "-pk" if columns[-1].startswith("-") else "pk")

    def narrow_by_goal(self, queryset, name, numbers):
        links = queryset.model.goals.through.objects
        field = queryset.model._meta.model_name
        return queryset.filter(Exists(links.filter(**{field: OuterRef("pk"), "goal__in": numbers})))

    def narrow_by_value(self, queryset, name, values):
        return queryset.filter(**{f"{name}__in": values})

    def narrow_by_flag(self, queryset, name, value):
        return queryset.filter(**{name: value})

    def narrow_by_status(self, queryset, name, values):
        model, any_of = queryset.model, Q()
        for value in values:
            any_of |= Q(pk__in=model.objects.with_status(value).values("pk"))
        return queryset.filter(any_of)

    def leave(self, queryset, name, value):
        """For parameters that only change what another one means."""
        return queryset


def ordering(**keys):
    """Declare what a list is sorted by: the public word and its column."""
    return OrderingFilter(keys=keys, method="narrow_by_order", label=_("sorted by")), keys


COMMON_KEYS = {"created": "created_at", "updated": "updated_at"}


class OrganizationFilterSet(RegisterFilterSet):
    type = ChoicesFilter(OrganizationType, method="narrow_by_value", label=_("type"))
    parent = RecordFilter(Organization, method="narrow_by_value", label=_("unit of"))
    ordering, order_keys = ordering(name="name", acronym="acronym", **COMMON_KEYS)

    def with_partner(self, queryset, ids):
        return queryset.tied_to(ids, self.user)

    def in_regions(self, queryset, ids):
        return queryset.filter(country__in=Country.objects.in_regions(ids))

    def between(self, queryset, first, last):
        return queryset.active_between(first, last, self.user)


class AgreementFilterSet(RegisterFilterSet):
    kind = ChoicesFilter(Agreement.Kind, method="narrow_by_value", label=_("kind"))
    status = ChoicesFilter(Status, method="narrow_by_status", label=_("status"))
    signed_year = YearFilter(method="narrow_by_signature", label=_("year of signature"))
    parent = RecordFilter(Agreement, method="narrow_by_value", label=_("made under"))
    sdg = GoalFilter(method="narrow_by_goal", label=_("SDG"))
    ordering, order_keys = ordering(date="listed_on", title="title", kind="kind", **COMMON_KEYS)

    def between(self, queryset, first, last):
        return queryset.in_force_between(first, last)

    def narrow_by_signature(self, queryset, name, years):
        # “By 14 September 2020” says that it was signed at some time before: that is no signature of 2020.
        return queryset.filter(signed_on__year__in=years).exclude(signed_on_precision=Precision.BY)


class ProjectFilterSet(RegisterFilterSet):
    role = ChoicesFilter(Participation.Role, method="leave", label=_("the partner's role"))
    status = ChoicesFilter(ProjectStatus, method="narrow_by_status", label=_("status"))
    agreement = RecordFilter(Agreement, method="narrow_by_agreement", label=_("agreement"))
    funder = RecordFilter(Funder, method="narrow_by_funder", label=_("funder"))
    parent = RecordFilter(Project, method="narrow_by_value", label=_("part of"))
    sdg = GoalFilter(method="narrow_by_goal", label=_("SDG"))
    ordering, order_keys = ordering(date="listed_on", title="title", **COMMON_KEYS)

    def with_partner(self, queryset, ids):
        return queryset.with_partner(ids, self.user, roles=self.form.cleaned_data.get("role") or ())

    def between(self, queryset, first, last):
        return queryset.running_between(first, last)

    def narrow_by_agreement(self, queryset, name, agreements):
        links = Project.agreements.through.objects.filter(project=OuterRef("pk"), agreement__in=agreements)
        return queryset.filter(Exists(links))

    def narrow_by_funder(self, queryset, name, funders):
        paying = Contribution.objects.visible_to(self.user).filter(project=OuterRef("pk"), funders__in=funders)
        return queryset.filter(Exists(paying))


class FunderFilterSet(RegisterFilterSet):
    kind = ChoicesFilter(Funder.Kind, method="narrow_by_value", label=_("kind"))
    ordering, order_keys = ordering(name="name", **COMMON_KEYS)

    def in_regions(self, queryset, ids):
        return queryset.filter(organization__country__in=Country.objects.in_regions(ids))

    def between(self, queryset, first, last):
        return queryset.paying_between(first, last, self.user)


class ContributionFilterSet(RegisterFilterSet):
    funder = RecordFilter(Funder, method="narrow_by_funder", label=_("funder"))
    project = RecordFilter(Project, method="narrow_by_value", label=_("project"))
    event = RecordFilter(Event, method="narrow_by_value", label=_("event"))
    agreement = RecordFilter(Agreement, method="narrow_by_value", label=_("agreement"))
    stage = ChoicesFilter(Contribution.Stage, method="narrow_by_value", label=_("stage"))
    currency = TextFilter(method="narrow_by_currency", label=_("currency"))
    in_kind = FlagFilter(method="narrow_by_flag", label=_("in kind"))
    ordering, order_keys = ordering(date="listed_on", **COMMON_KEYS)

    def between(self, queryset, first, last):
        return queryset.filter(dated_on__range=(first, last))

    def narrow_by_funder(self, queryset, name, funders):
        links = Contribution.funders.through.objects.filter(contribution=OuterRef("pk"), funder__in=funders)
        return queryset.filter(Exists(links))

    def narrow_by_currency(self, queryset, name, value):
        return queryset.filter(currency=value.upper())


class IndicatorFilterSet(RegisterFilterSet):
    project = RecordFilter(Project, method="narrow_by_value", label=_("project"))
    ordering, order_keys = ordering(title="title", **COMMON_KEYS)

    def between(self, queryset, first, last):
        return queryset.measured_between(first, last)


class EventFilterSet(RegisterFilterSet):
    kind = ChoicesFilter(Event.Kind, method="narrow_by_value", label=_("kind"))
    role = ChoicesFilter(EventParticipation.Role, method="leave", label=_("the partner's role"))
    online = FlagFilter(method="narrow_by_online", label=_("online"))
    ordering, order_keys = ordering(date="listed_on", name="name", **COMMON_KEYS)

    def with_partner(self, queryset, ids):
        return queryset.with_partner(ids, self.user, roles=self.form.cleaned_data.get("role") or ())

    def between(self, queryset, first, last):
        return queryset.held_between(first, last)

    def narrow_by_online(self, queryset, name, value):
        return queryset.filter(is_online=value)


class PersonFilterSet(RegisterFilterSet):
    ordering, order_keys = ordering(name="sort_name", **COMMON_KEYS)

    def in_countries(self, queryset, ids):
        return queryset.in_countries(ids, self.user)

    def in_regions(self, queryset, ids):
        return queryset.in_countries(Country.objects.in_regions(ids).values("pk"), self.user)

    def between(self, queryset, first, last):
        return queryset.active_between(first, last, self.user)


class PlaceFilterSet(RegisterFilterSet):
    """Countries and regions: those in which the register has something to show for the question."""

    def between(self, queryset, first, last):
        return queryset.busy_between(first, last, self.user)


class CountryFilterSet(PlaceFilterSet):
    ordering, order_keys = ordering(name="name_en", code="alpha2")


class RegionFilterSet(PlaceFilterSet):
    kind = ChoicesFilter(Region.Kind, method="narrow_by_value", label=_("kind"))
    ordering, order_keys = ordering(name="name_en")

    def in_countries(self, queryset, ids):
        return queryset.containing(ids)

    def in_regions(self, queryset, ids):
        return queryset.below(ids)
