"""The addresses of records: of their API resource, and of the page that people read."""

from functools import cache
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.encoding import iri_to_uri

from partnerships.models import (
    Agreement,
    Contribution,
    Country,
    Event,
    Funder,
    Indicator,
    Organization,
    Person,
    Project,
    Region,
)
from partnerships.names import NamesOn
from stories.models import NewsItem

# The word that names each noun's routes: `api:agreement-list`, `api:agreement-detail`.
NAMES = {
    Organization: "organization",
    Agreement: "agreement",
    Project: "project",
    Funder: "funder",
    Contribution: "contribution",
    Indicator: "indicator",
    Event: "event",
    Person: "person",
    NewsItem: "news",
    Country: "country",
    Region: "region",
}
WORDS = sorted(NAMES.values())
ROOT = "concord.root"  # in the environ: what root_of found


@cache
def list_path(model):
    return reverse(f"api:{NAMES[model]}-list")


def root_of(request):
    """The scheme and host that were asked; made once for each request. Raises DisallowedHost."""
    known = request.META.get(ROOT)
    if known is None:
        known = request.META[ROOT] = f"{request.scheme}://{request.get_host()}"
    return known


def path_of(request):
    """The absolute address of what was asked for, without its query."""
    return root_of(request) + iri_to_uri(request.path)


def with_query(request, pairs):
    """The absolute address of the same list with this query, given as pairs of names and values."""
    query = urlencode(pairs)
    return f"{path_of(request)}?{query}" if query else path_of(request)


class Links:
    """Absolute addresses for one request. The host is read once, not for each of a page's hundreds of records."""

    def __init__(self, request):
        self.root = root_of(request)

    def resource(self, record):
        return f"{self.root}{list_path(type(record))}{record.slug}/"

    def page(self, record):
        return self.root + record.get_absolute_url()

    def brief(self, record):
        """A record as others name it."""
        return {"id": record.pk, "url": self.resource(record), "display": str(record), "slug": record.slug}


class LinksOn(Links):
    """The same for a question `as_of` a day: organizations are named as they were called that day."""

    def __init__(self, request, on):
        super().__init__(request)
        self.names = NamesOn(request.user, on)

    def brief(self, record):
        return super().brief(record) | {"display": self.names.name(record)}
