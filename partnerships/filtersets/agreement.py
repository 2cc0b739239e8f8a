from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerships.dates import Precision
from partnerships.filters import ChoicesFilter, GoalFilter, RecordFilter, YearFilter
from partnerships.lookups import Date, PeriodFilter, SpanFilter, Text
from partnerships.models import Agreement, Event, Project, Status

from .base import COMMON_KEYS, RECORD_LOOKUPS, RegisterFilterSet, as_of, has_evidence, ordering


class AgreementFilterSet(RegisterFilterSet):
    kind = ChoicesFilter(Agreement.Kind, method="narrow_by_value", label=_("kind"))
    status = ChoicesFilter(Status, method="narrow_by_status", label=_("status"))
    signed_year = YearFilter(method="narrow_by_signature", label=_("year of signature"))
    in_force_on = PeriodFilter(method="narrow_by_force", label=_("in force on"))
    expiring_within = SpanFilter(method="narrow_by_expiry", label=_("ends within"))
    parent = RecordFilter(Agreement, method="narrow_by_value", label=_("made under"))
    project = RecordFilter(Project, method="narrow_by_linked", label=_("project"))
    event = RecordFilter(Event, method="narrow_by_linked", label=_("event"))
    sdg = GoalFilter(method="narrow_by_goal", label=_("SDG"))
    has_evidence = has_evidence()
    as_of = as_of()
    ordering, order_keys = ordering(date="listed_on", title="title", kind="kind", reference="reference", **COMMON_KEYS)

    lookups = {
        **RECORD_LOOKUPS,
        "title": Text(_("title"), required=True),
        "short_title": Text(_("short title")),
        "reference": Text(_("reference")),
        "place": Text(_("place of signature")),
        "signed_on": Date(_("signed")),
        "entered_into_force_on": Date(_("entered into force")),
        "ends_on": Date(_("ends")),
        "terminated_on": Date(_("terminated")),
    }
    negated = (*RegisterFilterSet.negated, "kind", "status", "parent", "project", "event", "sdg")
    emptied = {
        "country": "countries",
        "parent": "parent",
        "project": "projects",
        "event": "events",
        "partner": "parties",
        "sdg": "goals",
    }

    def with_partner(self, queryset, ids):
        return queryset.with_partner(ids, self.user, on=self.on)

    def between(self, queryset, first, last):
        return queryset.in_force_between(first, last)

    def narrow_by_signature(self, queryset, name, years):
        # “By 14 September 2020” says that it was signed at some time before: that is no signature of 2020.
        return queryset.filter(signed_on__year__in=years).exclude(signed_on_precision=Precision.BY)

    def narrow_by_force(self, queryset, name, periods):
        any_of = Q()
        for period in periods:
            any_of |= Q(pk__in=queryset.model.objects.in_force_between(period.first, period.last).values("pk"))
        return queryset.filter(any_of)

    def narrow_by_expiry(self, queryset, name, spans):
        return queryset.expiring(self.on or timezone.localdate(), spans[0])
