"""Countries: the agreements, projects, money and events that name them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerships.filtersets import CountryFilterSet
from partnerships.models import Country

from .mapped import MappedCountriesView
from .place import InAlphabet, PlaceDetailView


class CountryListView(InAlphabet, MappedCountriesView):
    model = Country
    filterset_class = CountryFilterSet
    facets = ("region", "partner", "year")
    introduction = _("The countries of ISO 3166-1, each with what the register records there.")
    phrases = {
        "partner": pgettext_lazy("partner", "in which %s works"),
        "country": pgettext_lazy("country", "named %s"),
        "year": pgettext_lazy("year", "with records in %s"),
    }

    def for_rows(self, records):
        return records.prefetch_related("regions")


class CountryDetailView(PlaceDetailView):
    model = Country
    api_name = "countries"
    template_name = "partnerships/country.html"

    def for_page(self, records):
        return records.prefetch_related("regions")

    def question(self, record):
        return {"country": record.alpha2}

    def narrowed(self, records, place):
        return records.in_countries([place.pk])
