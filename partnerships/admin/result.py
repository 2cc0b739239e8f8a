"""Results at the desk: indicators with their figures."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from partnerships.filtersets import IndicatorFilterSet
from partnerships.models import Indicator, Measurement

from .inlines import PartAdmin, PartInline
from .record import RecordAdmin


class MeasurementInline(PartInline):
    model = Measurement
    fields = ["kind", "value", "at_least", "measured", "note"]


@admin.register(Indicator)
class IndicatorAdmin(RecordAdmin):
    filterset = IndicatorFilterSet
    partner_link, country_link = "participations", "project_countries"
    list_display = ["title", "project", "unit", "baseline", "target", "actual"]
    search_fields = ["title", "unit", "project__title", "project__short_title"]
    search_help_text = _("Title, unit or project")
    autocomplete_fields = ["project", "country"]
    inlines = [MeasurementInline]
    fieldsets = [(None, {"fields": ["project", "title", "unit", "country", "fewer_is_better", "description"]})]

    @admin.display(description=_("baseline"))
    def baseline(self, indicator):
        return indicator.baseline or "–"

    @admin.display(description=_("target"))
    def target(self, indicator):
        return indicator.target or "–"

    @admin.display(description=_("actual"))
    def actual(self, indicator):
        return indicator.actual or "–"


@admin.register(Measurement)
class MeasurementAdmin(PartAdmin):
    """Not a page of its own: it lets a story's evidence find the figure that it proves."""

    search_fields = ["indicator__title", "indicator__project__title", "indicator__project__short_title"]
    list_display = ["indicator", "kind", "value", "measured"]
    list_select_related = ["indicator"]

    def choice_label(self, measurement):
        return f"{measurement.indicator}: {measurement.get_kind_display()} {measurement}"
