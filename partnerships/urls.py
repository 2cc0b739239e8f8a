"""The register's pages: a list for each noun, a page for each record, and what ties organizations together."""

from django.urls import path

from .views.agreement import AgreementDetailView, AgreementListView
from .views.contribution import ContributionDetailView, ContributionListView
from .views.country import CountryDetailView, CountryListView
from .views.event import EventDetailView, EventListView
from .views.funder import FunderDetailView, FunderListView
from .views.indicator import IndicatorDetailView, IndicatorListView
from .views.network import NetworkView
from .views.organization import OrganizationDetailView, OrganizationListView
from .views.person import PersonDetailView, PersonListView
from .views.picture import picture_of_register
from .views.project import ProjectDetailView, ProjectListView
from .views.region import RegionDetailView, RegionListView
from .views.routes import noun
from .views.together import choose, together

app_name = "partnerships"

urlpatterns = [
    *noun("organization", "organizations", OrganizationListView, OrganizationDetailView),
    *noun("agreement", "agreements", AgreementListView, AgreementDetailView),
    *noun("project", "projects", ProjectListView, ProjectDetailView),
    *noun("funder", "funders", FunderListView, FunderDetailView),
    *noun("contribution", "contributions", ContributionListView, ContributionDetailView),
    *noun("indicator", "indicators", IndicatorListView, IndicatorDetailView),
    *noun("event", "events", EventListView, EventDetailView),
    *noun("person", "people", PersonListView, PersonDetailView),
    *noun("country", "countries", CountryListView, CountryDetailView),
    *noun("region", "regions", RegionListView, RegionDetailView),
    path("picture.png", picture_of_register, name="picture"),
    path("network/", NetworkView.as_view(), name="network"),
    path("together/", choose, name="together-choose"),
    path("together/<path:addresses>/", together, name="together"),
]
