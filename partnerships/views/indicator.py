"""Indicators: what was counted, from baseline to actual."""

from django.utils.translation import gettext_lazy as _

from partnerships.filtersets import IndicatorFilterSet
from partnerships.models import Indicator

from .base import RegisterDetailView, RegisterListView


class IndicatorListView(RegisterListView):
    model = Indicator
    filterset_class = IndicatorFilterSet
    introduction = _("What the projects count, and the dated figures that the sources give.")
    phrases = {"partner": _("of projects with %s"), "year": _("measured in %s"), "span": _("measured %s")}
    country_paths = ("indicators", "projects__indicators")
    partner_paths = ("participations__project__indicators",)


class IndicatorDetailView(RegisterDetailView):
    model = Indicator
    api_name = "indicators"
    template_name = "partnerships/indicator.html"
