from api.serializers import CountrySerializer, RegionRowSerializer, RegionSerializer
from partnerships.filtersets import CountryFilterSet, RegionFilterSet
from partnerships.models import Country, Region

from .base import RegisterViewSet


class PlaceViewSet(RegisterViewSet):
    """Places are facts, not records: always public, and the same for everybody."""

    def with_record(self, queryset):
        return self.with_rows(queryset)


class CountryViewSet(PlaceViewSet):
    """Countries by ISO 3166-1, with their names in six languages, their regions and groupings.

    One country's address takes its alpha-2 or alpha-3 code or its slug: `/countries/NE/`.

    - Which countries lie in the Sahel? `/countries/?region=sahel`
    - Where does the European Union work with us? `/countries/?partner=eu`
    """

    model = Country
    filterset_class = CountryFilterSet
    row_serializer = record_serializer = CountrySerializer
    parameter_notes = {
        "partner": "Where the partner has an agreement, a project or an event.",
        "year": "Where an agreement was in force, a project ran or an event was held in the year.",
    }

    def with_rows(self, queryset):
        return queryset.prefetch_related("regions")


class RegionViewSet(PlaceViewSet):
    """Regions by UN M49, and groupings such as the Sahel or the Western Balkans.

    One region's address takes its M49 code or its slug: `/regions/sahel/`.

    - Which regions and groupings list Niger? `/regions/?country=NE`
    """

    model = Region
    filterset_class = RegionFilterSet
    row_serializer = RegionRowSerializer
    record_serializer = RegionSerializer
    parameter_notes = {
        "partner": "With a record of the partner, or a country that has one.",
        "country": "That list this country.",
        "year": "With something that took place in the year.",
    }

    def with_rows(self, queryset):
        return queryset.select_related("parent")

    def with_record(self, queryset):
        return self.with_rows(queryset).prefetch_related("countries", "children")
