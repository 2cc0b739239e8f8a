"""The bin at the desk: deleting puts a record there, and for thirty days it can be had back."""

from django.contrib import admin, messages
from django.contrib.admin.utils import NestedObjects
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import date as written
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from partnerships.internal import open_to
from partnerships.models import BinnedRecord, PublicationState, Record
from partnerships.models.bin import KEPT_FOR
from partnerships.publication import may_publish
from partnerships.versions import Refused, differences
from partnerships.versions.bin import bring_back, discard, whole_in
from partnerships.versions.parts import is_shared, keys_up, parts_of

from .looked_at import AboutRecordsAdmin
from .related import desk_address


class DiscardingAdmin(admin.ModelAdmin):
    """Deleting a record moves it to the bin; where others need it, the page says which, and what can be done instead."""

    delete_confirmation_template = "admin/record_delete.html"

    def delete_model(self, request, obj):
        self.say_where(request, [discard(obj, request.user)])

    def delete_queryset(self, request, queryset):
        self.say_where(request, [discard(record, request.user) for record in queryset])

    def say_where(self, request, binned):
        address = reverse("admin:partnerships_binnedrecord_changelist")
        words = _("For %d days it can be had back from the bin.") % KEPT_FOR.days
        self.message_user(request, format_html('<a href="{}">{}</a>', address, words), messages.INFO)

    def get_deleted_objects(self, objs, request):
        deleted, counts, missing, protected = super().get_deleted_objects(objs, request)
        # Rows have pages of their own only to be looked at: whoever may delete the record may delete what is only its.
        own = [part.model for part in parts_of(self.model) if not is_shared(part.model)]
        missing = set(missing) - {model._meta.verbose_name for model in own}
        if protected:
            gone = NestedObjects(using=objs[0]._state.db)
            gone.collect(objs)
            protected = _who_needs(gone.protected)
        return deleted, counts, missing, protected

    def delete_view(self, request, object_id, extra_context=None):
        offers = {
            "archive_address": reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"),
            "may_archive": self.has_publish_permission(request),
            "days": KEPT_FOR.days,
            "merge_address": self.merge_address(object_id) if hasattr(self, "merge_address") else "",
        }
        return super().delete_view(request, object_id, {**offers, **(extra_context or {})})


def _who_needs(rows):
    """Links to the records that these rows are, or belong to, each once; with what the row is, if it is not the record."""
    found = {}
    for row in sorted(rows, key=lambda row: (row._meta.label, row.pk)):
        owner, kind = row, ""
        while owner is not None and not isinstance(owner, Record):
            kind = kind or str(row._meta.verbose_name)
            owner = next((getattr(owner, key.name) for key in keys_up(type(owner)) if getattr(owner, key.name)), None)
        if owner is None:
            found[row] = format_html("{}: {}", capfirst(row._meta.verbose_name), row)
        else:
            noun = capfirst(owner._meta.verbose_name)
            said = format_html('{}: <a href="{}">{}</a>', noun, desk_address(owner), owner)
            found[owner, kind] = format_html("{} ({})", said, kind) if kind else said
    return list(found.values())


@admin.register(BinnedRecord)
class BinAdmin(AboutRecordsAdmin):
    """Not edited: looked at, and brought back by whoever may delete and, where it was public, publish such a record."""

    list_display = ["name", "kind", "deleted", "deleted_by", "until"]
    list_select_related = ["deleted_by"]
    search_fields = ["name"]
    change_form_template = "admin/binned.html"
    permission = "delete"

    def get_urls(self):
        view = self.admin_site.admin_view(require_POST(self.bring_back_view))
        return [
            path("<int:number>/bring-back/", view, name="partnerships_binnedrecord_bring_back"),
            *super().get_urls(),
        ]

    def get_queryset(self, request):
        return super().get_queryset(request).there()

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": _("The bin"), **(extra_context or {})})

    def change_view(self, request, object_id, form_url="", extra_context=None):
        binned = self.get_object(request, object_id)
        if binned is not None:
            edits = open_to(request.user, differences(None, whole_in(binned)))
            facts = {"binned": binned, "edits": edits, "may_bring_back": self.may_bring_back(request, binned)}
            extra_context = {**facts, **(extra_context or {})}
        return super().change_view(request, object_id, form_url, extra_context)

    def may_bring_back(self, request, binned):
        """What is or was public is the publishers' to bring back."""
        state = binned.contents["rows"][0][2]["state"]
        open_state = state in (PublicationState.DRAFT, PublicationState.IN_REVIEW)
        return open_state or may_publish(request.user, binned.model)

    def bring_back_view(self, request, number):
        binned = get_object_or_404(self.get_queryset(request), pk=number)
        if not self.may_bring_back(request, binned):
            raise PermissionDenied
        try:
            record, left_out = bring_back(binned, request.user)
        except Refused as refused:
            for problem in refused.messages:
                self.message_user(request, problem, messages.ERROR)
            return HttpResponseRedirect(reverse("admin:partnerships_binnedrecord_change", args=[number]))
        self.message_user(request, _("“%s” is back, as it was.") % record, messages.SUCCESS)
        for sentence in left_out:
            self.message_user(request, sentence, messages.WARNING)
        return HttpResponseRedirect(desk_address(record))

    @admin.display(description=gettext_lazy("deleted"), ordering="deleted_at")
    def deleted(self, binned):
        return written(timezone.localtime(binned.deleted_at), "j F Y, H:i")

    @admin.display(description=gettext_lazy("kept until"), ordering="deleted_at")
    def until(self, binned):
        return written(timezone.localtime(binned.kept_until), "j F Y")
