"""Bringing a downloaded table back at the desk: a dry run that says everything, then all of it or nothing.

Each try is a *run*, done within the one request that begins it. Its ticket, which only the person who has it can use, leads to
how far it is, to stopping it, and to what came of it.
"""

from django.contrib import admin, messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerships import importers
from partnerships.exports import csv_bytes, table_of, xlsx_bytes
from partnerships.importers.kept import KEPT_FOR, forget_file, keep_file, kept_file, new_name
from partnerships.importers.report import Report
from partnerships.models import FailedImport

FILES = {
    "csv": ("text/csv; charset=utf-8", lambda name, header, blocks: csv_bytes(header, blocks)),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx_bytes),
}


class ImportAdmin(admin.ModelAdmin):
    """Adds "Import" to a noun's list. What may be changed in a row is decided row by row, as in its form."""

    change_list_template = "admin/record_list.html"

    def get_urls(self):
        pages = {
            "import/": (self.import_view, "import"),
            "import/<str:ticket>/": (self.run_view, "import_run"),
            "import/<str:ticket>/progress/": (self.progress_view, "import_progress"),
            "import/<str:ticket>/cancel/": (self.cancel_view, "import_cancel"),
            "import/<str:ticket>/problems.<str:format>": (self.problems_view, "import_problems"),
        }
        noun = f"{self.opts.app_label}_{self.opts.model_name}"
        own = [
            path(route, self.admin_site.admin_view(view), name=f"{noun}_{name}")
            for route, (view, name) in pages.items()
        ]
        return [*own, *super().get_urls()]

    def has_import_permission(self, request):
        return self.has_add_permission(request) and self.has_change_permission(request)

    def changelist_view(self, request, extra_context=None):
        may = self.has_import_permission(request)
        return super().changelist_view(request, {"has_import_permission": may, **(extra_context or {})})

    # --- the run ------------------------------------------------------------------------------------------------------

    def import_view(self, request):
        if not self.has_import_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return self.import_page(request)
        run, ticket = self.begun(request)
        with importers.Progress(run) as progress:
            report = self.done(request, run, progress)
            report.keep(run)
        if request.headers.get("Accept") == "application/json":
            return JsonResponse({"next": report.address or self.address("import_run", ticket)})
        if report.address:
            return HttpResponseRedirect(report.address)
        return self.import_page(request, report, ticket)

    def begun(self, request):
        """The run that the page has a ticket for, or a new one where that has been used, or is none; and its ticket."""
        ticket = request.POST.get("run", "")
        try:
            run = self.run_of(request, ticket)
        except Http404:
            run = ""
        if run and not importers.progress_of(run):
            return run, ticket
        run = new_name()
        return run, self.ticket(request, run)

    def done(self, request, run, progress):
        """The Report of this run."""
        try:
            if "confirm" in request.POST:
                return self.carry_out(request, progress)
            return self.dry_run(request, run, progress)
        except importers.Unreadable as problem:
            upload = request.FILES.get("file")
            if upload:
                self.remember(request, upload.name, problem=str(problem))
            return Report(upload.name if upload else "", problem=str(problem), status=400)

    def dry_run(self, request, run, progress):
        upload = request.FILES.get("file")
        if upload is None:
            raise importers.Unreadable(_("Choose a file: a CSV or XLSX that was downloaded from this list."))
        if upload.size > importers.MOST_BYTES:
            limit = importers.MOST_BYTES // 1024**2
            raise importers.Unreadable(_("The file is larger than %s MB. Split it, or narrow the list.") % limit)
        data = upload.read()
        try:
            plan = importers.plan(table_of(self.model), importers.read(data, progress), request.user, progress)
        except importers.Cancelled:
            return Report(upload.name, notice=_("Cancelled. Nothing was written."))
        self.remember(request, upload.name, plan)
        return Report.of(upload.name, plan, token=self.keep(request, run, data, upload.name, plan))

    def keep(self, request, run, data, name, plan):
        """A signed word by which this user may carry out this plan; "" where there is nothing to carry out."""
        if not plan.is_possible or not plan.to_write:
            return ""
        facts = {
            "file": keep_file(data),
            "run": run,
            "name": name[:80],
            "fingerprint": plan.fingerprint,
            "user": request.user.pk,
            "model": self.opts.label,
        }
        return signing.dumps(facts, salt="desk import")

    def remember(self, request, name, plan=None, problem=""):
        """Keep what failed for the day's work, until the same person's same file does not fail any more."""
        noun = {"noun": self.opts.label_lower, "file_name": name[:80], "user": request.user}
        wrong = [row for row in plan.rows if row.errors] if plan else []
        if not wrong and not problem:
            FailedImport.objects.filter(**noun).settle()
            return
        problem = problem or " ".join(filter(None, wrong[0].errors[0]))
        failure = {"problem": problem[:500], "wrong_rows": len(wrong), "at": timezone.now()}
        FailedImport.objects.update_or_create(**noun, settled_at=None, defaults=failure)

    def carry_out(self, request, progress):
        again = importers.Unreadable(_("The dry run is too long ago. Choose the file again."))
        token = request.POST.get("token", "")
        try:
            facts = signing.loads(token, salt="desk import", max_age=KEPT_FOR)
            if (facts["user"], facts["model"]) != (request.user.pk, self.opts.label):
                raise again
            data = kept_file(facts["file"])
        except (signing.BadSignature, OSError):
            raise again from None
        name, reason = facts["name"], _("imported from %s") % facts["name"]
        table = table_of(self.model)
        try:
            sheet = importers.read(data, progress)
            fingerprint = facts["fingerprint"]
            plan = importers.write(
                table, sheet, request.user, fingerprint=fingerprint, reason=reason, progress=progress
            )
        except importers.Cancelled:
            return self.as_before(facts["run"], name, token)
        except importers.Outdated as outdated:
            problem = _("Nothing was written: the register has changed since the dry run. This is how it stands now.")
            plan = outdated.plan
            self.remember(request, name, plan, problem)
            token = self.keep(request, progress.run, data, name, plan)
            return Report.of(name, plan, token=token, problem=problem, status=409)
        forget_file(facts["file"])
        count = len(plan.to_write)
        written = ngettext(
            "%(count)d record was written from %(name)s.", "%(count)d records were written from %(name)s.", count
        )
        self.message_user(request, written % {"count": count, "name": name}, messages.SUCCESS)
        return Report(name, address=self.address("changelist"))

    def as_before(self, run, name, token):
        """The dry run's report once more: whoever cancelled can still carry it out."""
        notice = _("Cancelled. Nothing was written.")
        try:
            report = Report.kept(run)
        except OSError:
            return Report(name, notice=notice)
        report.notice, report.token = notice, token
        return report

    # --- its ticket ---------------------------------------------------------------------------------------------------

    def address(self, page, *args):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}", args=args)

    def ticket(self, request, run):
        facts = {"run": run, "user": request.user.pk, "model": self.opts.label}
        return signing.dumps(facts, salt="desk import run")

    def run_of(self, request, ticket):
        """The run of a ticket that is this user's and this list's. Raises Http404."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        try:
            facts = signing.loads(ticket, salt="desk import run", max_age=KEPT_FOR)
        except signing.BadSignature:
            raise Http404 from None
        if (facts["user"], facts["model"]) != (request.user.pk, self.opts.label):
            raise Http404
        return facts["run"]

    def run_view(self, request, ticket):
        """What came of a run, or how far it is."""
        run = self.run_of(request, ticket)
        progress = importers.progress_of(run)
        if progress is None:
            return HttpResponseRedirect(self.address("import"))
        if progress["phase"] not in (importers.Phase.ENDED, importers.Phase.BROKEN):
            return self.import_page(request, ticket=ticket, running=said(progress))
        try:
            report = Report.kept(run)
        except OSError:
            report = Report("", problem=broken())
        if report.address:
            return HttpResponseRedirect(report.address)
        report.status = 200  # the page is there, whatever came of the run
        return self.import_page(request, report, ticket)

    def progress_view(self, request, ticket):
        """JSON: `phase` (null before it begins), `done` and `total` rows, and `text` to be read."""
        progress = importers.progress_of(self.run_of(request, ticket)) or {"phase": None, "done": 0, "total": 0}
        return JsonResponse({**progress, "text": said(progress)}, headers={"Cache-Control": "no-store"})

    def cancel_view(self, request, ticket):
        run = self.run_of(request, ticket)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        importers.cancel(run)
        return HttpResponseRedirect(self.address("import_run", ticket))

    def problems_view(self, request, ticket, format):
        """All errors and warnings of a run, a row for each."""
        run = self.run_of(request, ticket)
        if format not in FILES:
            raise Http404
        try:
            problems = Report.kept(run).problems
        except OSError:
            raise Http404 from None
        header = [_("row"), _("record"), _("kind"), _("column"), _("reason")]
        kinds = {"error": _("error"), "warning": _("warning")}
        rows = [(number, slug, kinds[kind], column, reason) for number, slug, kind, column, reason in problems]
        name = f"{table_of(self.model).name}-problems"
        content_type, write = FILES[format]
        data = b"".join(write(name, header, [[list(cells) for cells in zip(*rows, strict=True)]] if rows else []))
        attachment = f'attachment; filename="{name}.{format}"'
        return HttpResponse(data, content_type=content_type, headers={"Content-Disposition": attachment})

    def import_page(self, request, report=None, ticket="", running=""):
        table, fresh = table_of(self.model), self.ticket(request, new_name())
        context = {
            **self.admin_site.each_context(request),
            "title": _("Import %s") % self.opts.verbose_name_plural,
            "opts": self.opts,
            "report": report,
            "problem": report.problem if report else "",
            "token": report.token if report else "",
            "counts": report.counts if report else {},
            "rows": report.rows if report else [],
            "imported": [column.name for column in table.columns if column.field and column.name != "slug"],
            "read_only": [
                column.name for column in table.columns if not column.field and column.name not in ("id", "version")
            ],
            "downloads": f"/api/v1/{table.name}/?format=",
            "limits": {"rows": importers.MOST_ROWS, "megabytes": importers.MOST_BYTES // 1024**2},
            # The next try has a run of its own.
            "run": fresh,
            "here": self.address("import"),
            "addresses": {name: self.address(f"import_{name}", fresh) for name in ("run", "progress", "cancel")},
            "running": running,
            "stop": self.address("import_cancel", ticket) if running else "",
            "problem_files": [
                (format.upper(), self.address("import_problems", ticket, format)) for format in FILES if ticket
            ],
        }
        request.current_app = self.admin_site.name
        return render(request, "admin/import.html", context, status=report.status if report else 200)


def broken():
    return _(
        "The server stopped while it worked on this file. It writes all of a file or nothing: choose it again, and the"
        " dry run says which."
    )


def said(progress):
    """The progress as a sentence."""
    done, total = (number_format(progress[name], force_grouping=True) for name in ("done", "total"))
    match progress["phase"]:
        case importers.Phase.READING:
            return _("Reading the file")
        case importers.Phase.COMPARING:
            return _("Comparing with the register: %(done)s of %(total)s rows") % {"done": done, "total": total}
        case importers.Phase.WRITING:
            return _("Writing: %(done)s of %(total)s records") % {"done": done, "total": total}
        case importers.Phase.FINISHING:
            return _("Finishing: it can no longer be cancelled")
        case importers.Phase.BROKEN:
            return broken()
    return ""
