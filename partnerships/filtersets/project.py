from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from partnerships.filters import ChoicesFilter, GoalFilter, RecordFilter
from partnerships.lookups import Date, Text
from partnerships.models import Agreement, Contribution, Event, Funder, Participation, Project, ProjectStatus

from .base import COMMON_KEYS, RECORD_LOOKUPS, RegisterFilterSet, as_of, has_evidence, ordering


class ProjectFilterSet(RegisterFilterSet):
    role = ChoicesFilter(Participation.Role, method="leave", label=_("the partner's role"))
    status = ChoicesFilter(ProjectStatus, method="narrow_by_status", label=_("status"))
    agreement = RecordFilter(Agreement, method="narrow_by_linked", label=_("agreement"))
    event = RecordFilter(Event, method="narrow_by_linked", label=_("event"))
    funder = RecordFilter(Funder, method="narrow_by_funder", label=_("funder"))
    parent = RecordFilter(Project, method="narrow_by_value", label=_("part of"))
    sdg = GoalFilter(method="narrow_by_goal", label=_("SDG"))
    has_evidence = has_evidence()
    as_of = as_of()
    ordering, order_keys = ordering(date="listed_on", title="title", reference="reference", **COMMON_KEYS)

    lookups = {
        **RECORD_LOOKUPS,
        "title": Text(_("title"), required=True),
        "short_title": Text(_("short title")),
        "reference": Text(_("reference")),
        "starts_on": Date(_("starts")),
        "ends_on": Date(_("ends")),
    }
    negated = (*RegisterFilterSet.negated, "status", "agreement", "event", "funder", "parent", "sdg")
    emptied = {
        "country": "countries",
        "agreement": "agreements",
        "event": "events",
        "parent": "parent",
        "sdg": "goals",
    }

    def with_partner(self, queryset, ids):
        return queryset.with_partner(ids, self.user, roles=self.asked("role", ()), on=self.on)

    def between(self, queryset, first, last):
        return queryset.running_between(first, last)

    def narrow_by_funder(self, queryset, name, funders):
        paying = Contribution.objects.visible_to(self.user).known_by(self.on)
        return queryset.filter(Exists(paying.filter(project=OuterRef("pk"), funders__in=funders)))
