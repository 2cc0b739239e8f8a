"""When a record is to be published and archived: chosen by publishers, shown to everybody at the desk."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.models import PublicationState, ScheduledMove
from partnerships.publication import may_change
from partnerships.reviewing import schedule

from .looked_at import AboutRecordsAdmin
from .related import desk_address
from .todo import TodoFilter

WRITTEN = "%Y-%m-%dT%H:%M"


def time_field(label):
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=WRITTEN)
    return forms.DateTimeField(label=label, required=False, widget=widget)


class ScheduleForm(forms.Form):
    publish_at = time_field(gettext_lazy("Publish at"))
    archive_at = time_field(gettext_lazy("Archive at"))

    def times(self):
        return {
            PublicationState.PUBLISHED: self.cleaned_data["publish_at"],
            PublicationState.ARCHIVED: self.cleaned_data["archive_at"],
        }


def with_schedule(records):
    """These records, each with its `scheduled` moves; one query for all."""
    records = list(records)
    by_record = {}
    if records:
        about = {"noun": records[0]._meta.label_lower, "record_id__in": [record.pk for record in records]}
        for move in ScheduledMove.objects.waiting().filter(**about):
            by_record.setdefault(move.record_id, []).append(move)
    for record in records:
        record.scheduled = by_record.get(record.pk, [])
    return records


class SchedulingAdmin(admin.ModelAdmin):
    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_schedule"
        view = self.admin_site.admin_view(self.schedule_view)
        return [path("<path:object_id>/schedule/", view, name=name), *super().get_urls()]

    def schedule_address(self, record):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_schedule", args=[record.pk])

    def schedule_view(self, request, object_id):
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        if not (self.has_publish_permission(request) and may_change(request.user, record)):
            raise PermissionDenied
        waiting = schedule.waiting_for(record)
        initial = {
            "publish_at": getattr(waiting.get(PublicationState.PUBLISHED), "due_at", None),
            "archive_at": getattr(waiting.get(PublicationState.ARCHIVED), "due_at", None),
        }
        form = ScheduleForm(request.POST if request.method == "POST" else None, initial=initial)
        if request.method == "POST" and form.is_valid():
            try:
                schedule.schedule(record, form.times(), request.user)
            except ValidationError as problem:
                form.add_error(None, problem)
            else:
                self.message_user(request, _("The times are kept."), messages.SUCCESS)
                return HttpResponseRedirect(desk_address(record))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Schedule"),
            "opts": self.opts,
            "record": record,
            "original": record,
            "record_address": desk_address(record),
            "form": form,
            "moves": list(waiting.values()),
            "zone": timezone.get_current_timezone_name(),
        }
        request.current_app = self.admin_site.name
        return render(request, "admin/schedule.html", context, status=400 if form.errors else 200)


@admin.register(ScheduledMove)
class ScheduledMoveAdmin(AboutRecordsAdmin):
    """A list to look at: the times are changed at each record."""

    list_display = ["what", "kind", "state", "due_at", "scheduled_by", "problem", "done_at"]
    list_display_links = None
    list_filter = [TodoFilter, "state"]
    list_select_related = ["scheduled_by"]

    @admin.display(description=gettext_lazy("record"), ordering="record_name")
    def what(self, move):
        meta = move.model._meta
        address = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[move.record_id])
        return format_html('<a href="{}">{}</a>', address, move.record_name)
