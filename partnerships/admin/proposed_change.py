"""Proposed changes at the desk: the list of them, and the page on which one is read, discussed and decided."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from partnerships.internal import open_to
from partnerships.models import EditConflict, ProposedChange, ReviewNote
from partnerships.publication import has_permission, may_change
from partnerships.reviewing import proposals
from partnerships.versions import Whole, differences
from partnerships.versions.reconciling import MINE

from .looked_at import AboutRecordsAdmin
from .preview import preview
from .proposing import proposal_address
from .related import desk_address
from .reviewing import sentences
from .todo import TodoFilter
from .versions import CHOOSE, without


@admin.register(ProposedChange)
class ProposedChangeAdmin(AboutRecordsAdmin):
    list_display = ["record_name", "kind", "state", "proposed_by", "proposed_at", "decided_by"]
    list_filter = [TodoFilter, "state"]
    list_select_related = ["proposed_by", "decided_by"]
    search_fields = ["record_name"]

    def get_urls(self):
        guard, name = self.admin_site.admin_view, "partnerships_proposedchange"
        return [
            path("<int:number>/decide/", guard(require_POST(self.decide_view)), name=f"{name}_decide"),
            path("<int:number>/preview/", guard(self.preview_view), name=f"{name}_preview"),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        proposal = self.get_object(request, object_id)
        if proposal is None:
            raise Http404
        return self.page(request, proposal)

    def page(self, request, proposal, problems=(), choices=None):
        record, user = proposal.record, request.user
        context = {
            **self.admin_site.each_context(request),
            "title": _("Proposed change"),
            "opts": self.opts,
            "proposal": proposal,
            "noun": proposal.model._meta,
            "record": record,
            "record_name": proposal.record_name,
            "record_address": desk_address(record) if record else "",
            "thread": list(proposal.notes.select_related("written_by")),
            "problems": problems,
            "text": request.POST.get("text", ""),
            "decide_address": proposal_address(proposal, "decide"),
            "preview_address": proposal_address(proposal, "preview") if record and proposal.is_pending else "",
            "may_comment": has_permission(user, "change", proposal.model),
            "may_withdraw": proposal.is_pending and proposal.proposed_by_id == user.pk,
            "may_revise": record
            and proposal.is_pending
            and proposals.may_propose(user, record)
            and proposal.proposed_by_id == user.pk,
            "may_decide": self.may_decide(request, proposal, record),
            **self.contents(request, proposal, record, choices),
        }
        request.current_app = self.admin_site.name
        return render(request, "admin/proposal.html", context, status=409 if problems else 200)

    def contents(self, request, proposal, record, choices):
        """What the proposal would change today, what was changed since, and what a person has to choose between."""
        mine = Whole.from_json(proposal.contents)
        base = proposals.base_of(record, proposal.base_version) if record else None
        if record is None or not proposal.is_pending:
            return {"edits": open_to(request.user, differences(base, mine)), "clashes": [], "since": []}
        base, now, together, clashes = proposals.brought_together(proposal, record, choices)
        clashing = {clash.key for clash in clashes}
        return {
            "edits": open_to(request.user, without(differences(now, together), clashing)),
            "since": open_to(request.user, without(differences(base, now), clashing)) if base else [],
            "clashes": clashes,
        }

    def may_decide(self, request, proposal, record):
        is_open = proposal.state == ProposedChange.State.OPEN
        return is_open and record is not None and may_change(request.user, record)

    def decide_view(self, request, number):
        proposal = get_object_or_404(self.get_queryset(request), pk=number)
        if not has_permission(request.user, "change", proposal.model):
            raise PermissionDenied
        choices = {name.removeprefix(CHOOSE): value for name, value in request.POST.items() if name.startswith(CHOOSE)}
        try:
            done = self.decided(request, proposal, request.POST.get("deed"), choices)
        except proposals.Unchosen:
            proposal.refresh_from_db()
            return self.page(request, proposal, [_("Choose one of the two wherever both differ.")], choices)
        except (ValidationError, EditConflict) as problem:
            proposal.refresh_from_db()
            return self.page(request, proposal, sentences(problem), choices)
        self.message_user(request, done, messages.SUCCESS)
        return HttpResponseRedirect(proposal_address(proposal))

    def decided(self, request, proposal, deed, choices):
        """Do what was chosen, and say so. Raises what the functions of `proposals` raise."""
        user, text = request.user, request.POST.get("text", "")
        revision, seen = (_number(request.POST.get(name)) for name in ("revision", "seen_version"))
        if deed == "comment":
            if not text.strip():
                raise ValidationError(_("Write a comment: whoever gets it should know what to do."))
            proposals.note(proposal, ReviewNote.Deed.COMMENT, user, text)
            return _("Your comment stands below.")
        if deed == "withdraw":
            proposals.withdraw(proposal, user, text)
            return _("Your proposal is withdrawn.")
        if not self.may_judge(user, proposal):
            raise PermissionDenied
        if deed == "accept":
            proposals.accept(proposal, user, revision, seen, choices, text)
            return _("The record says now what was proposed.")
        if deed == "send_back":
            proposals.send_back(proposal, user, revision, text)
            return _("The proposal was sent back.")
        raise ValidationError(_("Choose what to do: comment, accept or send back."))

    def may_judge(self, user, proposal):
        record = proposal.record
        return may_change(user, record) if record else has_permission(user, "publish", proposal.model)

    def preview_view(self, request, number):
        proposal = get_object_or_404(self.get_queryset(request), pk=number)
        record = proposal.record
        if record is None or not proposal.is_pending:
            raise Http404
        _base, _now, _together, clashes = proposals.brought_together(proposal, record)
        choices = {clash.key: MINE for clash in clashes}
        together = proposals.brought_together(proposal, record, choices)[2]
        return preview(request, record, self.admin_site, proposal_address(proposal), together)


def _number(text):
    return int(text) if text and str(text).isdecimal() and len(str(text)) < 10 else 0
