"""The review of a record at the desk: what it would change, what was said about it, and who decides."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from partnerships.internal import open_to
from partnerships.models import EditConflict, ProposedChange, PublicationState, ReviewNote
from partnerships.publication import OPEN_STATES, has_permission, lacking, may_change, may_move
from partnerships.reviewing import review, schedule

from .preview import preview_address
from .related import desk_address, review_address


def sentences(problem):
    return problem.messages if isinstance(problem, ValidationError) else [str(problem)]


class ReviewingAdmin(admin.ModelAdmin):
    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_review"
        view = self.admin_site.admin_view(self.review_view)
        return [path("<path:object_id>/review/", view, name=name), *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context |= self.about_review(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def about_review(self, request, record):
        """What the form says of the record's way to the public, and where that way goes on."""
        is_open = record.state in OPEN_STATES
        notes = ReviewNote.objects.thread_of(record) if is_open else ReviewNote.objects.none()
        last = notes.last()
        came_back = record.state == PublicationState.DRAFT and last and last.deed == ReviewNote.Deed.SENT_BACK
        return {
            "preview_address": preview_address(record),
            "review_address": review_address(record) if is_open else "",
            "came_back": last if came_back else None,
            "scheduled": list(schedule.waiting_for(record).values()),
            "schedule_address": self.schedule_address(record) if self.has_publish_permission(request) else "",
            "proposed": ProposedChange.objects.about(record).open().count() if record.is_public else 0,
            "proposed_address": f"{reverse('admin:partnerships_proposedchange_changelist')}?noun={record._meta.label_lower}"
            f"&record_id={record.pk}",
        }

    def review_view(self, request, object_id):
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        problems, text = [], request.POST.get("text", "")
        if request.method == "POST":
            if not has_permission(request.user, "change", self.model):
                raise PermissionDenied
            try:
                return self.reviewed(request, record, request.POST.get("deed"), text)
            except (ValidationError, EditConflict) as problem:
                problems = sentences(problem)
                record = self.get_object(request, unquote(object_id))
        edits, was_public = review.to_review(record)
        in_review = record.state == PublicationState.IN_REVIEW
        context = {
            **self.admin_site.each_context(request),
            "title": _("Review"),
            "opts": self.opts,
            "record": record,
            "original": record,
            "record_address": desk_address(record),
            "preview_address": preview_address(record),
            "history_address": reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_history", args=[record.pk]),
            "edits": open_to(request.user, edits),
            "was_public": was_public,
            "sent_by": review.sent_by(record) if in_review else None,
            "lacking": [need.sentence for need in lacking(record)],
            "thread": list(ReviewNote.objects.thread_of(record)),
            "in_review": in_review,
            "may_comment": has_permission(request.user, "change", self.model),
            "may_send_back": in_review and may_change(request.user, record),
            "may_publish": in_review and may_move(request.user, record, PublicationState.PUBLISHED),
            "problems": problems,
            "text": text,
        }
        request.current_app = self.admin_site.name
        return render(request, "admin/review.html", context, status=409 if problems else 200)

    def reviewed(self, request, record, deed, text):
        """Do what was chosen, and lead on. Raises PermissionDenied, ValidationError or EditConflict."""
        seen = request.POST.get("seen_version", "")
        seen = int(seen) if seen.isdecimal() and len(seen) < 10 else 0
        here = HttpResponseRedirect(review_address(record))
        if deed == "comment":
            review.comment(record, request.user, text)
            self.message_user(request, _("Your comment stands below."), messages.SUCCESS)
            return here
        wanted = {"send_back": PublicationState.DRAFT, "publish": PublicationState.PUBLISHED}.get(deed)
        if wanted is None:
            raise ValidationError(_("Choose what to do: comment, send back or publish."))
        if not may_move(request.user, record, wanted):
            raise PermissionDenied
        if deed == "publish":
            review.publish(record, request.user, text, seen)
            self.message_user(request, _("“%s” is published.") % record, messages.SUCCESS)
            return HttpResponseRedirect(desk_address(record))
        review.send_back(record, request.user, text, seen)
        self.message_user(request, _("“%s” was sent back.") % record, messages.SUCCESS)
        return here
