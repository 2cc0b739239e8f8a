"""Indicators: what was counted, from baseline to actual."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerships.filtersets import IndicatorFilterSet
from partnerships.models import Indicator

from .base import RegisterDetailView, RegisterListView


class IndicatorListView(RegisterListView):
    model = Indicator
    filterset_class = IndicatorFilterSet
    introduction = _("What the projects count, and the dated figures that the sources give.")
    phrases = {
        "partner": pgettext_lazy("partner", "of projects with %s"),
        "year": pgettext_lazy("year", "measured in %s"),
        "span": pgettext_lazy("years", "measured %s"),
    }


class IndicatorDetailView(RegisterDetailView):
    model = Indicator
    api_name = "indicators"
    template_name = "partnerships/indicator.html"
