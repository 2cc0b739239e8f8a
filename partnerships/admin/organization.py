"""Organizations at the desk, with the names they go by and the units below them."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from partnerships.filtersets import OrganizationFilterSet
from partnerships.models import Organization, OrganizationName

from .filters import CountryFilter, PartnerFilter, YearFilter
from .inlines import PartInline
from .merging import MergingAdmin
from .record import RecordAdmin
from .related import STATE, add_address, linked_table, list_address
from .summary import ties
from .todo import TodoFilter


class TiedFilter(PartnerFilter):
    """For an organization, the partner is another one with which it shares an agreement, a project or an event."""

    title = _("tie with")


class OrganizationNameInline(PartInline):
    model = OrganizationName
    fields = ["name", "kind", "language", "used_from", "used_to"]


@admin.register(Organization)
class OrganizationAdmin(MergingAdmin, RecordAdmin):
    merge_choice = (Organization, "parent")
    summaries = (ties,)
    filterset = OrganizationFilterSet
    country_link = "organizations"
    list_display = ["name", "acronym", "type", "parent_name", "country"]
    list_filter = ["type"]
    short_field = "acronym"
    search_fields = ["name", "acronym", "names__name"]
    search_help_text = _("Name, acronym, former name or translation")
    autocomplete_fields = ["parent", "country"]
    readonly_fields = ["units_here"]
    inlines = [OrganizationNameInline]
    fieldsets = [
        (None, {"fields": [("name", "acronym"), "type", "parent", "country"]}),
        (_("About it"), {"fields": ["description", "website"]}),
        (_("Units"), {"fields": ["units_here"]}),
    ]

    def get_list_filter(self, request):
        return [TodoFilter, TiedFilter, CountryFilter, YearFilter, "state", *self.list_filter]

    @admin.display(description=_("unit of"), ordering="parent__name")
    def parent_name(self, organization):
        return organization.parent.short_name if organization.parent else "–"

    @admin.display(description=_("units below it"))
    def units_here(self, organization):
        if not organization.pk:
            return _("Save the organization first; then units can be added here.")
        return linked_table(
            organization.units.all(),
            [(_("acronym"), lambda unit: unit.acronym or "–"), STATE],
            add_address(Organization, parent=organization.pk),
            list_address(Organization, parent__id__exact=organization.pk),
        )
