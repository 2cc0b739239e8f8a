"""Who works at the desk. An administrator gives people their roles; only a superuser makes superusers."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _

admin.site.unregister(User)


@admin.register(User)
class DeskUserAdmin(UserAdmin):
    list_display = ["username", "first_name", "last_name", "roles", "is_active", "last_login"]
    list_filter = ["is_active", "groups"]
    list_per_page = 50
    show_full_result_count = False
    filter_horizontal = []
    autocomplete_fields = ["groups"]
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": ["first_name", "last_name", "email"]}),
        (
            _("Role"),
            {
                "fields": ["is_active", "is_staff", "groups", "is_superuser"],
                "description": _(
                    "Staff may sign in at the desk. What they may do there comes from their groups. Whoever leaves is no "
                    "longer active: nobody is deleted, so that the history goes on saying who did what."
                ),
            },
        ),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    # Where a colleague is chosen, by whoever works at the desk.
    def has_choice_permission(self, request):
        return self.admin_site.has_permission(request)

    def choices_among(self, users):
        return users.filter(is_active=True, is_staff=True)

    def choice_label(self, user):
        full = user.get_full_name()
        return f"{full} ({user.get_username()})" if full else user.get_username()

    @admin.display(description=_("roles"))
    def roles(self, user):
        return ", ".join(group.name for group in user.groups.all()) or "–"

    def get_readonly_fields(self, request, obj=None):
        own = super().get_readonly_fields(request, obj)
        return own if request.user.is_superuser else [*own, "is_superuser"]

    def has_change_permission(self, request, obj=None):
        # An administrator who could change a superuser's password would be one.
        above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return not above and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        # With the person would go their name in the history and all that is noted of their deeds.
        return False
