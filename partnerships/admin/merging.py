"""Two records of the same thing at the desk: seen side by side, made one, and taken apart again."""

from dataclasses import dataclass

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from partnerships import merging
from partnerships.internal import FIELD as NOTE
from partnerships.internal import reads_notes
from partnerships.models import Merge, Organization, OrganizationName
from partnerships.publication import may_change

from .related import desk_address

TAKE = "take-"  # with the name of a field, on the form


@dataclass(frozen=True)
class Pair:
    """What both say in one field; `taken` is whether the other's value is chosen."""

    name: str
    label: str
    kept: str
    gone: str
    taken: bool

    @property
    def differs(self):
        return self.kept != self.gone


class MergeForm(forms.Form):
    """How two records become one. It is bound to the versions that were shown."""

    kept_version = forms.IntegerField(widget=forms.HiddenInput)
    gone_version = forms.IntegerField(widget=forms.HiddenInput)
    name_as = forms.ChoiceField(
        label=gettext_lazy("The name that is no longer used becomes"),
        choices=[(kind.value, kind.label) for kind in (OrganizationName.Kind.ALIAS, OrganizationName.Kind.FORMER)],
        widget=forms.RadioSelect,
        initial=OrganizationName.Kind.ALIAS,
    )

    def __init__(self, kept, gone, *args, **kwargs):
        self.kept, self.gone = kept, gone
        initial = {"kept_version": kept.version, "gone_version": gone.version}
        super().__init__(*args, initial=initial, **kwargs)
        if not isinstance(kept, Organization):
            del self.fields["name_as"]

    def clean(self):
        cleaned = super().clean()
        shown = (cleaned.get("kept_version"), cleaned.get("gone_version"))
        if not self.errors and shown != (self.kept.version, self.gone.version):
            raise forms.ValidationError(
                _("One of the two has been changed since this page was opened. This is how they stand now: look again.")
            )
        return cleaned

    def pairs(self):
        """A Pair for each field in which one of them says something."""
        found = []
        for field in merging.fields_to_compare(type(self.kept)):
            kept, gone = (_words(record, field) for record in (self.kept, self.gone))
            chosen = self.data.get(TAKE + field.name) == "gone" if self.is_bound else not kept
            if kept or gone:
                found.append(Pair(field.name, capfirst(field.verbose_name), kept, gone, chosen and kept != gone))
        return found

    def taken(self):
        return [pair.name for pair in self.pairs() if pair.taken]


def _words(record, field):
    if field.choices:
        return str(getattr(record, f"get_{field.name}_display")())
    value = getattr(record, field.name)
    return "" if value is None else str(value)


@admin.action(permissions=["delete"], description=gettext_lazy("Merge the two selected"))
def merge_selected(modeladmin, request, queryset):
    chosen = list(queryset.order_by("pk").values_list("pk", flat=True)[:3])
    if len(chosen) != 2:
        modeladmin.message_user(request, _("Select exactly two records to make one of them."), messages.ERROR)
        return None
    return HttpResponseRedirect(modeladmin.merge_address(*chosen))


class MergingAdmin(admin.ModelAdmin):
    """Adds "Merge" to a noun. `merge_choice` is a field that names such records, by whose box the other is found."""

    merge_choice = None
    change_form_template = "admin/mergeable_form.html"

    def get_actions(self, request):
        merge = self.get_action(merge_selected)
        found = super().get_actions(request)
        return found | {merge[1]: merge} if found and self.has_delete_permission(request) else found

    def get_urls(self):
        guard, name = self.admin_site.admin_view, f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path("<path:object_id>/merge/", guard(self.merge_view), name=f"{name}_merge"),
            path("merges/<int:number>/undo/", guard(require_POST(self.undo_view)), name=f"{name}_unmerge"),
            *super().get_urls(),
        ]

    def merge_address(self, kept, gone=None):
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_merge", args=[kept])
        return f"{address}?with={gone}" if gone else address

    def may_merge(self, request, kept, gone=None):
        return may_change(request.user, kept) and self.has_delete_permission(request, gone)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        found = dict(extra_context or {})
        if object_id and self.has_delete_permission(request):
            found["merge_address"] = self.merge_address(unquote(object_id))
        return super().changeform_view(request, object_id, form_url, found)

    def merge_view(self, request, object_id):
        kept = get_object_or_404(self.model, pk=_number(unquote(object_id)))
        if not self.may_merge(request, kept):
            raise PermissionDenied
        chosen = request.POST.get("with") or request.GET.get("with")
        gone = self.model.objects.filter(pk=_number(chosen)).first() if chosen else None
        if gone is None:
            return self.merge_page(request, kept, chooser=self.chooser(), not_found=bool(chosen))
        if not self.may_merge(request, gone, gone):
            raise PermissionDenied
        form = MergeForm(kept, gone, request.POST if request.method == "POST" else None)
        reasons = merging.reasons_against(kept, gone)
        if request.method == "POST" and not reasons and form.is_valid():
            options = {"name_as": form.cleaned_data["name_as"]} if "name_as" in form.fields else {}
            try:
                done = merging.merge(kept, gone, request.user, form.taken(), **options)
            except merging.Refused as refused:
                reasons = refused.messages
            else:
                return self.merged(request, kept, done)
        if form.is_bound and form.errors:
            reasons = [*reasons, *form.non_field_errors()]
            form = MergeForm(kept, gone)
        links = [(_kind(link), link.rows(gone).count()) for link in merging.links_to(self.model)]
        return self.merge_page(
            request,
            kept,
            gone=gone,
            form=form,
            pairs=[pair for pair in form.pairs() if pair.name != NOTE or reads_notes(request.user)],
            reasons=reasons,
            links=[(words, count) for words, count in links if count],
            other_way=self.merge_address(gone.pk, kept.pk),
        )

    def merged(self, request, kept, done):
        history = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_history", args=[kept.pk])
        words = format_html(
            '{} <a href="{}">{}</a>',
            _("“%(gone)s” is now a part of “%(kept)s”, and its old address leads here.")
            % {"gone": done.gone_name, "kept": done.kept_name},
            history,
            _("This can be undone from the history."),
        )
        self.message_user(request, words, messages.SUCCESS)
        return HttpResponseRedirect(desk_address(kept))

    def chooser(self):
        """A form with the box in which the other record is found by any of its names."""
        model, name = self.merge_choice
        box = AutocompleteSelect(model._meta.get_field(name), self.admin_site)
        form = forms.Form()
        form.fields["with"] = forms.ModelChoiceField(self.model.objects.all(), widget=box, label="")
        return form

    def merge_page(self, request, kept, chooser=None, **context):
        context |= {
            **self.admin_site.each_context(request),
            "title": _("Merge with another record"),
            "opts": self.opts,
            "kept": kept,
            "kept_address": desk_address(kept),
            "chooser": chooser and chooser["with"],
            "media": self.media + chooser.media if chooser else self.media,
        }
        request.current_app = self.admin_site.name
        return render(request, "admin/merge.html", context)

    # What was merged can be undone from the history of the record that was kept.
    def history_view(self, request, object_id, extra_context=None):
        kept = self.get_object(request, unquote(object_id))
        found = Merge.objects.of(kept).select_related("merged_by", "undone_by") if kept else []
        merges = [
            {
                "merge": one,
                "undo": reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_unmerge", args=[one.pk])
                if not one.undone_at and self.may_merge(request, kept)
                else "",
            }
            for one in found
        ]
        return super().history_view(request, object_id, {"merges": merges, **(extra_context or {})})

    def undo_view(self, request, number):
        done = Merge.objects.filter(noun=self.opts.label_lower, pk=number).first()
        kept = self.model.objects.filter(pk=done.kept_id).first() if done else None
        if kept is None:
            raise Http404(_("There is no such merge, or the record has been deleted or merged since."))
        if not self.may_merge(request, kept):
            raise PermissionDenied
        try:
            merging.undo(done, request.user)
        except merging.Refused as refused:
            for reason in refused.messages:
                self.message_user(request, reason, messages.ERROR)
            nothing = _("Nothing has been undone. Put back by hand what was changed since, and try again.")
            self.message_user(request, nothing, messages.ERROR)
            return HttpResponseRedirect(
                reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_history", args=[kept.pk])
            )
        gone = self.model.objects.get(pk=done.gone_id)
        words = format_html(
            _('There are two records again: this one, and <a href="{}">{}</a>.'), desk_address(gone), gone
        )
        self.message_user(request, words, messages.SUCCESS)
        return HttpResponseRedirect(desk_address(kept))


def _number(text):
    return int(text) if str(text).isdecimal() and len(str(text)) < 19 else None


def _kind(link):
    """What kind of row names the record and, where that does not go without saying, as what: “contributions (recipient)”."""
    rows, noun = str(link.model._meta.verbose_name_plural), link.field.related_model.noun
    return rows if link.field.name.removesuffix("s") == noun else f"{rows} ({link.field.verbose_name})"
