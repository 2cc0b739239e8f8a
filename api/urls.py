"""The addresses below /api/v1/."""

from django.urls import include, path, re_path
from rest_framework.routers import SimpleRouter

from .links import NAMES
from .viewsets.agreement import AgreementViewSet
from .viewsets.changes import ChangesView
from .viewsets.documentation import DocumentationView, SchemaView
from .viewsets.event import EventViewSet
from .viewsets.funding import ContributionViewSet, FunderViewSet
from .viewsets.geography import CountryViewSet, RegionViewSet
from .viewsets.news_item import NewsItemViewSet
from .viewsets.organization import OrganizationViewSet
from .viewsets.person import PersonViewSet
from .viewsets.project import ProjectViewSet
from .viewsets.result import IndicatorViewSet
from .viewsets.root import MORE, NothingView, RootView
from .viewsets.search import SearchView
from .viewsets.stats import StatsView

app_name = "api"

NOUNS = {
    "organizations": OrganizationViewSet,
    "agreements": AgreementViewSet,
    "projects": ProjectViewSet,
    "funders": FunderViewSet,
    "contributions": ContributionViewSet,
    "indicators": IndicatorViewSet,
    "events": EventViewSet,
    "people": PersonViewSet,
    "news": NewsItemViewSet,
    "countries": CountryViewSet,
    "regions": RegionViewSet,
}

router = SimpleRouter()
for word, viewset in NOUNS.items():
    router.register(word, viewset, basename=NAMES[viewset.model])

routes = {word: f"api:{NAMES[viewset.model]}-list" for word, viewset in NOUNS.items()}
routes |= {word: f"api:{word}" for word in MORE}

urlpatterns = [
    path("", RootView.as_view(names=routes), name="root"),
    path("", include(router.urls)),
    path("search/", SearchView.as_view(), name="search"),
    path("stats/", StatsView.as_view(nouns=NOUNS), name="stats"),
    path("changes/", ChangesView.as_view(), name="changes"),
    path("schema/", SchemaView.as_view(), name="schema"),
    path("docs/", DocumentationView.as_view(), name="docs"),
    # Only with the slash at the end: without it, Django first tries whether the slash was forgotten.
    re_path(r"^.*/$", NothingView.as_view()),
]
