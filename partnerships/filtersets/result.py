from django.utils.translation import gettext_lazy as _

from partnerships.filters import FlagFilter, RecordFilter
from partnerships.lookups import Text
from partnerships.models import Project

from .base import COMMON_KEYS, RECORD_LOOKUPS, RegisterFilterSet, has_evidence, ordering


class IndicatorFilterSet(RegisterFilterSet):
    project = RecordFilter(Project, method="narrow_by_value", label=_("project"))
    fewer_is_better = FlagFilter(method="narrow_by_flag", label=_("fewer is better"))
    has_evidence = has_evidence()
    ordering, order_keys = ordering(title="title", unit="unit", **COMMON_KEYS)

    lookups = {**RECORD_LOOKUPS, "title": Text(_("title"), required=True), "unit": Text(_("unit"), required=True)}
    negated = (*RegisterFilterSet.negated, "project")
    emptied = {"country": "country"}

    def between(self, queryset, first, last):
        return queryset.measured_between(first, last)
