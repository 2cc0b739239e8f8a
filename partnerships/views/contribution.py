"""Contributions: one amount, from whom, for what, and how far it has come."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerships.filtersets import ContributionFilterSet
from partnerships.models import Contribution

from .base import RegisterDetailView, RegisterListView


class ContributionListView(RegisterListView):
    model = Contribution
    filterset_class = ContributionFilterSet
    facets = ("stage", "funder", "partner", "country", "year")
    introduction = _(
        "Pledges, commitments and disbursements. An amount that no source states is shown as unknown, never as zero."
    )
    phrases = {
        "partner": pgettext_lazy("partner", "involving %s"),
        "year": pgettext_lazy("year", "dated %s"),
        "span": pgettext_lazy("years", "dated %s"),
    }


class ContributionDetailView(RegisterDetailView):
    model = Contribution
    api_name = "contributions"
    template_name = "partnerships/contribution.html"
