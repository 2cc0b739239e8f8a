"""What every record has at the desk: dates, publication, protection against overwriting, history, fixed lists."""

from contextlib import suppress

from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from partnerships.internal import open_to, reads_notes
from partnerships.models import EditConflict
from partnerships.publication import OPEN_STATES, NotReady
from partnerships.reviewing.proposals import may_propose
from partnerships.versions import Refused

from .bin import DiscardingAdmin
from .conflict import RecordForm
from .dated import DatedColumns
from .fields import DeskFields, with_state
from .filters import CountryFilter, PartnerFilter, YearFilter
from .history import describe, saves_of
from .importing import ImportAdmin
from .presence import PresentAdmin
from .preview import PreviewingAdmin
from .proposing import ProposingAdmin
from .publishing import PublishingAdmin
from .related import review_address, state_column
from .reviewing import ReviewingAdmin
from .saving import StayingAdmin
from .schedule import SchedulingAdmin, with_schedule
from .summary import SummarizedRecord
from .todo import TodoFilter
from .versions import VersionsAdmin

ASIDE = (
    _("For the reader, and for colleagues"),
    {"fields": ["caveat", "internal_note"], "classes": ["collapse"]},
)
ASIDE_WITHOUT_NOTE = (_("For the reader"), {"fields": ["caveat"], "classes": ["collapse"]})
PUBLICATION = (_("Publication"), {"fields": ["state", "slug"]})


class RecordChangeList(ChangeList):
    def get_queryset(self, request, exclude_parameters=None):
        # What a row shows is read with the rows: the number of queries does not grow with the list.
        return super().get_queryset(request, exclude_parameters).for_list(request.user)

    def get_results(self, request):
        super().get_results(request)
        self.result_list = with_schedule(self.result_list)


class RecordAdmin(
    DeskFields,
    DatedColumns,
    SummarizedRecord,
    StayingAdmin,
    PresentAdmin,
    ProposingAdmin,
    ReviewingAdmin,
    SchedulingAdmin,
    PreviewingAdmin,
    VersionsAdmin,
    DiscardingAdmin,
    ImportAdmin,
    PublishingAdmin,
):
    """The desk's page for one noun of the register.

    `extra_inlines` takes the rows that another app adds to the noun; see `RecordAdmin.attach`.
    """

    form = RecordForm
    filterset = None  # the noun's FilterSet, whose words the list's filters use
    partner_link = ""  # from an organization to the noun, to suggest only partners in use; "" suggests all
    country_link = ""
    short_field = ""  # what people type when they know the record: boxes suggest an exact match first
    list_per_page = 50
    show_full_result_count = False
    change_form_template = "admin/record_form.html"
    extra_inlines = ()

    @classmethod
    def attach(cls, inline):
        """Let an app further up add its rows to this noun's page, without this app knowing about it."""
        cls.extra_inlines = (*cls.extra_inlines, inline)

    def get_inlines(self, request, obj):
        return [*super().get_inlines(request, obj), *self.extra_inlines]

    def get_changelist(self, request, **kwargs):
        return RecordChangeList

    def changelist_view(self, request, extra_context=None):
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def get_list_filter(self, request):
        return [TodoFilter, PartnerFilter, CountryFilter, YearFilter, "state", *self.list_filter]

    def get_list_display(self, request):
        return [*self.list_display, state_column]

    def get_fieldsets(self, request, obj=None):
        aside = ASIDE if reads_notes(request.user) else ASIDE_WITHOUT_NOTE
        fieldsets = [*self.fieldsets, aside, PUBLICATION]
        if obj is not None and self.has_change_permission(request, obj):
            fieldsets.append((None, {"fields": ["seen_version"], "classes": ["unseen"]}))
        return fieldsets

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.refused = getattr(request, "refused", False)
        form.not_ready = getattr(request, "not_ready", ())
        form.imagining = getattr(request, "imagining", False)
        form.parts = self.parts_history(request, obj) if obj is not None else ()
        return form

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        def form_view():
            return self.form_alone(request, object_id, form_url, extra_context)

        if request.method == "GET" and object_id and (record := self.to_propose(request, object_id)):
            with suppress(Refused):
                return self.propose_form(request, record)

        try:
            return self.together_or_none(request, object_id, form_view) or form_view()
        except (EditConflict, IntegrityError, NotReady) as problem:
            # Everything was rolled back. Asked once more, the form says what is wrong instead of saving, or finds the
            # version that somebody saved in between.
            request.refused = isinstance(problem, IntegrityError)
            request.not_ready = problem.messages if isinstance(problem, NotReady) else ()
            return self.together_or_none(request, object_id, form_view) or form_view()

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if change and obj is not None:
            context["facts"] = self.facts(obj, request.user)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def form_alone(self, request, object_id, form_url, extra_context):
        """The form as Django answers it."""
        return super().changeform_view(request, object_id, form_url, extra_context)

    def to_propose(self, request, object_id):
        """The record, if the user may only propose changes to it."""
        if self.has_publish_permission(request) or not self.has_change_permission(request):
            return None
        record = self.get_object(request, unquote(object_id))
        return record if record is not None and may_propose(request.user, record) else None

    def choice_label(self, record):
        short = getattr(record, "acronym", "") or getattr(record, "short_title", "")
        return with_state(f"{record} ({short})" if short else str(record), record)

    # History: the record's own, and that of the rows on its page.
    def parts_history(self, request, obj):
        return [
            inline.history_of(obj)
            for inline in self.get_inline_instances(request, obj)
            if hasattr(inline, "history_of")
        ]

    def readable(self, request, saves):
        for save in saves:
            save.edits = open_to(request.user, save.edits)
        return saves

    def history_view(self, request, object_id, extra_context=None):
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        everything = saves_of(obj, self.parts_history(request, obj))
        page = Paginator(everything, 50).get_page(request.GET.get("p"))
        if self.has_change_permission(request, obj):
            for save in page.object_list:
                if save.version and save.version < obj.version:
                    save.restore = self.versions_address("restore", obj.pk, save.version)
        context = {
            **self.admin_site.each_context(request),
            "title": _("History"),
            "subtitle": str(obj),
            "opts": self.opts,
            "object": obj,
            "original": obj,
            "module_name": str(self.opts.verbose_name_plural),
            "page": page,
            "review_address": review_address(obj) if obj.state in OPEN_STATES else "",
            "saves": self.readable(request, describe(page.object_list, everything, obj)),
            **(extra_context or {}),
        }
        request.current_app = self.admin_site.name
        return render(request, "admin/record_history.html", context)
