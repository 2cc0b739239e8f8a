"""Bringing a downloaded table back at the desk: a dry run that says everything, then all of it or nothing."""

from django.contrib import admin, messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerships import importers
from partnerships.exports import table_of
from partnerships.importers.kept import KEPT_FOR, forget_file, keep_file, kept_file
from partnerships.models import FailedImport

MOST_SHOWN = 500


class ImportAdmin(admin.ModelAdmin):
    """Adds "Import" to a noun's list. What may be changed in a row is decided row by row, as in its form."""

    change_list_template = "admin/record_list.html"

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_import"
        return [path("import/", self.admin_site.admin_view(self.import_view), name=name), *super().get_urls()]

    def has_import_permission(self, request):
        return self.has_add_permission(request) and self.has_change_permission(request)

    def changelist_view(self, request, extra_context=None):
        may = self.has_import_permission(request)
        return super().changelist_view(request, {"has_import_permission": may, **(extra_context or {})})

    def import_view(self, request):
        if not self.has_import_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return self.import_page(request)
        try:
            if "confirm" in request.POST:
                return self.carry_out(request)
            return self.dry_run(request)
        except importers.Unreadable as problem:
            if upload := request.FILES.get("file"):
                self.remember(request, upload.name, problem=str(problem))
            return self.import_page(request, status=400, problem=str(problem))

    def dry_run(self, request):
        upload = request.FILES.get("file")
        if upload is None:
            raise importers.Unreadable(_("Choose a file: a CSV or XLSX that was downloaded from this list."))
        if upload.size > importers.MOST_BYTES:
            limit = importers.MOST_BYTES // 1024**2
            raise importers.Unreadable(_("The file is larger than %s MB. Split it, or narrow the list.") % limit)
        data = upload.read()
        plan = importers.plan(table_of(self.model), importers.read(data), request.user)
        self.remember(request, upload.name, plan)
        return self.import_page(request, plan=plan, token=self.keep(request, data, upload.name, plan), name=upload.name)

    def keep(self, request, data, name, plan):
        """A signed word by which this user may carry out this plan; "" where there is nothing to carry out."""
        if not plan.is_possible or not plan.to_write:
            return ""
        facts = {
            "file": keep_file(data),
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

    def carry_out(self, request):
        again = importers.Unreadable(_("The dry run is too long ago. Choose the file again."))
        try:
            facts = signing.loads(request.POST.get("token", ""), salt="desk import", max_age=KEPT_FOR)
            if (facts["user"], facts["model"]) != (request.user.pk, self.opts.label):
                raise again
            data = kept_file(facts["file"])
        except (signing.BadSignature, OSError):
            raise again from None
        reason = _("imported from %s") % facts["name"]
        table, sheet = table_of(self.model), importers.read(data)
        try:
            plan = importers.write(table, sheet, request.user, fingerprint=facts["fingerprint"], reason=reason)
        except importers.Outdated as outdated:
            problem = _("Nothing was written: the register has changed since the dry run. This is how it stands now.")
            plan = outdated.plan
            token = self.keep(request, data, facts["name"], plan)
            self.remember(request, facts["name"], plan, problem)
            return self.import_page(request, status=409, problem=problem, plan=plan, token=token, name=facts["name"])
        forget_file(facts["file"])
        count = len(plan.to_write)
        written = ngettext(
            "%(count)d record was written from %(name)s.", "%(count)d records were written from %(name)s.", count
        )
        self.message_user(request, written % {"count": count, "name": facts["name"]}, messages.SUCCESS)
        return HttpResponseRedirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"))

    def import_page(self, request, status=200, plan=None, **context):
        table = table_of(self.model)
        context |= {
            **self.admin_site.each_context(request),
            "title": _("Import %s") % self.opts.verbose_name_plural,
            "opts": self.opts,
            "plan": plan,
            "counts": {str(verdict): count for verdict, count in plan.counts.items()} if plan else {},
            # What stands in the way comes first.
            "rows": sorted(plan.rows, key=lambda row: not row.errors)[:MOST_SHOWN] if plan else [],
            "left_out": max(0, len(plan.rows) - MOST_SHOWN) if plan else 0,
            "imported": [column.name for column in table.columns if column.field and column.name != "slug"],
            "read_only": [
                column.name for column in table.columns if not column.field and column.name not in ("id", "version")
            ],
            "downloads": f"/api/v1/{table.name}/?format=",
            "limits": {"rows": importers.MOST_ROWS, "megabytes": importers.MOST_BYTES // 1024**2},
        }
        request.current_app = self.admin_site.name
        return render(request, "admin/import.html", context, status=status)
