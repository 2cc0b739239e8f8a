"""Evidence at the desk: on its own page, on the story's, and on the page of what it proves."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from partnerships.admin import AgreementAdmin, ContributionAdmin, IndicatorAdmin, ProjectAdmin
from partnerships.admin.fields import DeskFields
from partnerships.admin.inlines import PartInline
from partnerships.admin.proposing import proposing
from partnerships.admin.summary import Fact
from partnerships.forms import PartialDateForm
from partnerships.models import Commitment, Measurement
from partnerships.publication import may_change
from stories.models import Evidence
from stories.models.evidence import TARGETS


def record_of(target):
    """The record on whose page the target stands, and with which it is published."""
    if isinstance(target, Measurement):
        return target.indicator
    return target.agreement if isinstance(target, Commitment) else target


class EvidenceForm(PartialDateForm):
    """Whoever saves a claim vouches for it."""

    user = None  # set by the admin class
    proposing = False  # whether it is only proposed: a publisher decides on it, and nothing is public before

    def clean(self):
        cleaned = super().clean()
        story = cleaned.get("story")
        # Between a published story and a published record a claim is public as soon as it is saved, and so it is the
        # publisher's to write. A draft may cite a published story: it waits for its own publication.
        targets = [record_of(cleaned[name]) for name in TARGETS if cleaned.get(name)]
        public = story is not None and any(target.is_public for target in targets)
        if public and not self.proposing and self.has_changed() and self.user and not may_change(self.user, story):
            problem = _("This story is published. Ask a publisher to add to it.")
            self.add_error("story", ValidationError(problem, code="published"))
        return cleaned

    def save(self, commit=True):
        if self.user and self.has_changed():
            self.instance.confirmed_by, self.instance.confirmed_on = self.user, timezone.localdate()
        return super().save(commit)


class VouchedInline(PartInline):
    model = Evidence
    form = EvidenceForm

    def get_formset(self, request, obj=None, **kwargs):
        made = super().get_formset(request, obj, **kwargs)
        made.form.user, made.form.proposing = request.user, proposing(request, obj)
        return made


class RecordEvidenceInline(VouchedInline):
    """On the page of an agreement, a project or a contribution: which story says so."""

    fields = ["story", "claim", "excerpt", "confirmed_by"]
    readonly_fields = ["confirmed_by"]
    autocomplete_fields = ["story"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("story", "confirmed_by")


class StoryEvidenceInline(VouchedInline):
    """On the story's page: what it proves."""

    template = "admin/edit_inline/stacked.html"
    fieldsets = [
        (None, {"fields": [("claim", "excerpt"), TARGETS]}),
    ]
    autocomplete_fields = TARGETS


def proof(record, user):
    """How many passages support the record."""
    number = Evidence.objects.proving(record).count()
    found = ngettext("%d passage", "%d passages", number) % number if number else _("none yet")
    return [Fact(_("Evidence"), found, "#evidence-group" if number else "")]


for noun in (AgreementAdmin, ProjectAdmin, ContributionAdmin):
    noun.attach(RecordEvidenceInline)
for noun in (AgreementAdmin, ProjectAdmin, ContributionAdmin, IndicatorAdmin):
    noun.summarize(proof)


@admin.register(Evidence)
class EvidenceAdmin(DeskFields, admin.ModelAdmin):
    form = EvidenceForm
    list_display = ["excerpt", "claim", "story", "proves", "confirmed"]
    list_filter = ["claim", ("confirmed_on", admin.EmptyFieldListFilter)]
    list_per_page = 50
    show_full_result_count = False
    search_fields = [
        "excerpt",
        "story__title",
        "agreement__title",
        "agreement__short_title",
        "project__title",
        "project__short_title",
    ]
    search_help_text = _("Excerpt, story, agreement or project")
    autocomplete_fields = ["story", *TARGETS]
    readonly_fields = ["confirmed_by", "confirmed_on"]
    actions = ["confirm"]
    fieldsets = [
        (None, {"fields": ["story", "claim", "excerpt"]}),
        (_("What it proves: one of these"), {"fields": list(TARGETS)}),
        (_("Confirmation"), {"fields": ["confirmed_by", "confirmed_on"]}),
    ]

    def get_form(self, request, obj=None, change=False, **kwargs):
        made = super().get_form(request, obj, change=change, **kwargs)
        made.user = request.user
        return made

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("confirmed_by").with_story().with_target(request.user)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or may_change(request.user, obj.story))

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or may_change(request.user, obj.story))

    @admin.display(description=_("proves"))
    def proves(self, evidence):
        return evidence.target

    @admin.display(description=_("confirmed"), ordering="confirmed_on")
    def confirmed(self, evidence):
        if not evidence.confirmed_on:
            return _("not yet")
        return f"{evidence.confirmed_on:%Y-%m-%d}, {evidence.confirmed_by or '–'}"

    @admin.action(description=_("Confirm"), permissions=["change"])
    def confirm(self, request, queryset):
        """Vouch for these claims; each is saved by itself, so that its history says who did."""
        rows = [row for row in queryset.filter(confirmed_on=None) if self.has_change_permission(request, row)]
        for row in rows:
            row.confirmed_by, row.confirmed_on = request.user, timezone.localdate()
            row.save()
        done = ngettext("%d claim confirmed.", "%d claims confirmed.", len(rows)) % len(rows)
        self.message_user(request, done, messages.SUCCESS if rows else messages.INFO)
