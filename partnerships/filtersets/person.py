from django.utils.translation import gettext_lazy as _

from partnerships.lookups import Text
from partnerships.models import Country

from .base import COMMON_KEYS, RECORD_LOOKUPS, RegisterFilterSet, as_of, ordering


class PersonFilterSet(RegisterFilterSet):
    as_of = as_of()
    ordering, order_keys = ordering(name="sort_name", **COMMON_KEYS)

    lookups = {
        **RECORD_LOOKUPS,
        "name": Text(_("name"), required=True),
        "sort_name": Text(_("sorted as"), only=["isw"]),
        "honorific": Text(_("honorific"), only=["", "empty"]),
    }

    def with_partner(self, queryset, ids):
        return queryset.with_partner(ids, self.user, on=self.on)

    def in_countries(self, queryset, ids):
        return queryset.in_countries(ids, self.user, on=self.on)

    def in_regions(self, queryset, ids):
        return queryset.in_countries(Country.objects.in_regions(ids).values("pk"), self.user, on=self.on)

    def between(self, queryset, first, last):
        return queryset.active_between(first, last, self.user)
