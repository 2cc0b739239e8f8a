from rest_framework import serializers

from partnerships.models import Contribution, Country, Organization, Project
from stories.models import NewsItem


class OrganizationSerializer(serializers.ModelSerializer):
    class Meta:
        model = Organization
        fields = ["id", "slug", "name"]


class CountrySerializer(serializers.ModelSerializer):
    name = serializers.CharField(source="name_en")

    class Meta:
        model = Country
        fields = ["id", "slug", "name"]


class ContributionSerializer(serializers.ModelSerializer):
    class Meta:
        model = Contribution
        fields = ["id", "amount", "currency"]


class ProjectSerializer(serializers.ModelSerializer):
    organizations = serializers.SerializerMethodField()
    countries = CountrySerializer(many=True)

    class Meta:
        model = Project
        fields = ["id", "slug", "title", "reference", "starts_on", "ends_on", "organizations", "countries"]

    def get_organizations(self, project):
        taking_part = [participation.organization for participation in project.participations.all()]
        return OrganizationSerializer(taking_part, many=True).data


class ProjectDetailSerializer(ProjectSerializer):
    contributions = ContributionSerializer(many=True)

    class Meta(ProjectSerializer.Meta):
        fields = [*ProjectSerializer.Meta.fields, "description", "contributions"]


class StorySerializer(serializers.ModelSerializer):
    organizations = OrganizationSerializer(many=True)
    countries = CountrySerializer(many=True)

    class Meta:
        model = NewsItem
        fields = [
            "id",
            "slug",
            "title",
            "language",
            "summary",
            "published_on",
            "event_start_on",
            "source_url",
            "organizations",
            "countries",
        ]
