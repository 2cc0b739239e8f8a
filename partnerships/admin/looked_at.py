"""Lists at the desk that are looked at and not edited."""

from django.contrib import admin
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from partnerships.models import Record
from partnerships.publication import has_permission


class Unchangeable(admin.ModelAdmin):
    """Nobody adds, changes or deletes anything here."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class LookedAtAdmin(Unchangeable):
    """A list that links lead to; among the desk's nouns it would be a stranger."""

    list_per_page = 50
    show_full_result_count = False

    def has_module_permission(self, request):
        return False

    def changelist_view(self, request, extra_context=None):
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})


class AboutRecordsAdmin(LookedAtAdmin):
    """Of models with a `noun` (the label of the record's model, in lower case) and a `model` that it names.

    Each row concerns a record, and is open to those who may see such records.
    """

    actions = None
    permission = "view"  # the permission over a kind of record that opens what concerns it

    def nouns(self, user):
        return [
            model._meta.label_lower
            for model in self.admin_site._registry
            if issubclass(model, Record) and has_permission(user, self.permission, model)
        ]

    def get_queryset(self, request):
        return super().get_queryset(request).filter(noun__in=self.nouns(request.user))

    def has_view_permission(self, request, obj=None):
        return request.user.is_active and request.user.is_staff

    @admin.display(description=_("kind of record"), ordering="noun")
    def kind(self, row):
        return capfirst(row.model._meta.verbose_name)
