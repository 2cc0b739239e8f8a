"""Versions at the desk: going back to one, and bringing together what two people made of the same one."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.template.defaultfilters import date as written
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from partnerships.internal import open_to, reads_notes
from partnerships.models import EditConflict
from partnerships.versions import (
    Refused,
    Whole,
    differences,
    moment_of,
    put,
    reconcile,
    to_restore,
    whole_at,
    whole_of,
)

from .related import desk_address

KEPT_FOR = 24 * 60 * 60  # seconds in which what was typed can still be brought together with the record
CHOOSE = "choose-"  # with the key of a clash, on the page


class VersionsAdmin(admin.ModelAdmin):
    def get_urls(self):
        guard, name = self.admin_site.admin_view, f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path("<path:object_id>/restore/<int:version>/", guard(self.restore_view), name=f"{name}_restore"),
            path("<path:object_id>/together/", guard(require_POST(self.together_view)), name=f"{name}_together"),
            *super().get_urls(),
        ]

    def versions_address(self, page, *args):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}", args=args)

    def changeable(self, request, object_id):
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        return record

    # Going back to a version.
    def restore_view(self, request, object_id, version):
        record = self.changeable(request, object_id)
        entry = record.history.filter(id=record.pk, version=version).order_by("history_id").last()
        then = whole_at(record, moment_of(record, version)) if entry else None
        if then is None:
            raise Http404
        now = whole_of(record)
        whole, problems = to_restore(then, now), []
        when = written(timezone.localtime(entry.history_date), "j F Y, H:i")
        if request.method == "POST":
            try:
                put(record, whole, request.user, f"restored as of {when}", _number(request.POST.get("seen_version")))
            except Refused as refused:
                problems = refused.messages
            except EditConflict:
                problems = [
                    _("The record has been changed since this page was opened. Look again at what would change.")
                ]
            else:
                self.message_user(request, _("The record says again what it said on %s.") % when, messages.SUCCESS)
                return HttpResponseRedirect(desk_address(record))
        return self.versions_page(
            request,
            "restore",
            record,
            title=_("Restore the version of %s") % when,
            problems=problems,
            edits=open_to(request.user, differences(now, whole)),
            status=409 if problems else 200,
        )

    # Bringing two versions together.
    def together_or_none(self, request, object_id, form_view):
        """The page that brings both together, where somebody saved the record that this post comes too late for.

        None where the post is not late, or where the form has something else to say about it. `form_view` answers the
        post as if it were not late.
        """
        # The page carries both versions whole, so it is not for those to whom the internal note is closed.
        asked = request.method == "POST" and object_id and reads_notes(request.user)
        seen = _number(request.POST.get("seen_version")) if asked else None
        record = self.get_object(request, unquote(object_id)) if seen else None
        if record is None or record.version <= seen or not self.has_change_permission(request, record):
            return None
        base, mine = self.imagined(request, record, seen, form_view)
        return mine and self.together_page(request, record, base, mine, seen)

    def imagined(self, request, record, seen, form_view):
        """(base, mine): the version that the posted page was opened on, and what the post would make of it.

        The post is carried out on that version, looked at, and taken back; mine is None where the form refuses it.
        """
        base = whole_at(record, moment_of(record, seen))
        mine, request.imagining = None, True
        try:
            with transaction.atomic():
                if base is not None:
                    put(record, base, request.user, "")
                    if form_view().status_code == 302:
                        mine = whole_of(record).with_new_rows(base)
                transaction.set_rollback(True)
        except (Refused, EditConflict):
            mine = None
        finally:
            request.imagining = False
        return base, mine

    def message_user(self, request, *args, **kwargs):
        # What was only imagined was neither saved nor refused.
        if not getattr(request, "imagining", False):
            super().message_user(request, *args, **kwargs)

    def together_view(self, request, object_id):
        record = self.changeable(request, object_id)
        try:
            kept = signing.loads(request.POST.get("kept", ""), salt="together", max_age=KEPT_FOR)
            if (kept["user"], kept["model"], kept["pk"]) != (request.user.pk, self.opts.label, record.pk):
                raise signing.BadSignature
        except signing.BadSignature:
            self.message_user(request, _("This page is too old. Repeat your change and save."), messages.ERROR)
            return HttpResponseRedirect(desk_address(record))
        base, mine = Whole.from_json(kept["base"]), Whole.from_json(kept["mine"])
        choices = {name.removeprefix(CHOOSE): value for name, value in request.POST.items() if name.startswith(CHOOSE)}
        theirs = _number(request.POST.get("theirs"))
        if record.version != theirs:
            again = [_("The record has been changed once more. This is how both stand now.")]
            return self.together_page(request, record, base, mine, kept["seen"], choices, again)
        together, clashes = reconcile(base, whole_of(record), mine, choices)
        if not all(clash.chosen for clash in clashes):
            choose = [_("Choose one of the two wherever both differ.")]
            return self.together_page(request, record, base, mine, kept["seen"], choices, choose)
        try:
            put(record, together, request.user, f"brought together with version {theirs}", theirs)
        except (Refused, EditConflict) as refused:
            problems = refused.messages if isinstance(refused, ValidationError) else [str(refused)]
            return self.together_page(request, record, base, mine, kept["seen"], choices, problems)
        self.message_user(request, _("Both changes are in the record."), messages.SUCCESS)
        return HttpResponseRedirect(desk_address(record))

    def together_page(self, request, record, base, mine, seen, choices=None, problems=()):
        record.refresh_from_db()
        now = whole_of(record)
        _together, clashes = reconcile(base, now, mine, choices)
        clashing = {clash.key for clash in clashes}
        facts = {
            "user": request.user.pk,
            "model": self.opts.label,
            "pk": record.pk,
            "seen": seen,
            "base": base.as_json(),
            "mine": mine.as_json(),
        }
        return self.versions_page(
            request,
            "together",
            record,
            title=_("Two changes to one record"),
            problems=problems,
            clashes=clashes,
            theirs=without(differences(base, now), clashing),
            mine=without(differences(base, mine), clashing),
            authors=_authors(record, seen),
            kept=signing.dumps(facts, salt="together", compress=True),
            address=self.versions_address("together", record.pk),
            status=409,
        )

    def versions_page(self, request, page, record, status=200, **context):
        context |= {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": record,
            "record": record,
            "record_address": desk_address(record),
            "history_address": self.versions_address("history", record.pk),
        }
        request.current_app = self.admin_site.name
        return render(request, f"admin/{page}.html", context, status=status)


def without(edits, keys):
    """The Edits without the fields and rows that are asked about."""
    for edit in edits:
        edit.changes = [change for change in edit.changes if change.key not in keys]
    return [edit for edit in edits if edit.key not in keys and (edit.changes or edit.verb != "~")]


def _authors(record, seen):
    """Who saved the record since that version, and when last."""
    entries = record.history.filter(id=record.pk, version__gt=seen).select_related("history_user")
    entries = list(entries.order_by("-history_date", "-history_id"))
    users = dict.fromkeys(entry.history_user for entry in entries if entry.history_user)
    names = ", ".join(user.get_full_name() or user.get_username() for user in users)
    return {"names": names or _("Somebody else"), "when": entries[0].history_date if entries else record.updated_at}


def _number(text):
    return int(text) if text and str(text).isdecimal() and len(str(text)) < 10 else None
