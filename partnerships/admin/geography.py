"""Countries, regions and goals at the desk. They are loaded by commands; here they are looked up, and rarely changed."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from partnerships.models import Country, Goal, Region

from .fields import DeskFields
from .looked_at import Unchangeable

NAMES = [f"name_{language}" for language in ("en", "fr", "es", "ar", "ru", "zh")]


class PlaceAdmin(DeskFields, admin.ModelAdmin):
    list_per_page = 50
    show_full_result_count = False
    view_on_site = True


@admin.register(Country)
class CountryAdmin(PlaceAdmin):
    short_field = "alpha2"
    list_display = ["name_en", "alpha2", "alpha3", "m49", "is_ldc", "is_lldc", "is_sids"]
    list_filter = ["is_ldc", "is_lldc", "is_sids"]
    search_fields = ["=alpha2", "=alpha3", *NAMES]
    autocomplete_fields = ["regions"]
    fieldsets = [
        (None, {"fields": [("alpha2", "alpha3", "m49"), "slug", "regions"]}),
        (_("Names"), {"fields": NAMES}),
        (_("Facts"), {"fields": [("latitude", "longitude"), "is_ldc", "is_lldc", "is_sids"]}),
    ]

    def choice_label(self, country):
        return f"{country} ({country.alpha2})"


@admin.register(Region)
class RegionAdmin(PlaceAdmin):
    list_display = ["name_en", "kind", "code", "parent"]
    list_filter = ["kind"]
    list_select_related = ["parent"]
    search_fields = ["=code", *NAMES]
    autocomplete_fields = ["parent"]
    fieldsets = [
        (None, {"fields": ["kind", "code", "slug", "parent", "note"]}),
        (_("Names"), {"fields": NAMES}),
    ]


@admin.register(Goal)
class GoalAdmin(Unchangeable):
    """The seventeen are given by the General Assembly; nobody adds one here."""

    list_display = ["number", "title"]
    list_display_links = ["title"]
    search_fields = ["=number", "title"]
