from django.utils.translation import gettext_lazy as _

from partnerships.filters import ChoicesFilter, FlagFilter, RecordFilter
from partnerships.lookups import Date, Text
from partnerships.models import Agreement, Event, EventParticipation, Project

from .base import COMMON_KEYS, RECORD_LOOKUPS, RegisterFilterSet, ordering


class EventFilterSet(RegisterFilterSet):
    kind = ChoicesFilter(Event.Kind, method="narrow_by_value", label=_("kind"))
    role = ChoicesFilter(EventParticipation.Role, method="leave", label=_("the partner's role"))
    agreement = RecordFilter(Agreement, method="narrow_by_linked", label=_("agreement"))
    project = RecordFilter(Project, method="narrow_by_linked", label=_("project"))
    online = FlagFilter(method="narrow_by_online", label=_("online"))
    planned = FlagFilter(method="narrow_by_planned", label=_("only announced"))
    ordering, order_keys = ordering(date="listed_on", name="name", kind="kind", **COMMON_KEYS)

    lookups = {
        **RECORD_LOOKUPS,
        "name": Text(_("name"), required=True),
        "place": Text(_("place")),
        "starts_on": Date(_("from")),
        "ends_on": Date(_("to")),
    }
    negated = (*RegisterFilterSet.negated, "kind", "agreement", "project")
    emptied = {"country": "countries", "agreement": "agreements", "project": "projects"}

    def with_partner(self, queryset, ids):
        return queryset.with_partner(ids, self.user, roles=self.asked("role", ()))

    def between(self, queryset, first, last):
        return queryset.held_between(first, last)

    def narrow_by_online(self, queryset, name, value):
        return queryset.filter(is_online=value)

    def narrow_by_planned(self, queryset, name, value):
        return queryset.filter(is_planned=value)
