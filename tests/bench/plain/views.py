import csv

from django.db.models import Count
from django.http import HttpResponse
from django_filters import rest_framework as filters
from rest_framework.authentication import BasicAuthentication, SessionAuthentication
from rest_framework.decorators import action
from rest_framework.filters import SearchFilter
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.pagination import LimitOffsetPagination
from rest_framework.permissions import DjangoModelPermissionsOrAnonReadOnly
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.schemas.openapi import AutoSchema
from rest_framework.viewsets import ModelViewSet

from partnerships.models import Project
from stories.models import NewsItem

from .serializers import ProjectDetailSerializer, ProjectSerializer, StorySerializer


class Pages(LimitOffsetPagination):
    default_limit = 25
    max_limit = 100


class Plain(ModelViewSet):
    # All that Concord's settings would say otherwise, so that the views are the same inside its tests.
    authentication_classes = [SessionAuthentication, BasicAuthentication]
    permission_classes = [DjangoModelPermissionsOrAnonReadOnly]
    renderer_classes = [JSONRenderer]
    pagination_class = Pages
    filter_backends = [filters.DjangoFilterBackend, SearchFilter]
    content_negotiation_class = DefaultContentNegotiation
    schema = AutoSchema()


class ProjectFilter(filters.FilterSet):
    partner = filters.NumberFilter("participations__organization")
    country = filters.NumberFilter("countries")

    class Meta:
        model = Project
        fields = ["state"]


class ProjectViewSet(Plain):
    queryset = Project.objects.filter(state="published").prefetch_related("participations__organization", "countries")
    filterset_class = ProjectFilter

    def get_serializer_class(self):
        return ProjectDetailSerializer if self.action == "retrieve" else ProjectSerializer

    def get_queryset(self):
        projects = super().get_queryset()
        return projects.prefetch_related("contributions") if self.action == "retrieve" else projects

    @action(detail=False)
    def by_country(self, request):
        rows = self.filter_queryset(self.get_queryset()).filter(countries__isnull=False)
        counts = rows.values("countries__alpha2").annotate(count=Count("pk")).order_by("-count", "countries__alpha2")
        return Response([{"value": row["countries__alpha2"], "count": row["count"]} for row in counts[:30]])


class StoryFilter(filters.FilterSet):
    partner = filters.NumberFilter("organizations")
    country = filters.NumberFilter("countries")
    year = filters.NumberFilter("published_on__year")

    class Meta:
        model = NewsItem
        fields = ["language"]


class StoryViewSet(Plain):
    queryset = NewsItem.objects.filter(state="published").defer("body").prefetch_related("organizations", "countries")
    serializer_class = StorySerializer
    filterset_class = StoryFilter
    search_fields = ["title", "summary", "body"]

    @action(detail=False)
    def export(self, request):
        response = HttpResponse(content_type="text/csv")
        writer = csv.writer(response)
        writer.writerow(["id", "slug", "title", "published_on", "organizations", "countries", "source_url"])
        for story in self.filter_queryset(self.get_queryset()):
            partners = ";".join(one.name for one in story.organizations.all())
            countries = ";".join(one.name_en for one in story.countries.all())
            writer.writerow(
                [story.pk, story.slug, story.title, story.published_on, partners, countries, story.source_url]
            )
        return response
