"""Projects at the desk, with who takes part and where; their money and results are linked."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from partnerships.filtersets import ProjectFilterSet
from partnerships.forms import HOW_TO_WRITE
from partnerships.models import Contribution, Indicator, Participation, Project, ProjectCountry, ProjectStatus

from .dated import words
from .files import DocumentInline
from .filters import StatusFilter
from .funding import amount_of
from .inlines import PartInline
from .record import RecordAdmin
from .related import STATE, add_address, linked_table, list_address
from .summary import money_by, participants, status_today


class ParticipationInline(PartInline):
    model = Participation
    fields = ["organization", "role", "note"]
    autocomplete_fields = ["organization"]


class ProjectCountryInline(PartInline):
    model = ProjectCountry
    fields = ["country", "percentage"]
    autocomplete_fields = ["country"]


@admin.register(Project)
class ProjectAdmin(RecordAdmin):
    filterset = ProjectFilterSet
    partner_link, country_link, statuses = "participations", "project_countries", ProjectStatus
    list_display = ["title", "short_title", "partners", "countries_here", "starts", "ends", "status"]
    list_filter = [StatusFilter]
    date_hierarchy = "starts_on"
    short_field = "short_title"
    search_fields = [
        "title",
        "short_title",
        "reference",
        "participations__organization__name",
        "participations__organization__acronym",
        "participations__organization__names__name",
    ]
    search_help_text = _("Title, short title, reference, or a participant by any of its names")
    autocomplete_fields = ["parent", "regions", "agreements", "goals"]
    readonly_fields = ["status", "components_here", "contributions_here", "indicators_here"]
    inlines = [ParticipationInline, ProjectCountryInline, DocumentInline]
    fieldsets = [
        (None, {"fields": ["title", ("short_title", "reference"), "description"]}),
        (_("Dates"), {"fields": [("starts", "ends"), "status"], "description": HOW_TO_WRITE}),
        (_("Its place among the others"), {"fields": ["parent", "agreements", "components_here"]}),
        (_("Where and what for"), {"fields": ["regions", "goals"]}),
        (_("Money and results"), {"fields": ["contributions_here", "indicators_here"]}),
    ]

    summaries = (status_today, participants, money_by("project"))

    @admin.display(description=_("participants"))
    def partners(self, project):
        return words(dict.fromkeys(row.organization for row in project.participations.all()))

    @admin.display(description=_("countries"))
    def countries_here(self, project):
        return words([row.country for row in project.project_countries.all()])

    @admin.display(description=_("status today"))
    def status(self, project):
        return project.status().label if project.pk else "–"

    @admin.display(description=_("components"))
    def components_here(self, project):
        if not project.pk:
            return "–"
        every = list_address(Project, parent__id__exact=project.pk)
        return linked_table(project.components.all(), [STATE], every=every)

    @admin.display(description=_("contributions"))
    def contributions_here(self, project):
        if not project.pk:
            return _("Save the project first; then contributions can be added here.")
        return linked_table(
            project.contributions.prefetch_related("funders").select_related("project", "event"),
            [(_("amount"), amount_of), (_("date"), lambda row: row.dated or "–"), STATE],
            add_address(Contribution, project=project.pk),
            list_address(Contribution, project__id__exact=project.pk),
        )

    @admin.display(description=_("indicators"))
    def indicators_here(self, project):
        if not project.pk:
            return _("Save the project first; then indicators can be added here.")
        return linked_table(
            project.indicators.prefetch_related("measurements"),
            [(_("baseline"), lambda row: row.baseline or "–"), (_("actual"), lambda row: row.actual or "–"), STATE],
            add_address(Indicator, project=project.pk),
            list_address(Indicator, project__id__exact=project.pk),
        )
