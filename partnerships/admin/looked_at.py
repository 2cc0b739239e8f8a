"""Lists at the desk that are looked at and not edited: each row concerns a record, and is open to those who may see such records."""

from django.contrib import admin
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from partnerships.models import Record
from partnerships.publication import has_permission


class LookedAtAdmin(admin.ModelAdmin):
    """Of models with a `noun` (the label of the record's model, in lower case) and a `model` that it names."""

    list_per_page = 50
    show_full_result_count = False
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

    def has_module_permission(self, request):
        # The first page or the desk's head leads here; among the nouns it would be a stranger.
        return False

    def has_view_permission(self, request, obj=None):
        return request.user.is_active and request.user.is_staff

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request, extra_context=None):
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    @admin.display(description=_("kind of record"), ordering="noun")
    def kind(self, row):
        return capfirst(row.model._meta.verbose_name)
