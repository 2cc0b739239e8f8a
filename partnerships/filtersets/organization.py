from django.utils.translation import gettext_lazy as _

from partnerships.filters import ChoicesFilter, RecordFilter
from partnerships.lookups import Text
from partnerships.models import Country, Organization, OrganizationType

from .base import COMMON_KEYS, RECORD_LOOKUPS, RegisterFilterSet, as_of, ordering


class OrganizationFilterSet(RegisterFilterSet):
    type = ChoicesFilter(OrganizationType, method="narrow_by_value", label=_("type"))
    parent = RecordFilter(Organization, method="narrow_by_value", label=_("unit of"))
    as_of = as_of()
    ordering, order_keys = ordering(name="name", acronym="acronym", type="type", **COMMON_KEYS)

    lookups = {
        **RECORD_LOOKUPS,
        "name": Text(_("name"), required=True),
        "acronym": Text(_("acronym")),
        "website": Text(_("website"), only=["ic", "empty"]),
    }
    negated = (*RegisterFilterSet.negated, "type", "parent")
    emptied = {"country": "country", "parent": "parent"}

    def with_partner(self, queryset, ids):
        return queryset.tied_to(ids, self.user, on=self.on)

    def in_regions(self, queryset, ids):
        return queryset.filter(country__in=Country.objects.in_regions(ids))

    def between(self, queryset, first, last):
        return queryset.active_between(first, last, self.user)
