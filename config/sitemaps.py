"""The addresses of everything that visitors may find: a sitemap for each noun, and one of the lists.

A page tells itself in which other languages it is; the sitemaps name each once, in English.
"""

from django.contrib.sitemaps import Sitemap
from django.db.models import Max
from django.urls import reverse

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
from partnerships.views.head import list_address
from stories.models import NewsItem

NOUNS = (
    Organization,
    Agreement,
    Project,
    Funder,
    Contribution,
    Indicator,
    Event,
    Person,
    NewsItem,
    Country,
    Region,
)


class RecordSitemap(Sitemap):
    """What visitors see of a noun, whoever asks; countries and regions have no date of their last change."""

    model = None

    def items(self):
        fields = ["slug", "updated_at"] if self.is_dated else ["slug"]
        return self.model.objects.visible_to(None).only(*fields).order_by("pk")

    @property
    def is_dated(self):
        return hasattr(self.model, "updated_at")

    def lastmod(self, record):
        return record.updated_at if self.is_dated else None

    def get_latest_lastmod(self):
        """Asked of the database: Django would read every record."""
        return self.items().aggregate(latest=Max("updated_at"))["latest"] if self.is_dated else None


class ListSitemap(Sitemap):
    def items(self):
        return [reverse("home"), reverse("partnerships:network"), *(list_address(model) for model in NOUNS)]

    def location(self, address):
        return address


SITEMAPS = {"lists": ListSitemap} | {
    model.noun: type(f"{model.__name__}Sitemap", (RecordSitemap,), {"model": model}) for model in NOUNS
}
