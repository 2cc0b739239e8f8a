"""Money at the desk: funders and what they give."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from partnerships.filtersets import ContributionFilterSet, FunderFilterSet
from partnerships.models import Contribution, Funder
from partnerships.money import exact

from .merging import MergingAdmin
from .record import RecordAdmin
from .related import STATE, add_address, linked_table, list_address
from .summary import money_by


def amount_of(contribution):
    """The amount with its currency; an unknown one is said, and is not 0."""
    if contribution.amount is None:
        return _("not known")
    return exact(contribution.amount, contribution.currency)


@admin.register(Funder)
class FunderAdmin(MergingAdmin, RecordAdmin):
    merge_choice = (Contribution, "funders")
    summaries = (money_by("funders"),)
    filterset = FunderFilterSet
    partner_link, country_link = "funders", "organizations__funders"
    short_field = "acronym"
    list_display = ["name", "acronym", "kind", "organization"]
    list_filter = ["kind"]
    search_fields = [
        "name",
        "acronym",
        "organization__name",
        "organization__acronym",
        "organization__names__name",
    ]
    search_help_text = _("Name, acronym, or the organization behind it")
    autocomplete_fields = ["organization"]
    readonly_fields = ["contributions_here"]
    fieldsets = [
        (None, {"fields": [("name", "acronym"), "kind", "organization", "description"]}),
        (_("What it has given"), {"fields": ["contributions_here"]}),
    ]

    @admin.display(description=_("contributions"))
    def contributions_here(self, funder):
        if not funder.pk:
            return _("Save the funder first; then contributions can be added here.")
        return linked_table(
            funder.contributions.prefetch_related("funders").select_related("project", "event"),
            [(_("amount"), amount_of), (_("date"), lambda row: row.dated or "–"), STATE],
            add_address(Contribution, funders=funder.pk),
            list_address(Contribution, funders__id__exact=funder.pk),
        )


@admin.register(Contribution)
class ContributionAdmin(RecordAdmin):
    filterset = ContributionFilterSet
    partner_link, country_link = "funders__contributions", "project_countries__project__contributions"
    list_display = ["__str__", "stage", "amount_column", "dated"]
    list_filter = ["stage", "in_kind", "currency"]
    date_hierarchy = "dated_on"
    search_fields = [
        "funders__name",
        "funders__acronym",
        "project__title",
        "project__short_title",
        "event__name",
        "agreement__title",
        "description",
    ]
    search_help_text = _("Funder, project, event or agreement")
    autocomplete_fields = ["funders", "project", "event", "agreement", "recipient"]
    fieldsets = [
        (None, {"fields": ["funders", "project", "event", "agreement", "recipient"]}),
        (_("The money"), {"fields": ["stage", ("amount", "currency"), "in_kind", "dated", "description"]}),
    ]

    @admin.display(description=_("amount"), ordering="amount")
    def amount_column(self, contribution):
        return amount_of(contribution)
