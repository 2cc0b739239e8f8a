"""The form of a public record for those who may not change it: what they would change is kept as a proposal.

The posted form is carried out in a transaction that is always taken back: nothing that is posted here changes the record.
"""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from partnerships.models import EditConflict
from partnerships.reviewing import proposals
from partnerships.versions import Refused, Whole, put, whole_of
from partnerships.versions.imagining import imagined


def proposing(request, record):
    """Whether this request only imagines what the record would be."""
    return record is not None and getattr(request, "proposing", None) == (type(record), record.pk)


def proposal_address(proposal, page="change"):
    return reverse(f"admin:partnerships_proposedchange_{page}", args=[proposal.pk])


class ProposingAdmin(admin.ModelAdmin):
    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_propose"
        view = self.admin_site.admin_view(self.propose_view)
        return [path("<path:object_id>/propose/", view, name=name), *super().get_urls()]

    def has_change_permission(self, request, obj=None):
        return proposing(request, obj) or super().has_change_permission(request, obj)

    def get_readonly_fields(self, request, obj=None):
        """Whether the record is public is not a part of what can be proposed."""
        found = super().get_readonly_fields(request, obj)
        return [*found, "state"] if proposing(request, obj) else found

    def propose_view(self, request, object_id):
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        if not proposals.may_propose(request.user, record):
            raise PermissionDenied
        try:
            return self.propose_form(request, record)
        except Refused as problem:
            for sentence in problem.messages:
                self.message_user(request, sentence, messages.ERROR)
            pending = proposals.pending_of(request.user, record)
            return HttpResponseRedirect(proposal_address(pending) if pending else reverse("admin:index"))

    def propose_form(self, request, record):
        """The form, filled with what the user has proposed already, or the redirect after it was posted.

        Raises Refused where what was proposed cannot even be imagined any more.
        """
        pending = proposals.pending_of(request.user, record)
        seen = pending.base_version if pending else _number(request.POST.get("seen_version"))
        seen = seen if seen and seen <= record.version else record.version
        base = proposals.base_of(record, seen) or whole_of(record)
        start = proposals.with_ids(Whole.from_json(pending.contents)) if pending else base
        if not pending and seen == record.version:
            start = None  # the form is filled from the record as it is
        response, mine = self.imagined_form(request, record, base, start, pending)
        if mine is None:
            return response
        try:
            made = proposals.propose(record, mine, seen, request.user, request.POST.get("proposal_comment", ""))
        except ValidationError as problem:
            self.message_user(request, " ".join(problem.messages), messages.WARNING)
            return HttpResponseRedirect(request.get_full_path())
        words = _("Your change is proposed. The record stays as it is until a publisher accepts it.")
        self.message_user(request, words, messages.SUCCESS)
        return HttpResponseRedirect(proposal_address(made))

    def imagined_form(self, request, record, base, start, pending):
        """(response, what the record would say then, or None): the form's answer in a register that is taken back."""
        where = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_propose", args=[record.pk])
        extra = {"proposing": True, "pending": pending, "pending_address": pending and proposal_address(pending)}
        request.proposing, request.imagining = (self.model, record.pk), True
        try:
            try:
                return self.in_imagination(request, record, base, start, where, extra)
            except (IntegrityError, EditConflict):
                # Asked once more, the form says that two rows contradict each other.
                request.refused = True
                return self.in_imagination(request, record, base, start, where, extra)
        finally:
            request.proposing, request.imagining = None, False

    def in_imagination(self, request, record, base, start, where, extra):
        with imagined():
            if start is not None:
                put(record, start, request.user, "")
            response, mine = self.form_alone(request, str(record.pk), where, extra), None
            if response.status_code == 302:
                mine = whole_of(record).with_new_rows(base)
            elif hasattr(response, "render"):
                response.render()
        return response, mine


def _number(text):
    return int(text) if text and str(text).isdecimal() and len(str(text)) < 10 else None
