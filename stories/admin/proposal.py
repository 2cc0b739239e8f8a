"""What the reader proposes, and the decision that a person takes."""

from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from partnerships.admin.inlines import LabelledFormSet, PartInline
from partnerships.models import EditConflict
from partnerships.publication import may_change
from stories import actions
from stories.models import Proposal

DECIDE = {Proposal.Decision.ACCEPTED: actions.accept, Proposal.Decision.REJECTED: actions.reject}


class ProposalFormSet(LabelledFormSet):
    """Decisions taken on the story's page go through the same function as those taken in the list."""

    user = None  # set by the inline

    def save_existing(self, form, obj, commit=True):
        decide = DECIDE.get(form.cleaned_data["decision"])
        proposal = Proposal.objects.get(pk=obj.pk)
        # The story has just been saved in this request; its own object knows the version.
        proposal.story = self.instance
        if decide:
            decide(proposals=[proposal], by=self.user)
        return proposal


class ProposalInline(PartInline):
    model = Proposal
    formset = ProposalFormSet
    can_delete = False
    fields = ["what", "excerpt", "decision", "decided_by"]
    readonly_fields = ["what", "excerpt", "decided_by"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("organization", "country", "decided_by")

    def has_add_permission(self, request, obj):
        return False

    def get_formset(self, request, obj=None, **kwargs):
        made = super().get_formset(request, obj, **kwargs)
        made.user = request.user
        return made

    @admin.display(description=_("the story"))
    def what(self, proposal):
        return str(proposal)


@admin.register(Proposal)
class ProposalAdmin(admin.ModelAdmin):
    """A list to work through: choose some, accept or reject them."""

    list_display = ["__str__", "excerpt", "story", "decision", "decided_by"]
    list_display_links = ["__str__"]
    list_filter = ["decision", "kind"]
    list_select_related = ["organization", "country", "decided_by"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["excerpt", "story__title", "organization__name", "organization__acronym", "country__name_en"]
    search_help_text = _("Excerpt, story, organization or country")
    actions = ["accept", "reject"]
    fields = ["story", "kind", "organization", "country", "excerpt", "decision", "decided_by", "decided_at"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("story")

    def get_readonly_fields(self, request, obj=None):
        return self.fields

    def has_add_permission(self, request):
        return False

    @admin.action(description=_("Accept: write it into the story"), permissions=["change"])
    def accept(self, request, queryset):
        self.decide(request, queryset, actions.accept)

    @admin.action(description=_("Reject"), permissions=["change"])
    def reject(self, request, queryset):
        self.decide(request, queryset, actions.reject)

    def decide(self, request, queryset, function):
        """A published story is changed by publishers only, also through a proposal."""
        chosen = list(queryset)
        allowed = [proposal for proposal in chosen if may_change(request.user, proposal.story)]
        try:
            decided = function(proposals=allowed, by=request.user)
        except EditConflict as conflict:
            self.message_user(request, str(conflict), messages.ERROR)
            return
        done = ngettext("%d proposal decided.", "%d proposals decided.", len(decided)) % len(decided)
        self.message_user(request, done, messages.SUCCESS if decided else messages.INFO)
        if kept := len(chosen) - len(allowed):
            left = ngettext(
                "%d proposal concerns a published story and waits for a publisher.",
                "%d proposals concern published stories and wait for a publisher.",
                kept,
            )
            self.message_user(request, left % kept, messages.WARNING)
