"""Regions and groupings: what the register records in them and below them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerships.charts.world import frame_around
from partnerships.filtersets import RegionFilterSet
from partnerships.models import Country, Region

from .base import RegisterListView
from .mapped import map_of_ties
from .place import InAlphabet, PlaceDetailView


class RegionListView(InAlphabet, RegisterListView):
    model = Region
    filterset_class = RegionFilterSet
    facets = ("kind", "country", "partner", "year")
    introduction = _("The regions of UN M49, and groupings in common use such as the Sahel.")
    phrases = {
        "partner": pgettext_lazy("partner", "in which %s works"),
        "country": pgettext_lazy("country", "with %s"),
        "year": pgettext_lazy("year", "with records in %s"),
    }

    def for_rows(self, records):
        return records.select_related("parent")


class RegionDetailView(PlaceDetailView):
    model = Region
    api_name = "regions"
    template_name = "partnerships/region.html"

    def question(self, record):
        return {"region": record.slug}

    def for_page(self, records):
        return records.select_related("parent")

    def narrowed(self, records, place):
        if hasattr(records, "in_regions"):
            return records.in_regions([place.pk])
        return records.in_countries(Country.objects.in_regions([place.pk]).values("pk"))

    def about(self, record):
        visible = Region.objects.visible_to(self.request.user)
        members = list(Country.objects.in_regions([record.pk]))
        frame = frame_around((one.latitude, one.longitude) for one in members if one.latitude is not None)
        return {
            **super().about(record),
            "children": visible.filter(parent=record),
            "members": members,
            "map": map_of_ties(
                self.request, lambda records: records.in_regions([record.pk]), self.question(record), frame
            ),
        }
