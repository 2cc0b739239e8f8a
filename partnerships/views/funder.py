"""Funders: sources of money, and what they pay for."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerships.filtersets import FunderFilterSet
from partnerships.models import Contribution, Funder

from .base import RegisterDetailView, RegisterListView, Section, asking
from .money import pictures_of


class FunderListView(RegisterListView):
    model = Funder
    filterset_class = FunderFilterSet
    facets = ("kind", "partner", "country", "year")
    introduction = _("Governments, ministries, trust funds and budget lines; each belongs to an organization.")
    phrases = {
        "partner": pgettext_lazy("partner", "of %s"),
        "year": pgettext_lazy("year", "paying in %s"),
        "span": pgettext_lazy("years", "paying %s"),
    }


class FunderDetailView(RegisterDetailView):
    model = Funder
    api_name = "funders"
    template_name = "partnerships/funder.html"

    def sections(self, record):
        slug, paid = record.slug, Contribution.objects.visible_to(self.request.user).filter(funders=record)
        return [
            Section(
                _("Contributions"),
                list(record.contributions.all()),
                asking("contribution", funder=slug),
                most=25,
                pictures=pictures_of(self.request, paid, ("year", "purpose"), funder=slug),
            )
        ]
