"""Events at the desk."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from partnerships.filtersets import EventFilterSet
from partnerships.forms import HOW_TO_WRITE
from partnerships.models import Contribution, Event, EventParticipation

from .dated import words
from .files import DocumentInline
from .funding import amount_of
from .inlines import PartInline
from .record import RecordAdmin
from .related import STATE, add_address, linked_table, list_address
from .summary import money_by


class EventParticipationInline(PartInline):
    model = EventParticipation
    fields = ["organization", "role"]
    autocomplete_fields = ["organization"]


@admin.register(Event)
class EventAdmin(RecordAdmin):
    summaries = (money_by("event"),)
    filterset = EventFilterSet
    partner_link, country_link = "event_participations", "events"
    list_display = ["name", "kind", "partners", "where", "starts"]
    list_filter = ["kind", "is_online", "is_planned"]
    date_hierarchy = "starts_on"
    search_fields = [
        "name",
        "place",
        "participations__organization__name",
        "participations__organization__acronym",
        "participations__organization__names__name",
    ]
    search_help_text = _("Name, place, or an organizer or participant by any of its names")
    autocomplete_fields = ["countries", "regions", "projects", "agreements"]
    readonly_fields = ["contributions_here"]
    inlines = [EventParticipationInline, DocumentInline]
    fieldsets = [
        (None, {"fields": ["name", "kind", "description"]}),
        (_("When"), {"fields": [("starts", "ends"), "is_planned"], "description": HOW_TO_WRITE}),
        (_("Where"), {"fields": ["place", "is_online", "countries", "regions"]}),
        (_("What it belongs to"), {"fields": ["projects", "agreements", "contributions_here"]}),
    ]

    @admin.display(description=_("organizers and participants"))
    def partners(self, event):
        return words(dict.fromkeys(row.organization for row in event.participations.all()))

    @admin.display(description=_("where"))
    def where(self, event):
        online = [_("online")] if event.is_online else []
        return words([*filter(None, [event.place]), *event.countries.all(), *online])

    @admin.display(description=_("who paid"))
    def contributions_here(self, event):
        if not event.pk:
            return _("Save the event first; then contributions can be added here.")
        return linked_table(
            event.contributions.prefetch_related("funders").select_related("project", "event"),
            [(_("amount"), amount_of), (_("date"), lambda row: row.dated or "–"), STATE],
            add_address(Contribution, event=event.pk),
            list_address(Contribution, event__id__exact=event.pk),
        )
