"""People at the desk: a name and offices. There is no field for contact data, and there must be none."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from partnerships.filtersets import PersonFilterSet
from partnerships.models import Office, Person, Signature

from .dated import words
from .inlines import PartInline
from .merging import MergingAdmin
from .record import RecordAdmin


class OfficeInline(PartInline):
    model = Office
    fields = ["title", "organization", "held_from", "held_to"]
    autocomplete_fields = ["organization"]


@admin.register(Person)
class PersonAdmin(MergingAdmin, RecordAdmin):
    merge_choice = (Signature, "person")
    filterset = PersonFilterSet
    partner_link, country_link = "offices", "organizations__offices"
    list_display = ["name", "honorific", "offices"]
    search_fields = [
        "name",
        "sort_name",
        "offices__title",
        "offices__organization__name",
        "offices__organization__acronym",
        "offices__organization__names__name",
    ]
    search_help_text = _("Name, office, or an organization by any of its names")
    ordering = ["sort_name", "pk"]
    inlines = [OfficeInline]
    fieldsets = [
        (
            None,
            {
                "fields": [("honorific", "name"), "sort_name"],
                "description": _("Name and offices only: no telephone number, no address, no e-mail."),
            },
        )
    ]

    @admin.display(description=_("offices"))
    def offices(self, person):
        return words(list(person.offices.all()), most=2)
