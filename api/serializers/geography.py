"""Countries, regions and goals."""

from rest_framework import serializers

from partnerships.models import Country, Goal, Region

from .base import COMMON, BriefSerializer, LeanSerializer, PageField, ResourceField


class CountryBriefSerializer(BriefSerializer):
    """A country as records name it."""

    alpha2 = serializers.CharField(read_only=True, help_text="ISO 3166-1 alpha-2 code.")

    def to_representation(self, country):
        return super().to_representation(country) | {"alpha2": country.alpha2}


class RegionBriefSerializer(BriefSerializer):
    """A region as records name it."""

    code = serializers.CharField(read_only=True, allow_null=True, help_text="UN M49 code; null for other groupings.")

    def to_representation(self, region):
        return super().to_representation(region) | {"code": region.code}


class NamesSerializer(serializers.Serializer):
    """The names in the six official languages of the United Nations."""

    en = serializers.CharField(read_only=True)
    fr = serializers.CharField(read_only=True)
    es = serializers.CharField(read_only=True)
    ar = serializers.CharField(read_only=True)
    ru = serializers.CharField(read_only=True)
    zh = serializers.CharField(read_only=True)

    def to_representation(self, names):
        return names


class PlaceSerializer(LeanSerializer):
    url = ResourceField()
    page_url = PageField()
    display = serializers.CharField(source="name", read_only=True, help_text="Its name.")
    names = NamesSerializer(read_only=True)


class CountrySerializer(PlaceSerializer):
    """A country, with its codes, its names and the regions and groupings that list it."""

    regions = RegionBriefSerializer(many=True, read_only=True)
    latitude = serializers.FloatField(read_only=True, allow_null=True, help_text="Degrees north, of its middle.")
    longitude = serializers.FloatField(read_only=True, allow_null=True, help_text="Degrees east, of its middle.")

    class Meta:
        model = Country
        fields = [
            *COMMON,
            "names",
            "alpha2",
            "alpha3",
            "m49",
            "regions",
            "latitude",
            "longitude",
            "is_ldc",
            "is_lldc",
            "is_sids",
        ]


class RegionRowSerializer(PlaceSerializer):
    """A region or grouping."""

    kind_label = serializers.CharField(source="get_kind_display", read_only=True)
    parent = RegionBriefSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Region
        fields = [*COMMON, "names", "code", "kind", "kind_label", "parent", "note"]


class RegionSerializer(RegionRowSerializer):
    """A region or grouping, with the countries that it lists and the regions within it."""

    countries = CountryBriefSerializer(many=True, read_only=True)
    children = RegionBriefSerializer(many=True, read_only=True)

    class Meta(RegionRowSerializer.Meta):
        fields = [*RegionRowSerializer.Meta.fields, "countries", "children"]


class GoalSerializer(LeanSerializer):
    """A Sustainable Development Goal."""

    class Meta:
        model = Goal
        fields = ["number", "title"]
