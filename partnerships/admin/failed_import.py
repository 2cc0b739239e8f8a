"""Imports that failed, for those who may repeat them."""

from django.apps import apps
from django.contrib import admin, messages
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from partnerships.models import FailedImport, Record
from partnerships.publication import has_permission

from .todo import TodoFilter, register
from .todo.imports import Failed


def importable(user):
    """The labels of the nouns of which this user may import records, as `ImportAdmin.has_import_permission` says."""
    return [
        model._meta.label_lower
        for model in apps.get_models()
        if issubclass(model, Record) and has_permission(user, "add", model) and has_permission(user, "change", model)
    ]


register(Failed(importable))


@admin.register(FailedImport)
class FailedImportAdmin(admin.ModelAdmin):
    """A list to work through: mend the file and import it again, or set the failure aside."""

    list_display = ["file_name", "records", "user", "at", "problem", "again"]
    list_display_links = None
    list_filter = [TodoFilter]
    list_select_related = ["user"]
    list_per_page = 50
    show_full_result_count = False
    actions = ["set_aside"]

    def changelist_view(self, request, extra_context=None):
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def get_queryset(self, request):
        return super().get_queryset(request).filter(noun__in=importable(request.user))

    def has_module_permission(self, request):
        # It has a line on the first page while there is something in it; among the nouns it would be a stranger.
        return False

    def has_view_permission(self, request, obj=None):
        return bool(importable(request.user))

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("records"), ordering="noun")
    def records(self, failed):
        return capfirst(apps.get_model(failed.noun)._meta.verbose_name_plural)

    @admin.display(description=_("what to do"))
    def again(self, failed):
        if failed.settled_at:
            return _("settled")
        address = reverse("admin:{}_{}_import".format(*failed.noun.split(".")))
        return format_html('<a href="{}">{}</a>', address, _("Mend the file and import it again"))

    @admin.action(description=_("Set aside: it needs no more work"), permissions=["view"])
    def set_aside(self, request, queryset):
        done = FailedImport.objects.filter(pk__in=queryset.order_by().values("pk")).settle()
        words = ngettext("%d failed import was set aside.", "%d failed imports were set aside.", done)
        self.message_user(request, words % done, messages.SUCCESS)
