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

from .looked_at import AboutRecordsAdmin
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
class FailedImportAdmin(AboutRecordsAdmin):
    """A list to work through: mend the file and import it again, or set the failure aside."""

    list_display = ["file_name", "records", "user", "at", "problem", "again"]
    list_display_links = None
    list_filter = [TodoFilter]
    list_select_related = ["user"]
    actions = ["set_aside"]

    def nouns(self, user):
        return importable(user)

    def has_view_permission(self, request, obj=None):
        return bool(importable(request.user))

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
