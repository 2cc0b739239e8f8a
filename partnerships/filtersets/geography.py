from django.utils.translation import gettext_lazy as _

from partnerships.filters import ChoicesFilter, FlagFilter
from partnerships.lookups import Code, Id, Text
from partnerships.models import Region

from .base import RegisterFilterSet, ordering

PLACE_LOOKUPS = {
    "id": Id(_("number")),
    "slug": Text(_("address"), only=["", "n", "isw"]),
    "name": Text(_("name in English"), "name_en", required=True),
}


class PlaceFilterSet(RegisterFilterSet):
    """Countries and regions: those in which the register has something to show for the question."""

    def between(self, queryset, first, last):
        return queryset.busy_between(first, last, self.user)


class CountryFilterSet(PlaceFilterSet):
    is_ldc = FlagFilter(method="narrow_by_flag", label=_("least developed country"))
    is_lldc = FlagFilter(method="narrow_by_flag", label=_("landlocked developing country"))
    is_sids = FlagFilter(method="narrow_by_flag", label=_("small island developing state"))
    ordering, order_keys = ordering(name="name_en", code="alpha2", slug="slug", id="pk")

    lookups = {
        **PLACE_LOOKUPS,
        "alpha2": Code(_("ISO alpha-2"), required=True),
        "alpha3": Code(_("ISO alpha-3"), required=True),
        "m49": Code(_("M49 code")),
    }


class RegionFilterSet(PlaceFilterSet):
    kind = ChoicesFilter(Region.Kind, method="narrow_by_value", label=_("kind"))
    ordering, order_keys = ordering(name="name_en", kind="kind", slug="slug", id="pk")

    lookups = {**PLACE_LOOKUPS, "code": Code(_("M49 code")), "note": Text(_("note"), only=["ic", "empty"])}
    negated = (*PlaceFilterSet.negated, "kind")
    emptied = {"country": "countries"}

    def in_countries(self, queryset, ids):
        return queryset.containing(ids)

    def in_regions(self, queryset, ids):
        return queryset.below(ids)
