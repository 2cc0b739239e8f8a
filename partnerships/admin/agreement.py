"""Agreements at the desk, with their parties, signatures, areas, commitments and documents on one page."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from partnerships.filtersets import AgreementFilterSet
from partnerships.forms import HOW_TO_WRITE
from partnerships.models import Agreement, AgreementDocument, AreaOfCooperation, Commitment, Party, Status

from .dated import words
from .files import DocumentInline
from .filters import StatusFilter
from .inlines import LabelledFormSet, PartAdmin, PartInline
from .record import RecordAdmin
from .related import STATE, add_address, desk_address, linked_table, list_address
from .signature import SignatureInline
from .summary import money_by, parties, status_today
from .todo import TodoFilter


class PartyFormSet(LabelledFormSet):
    def clean(self):
        """Find a party that two new rows name: the model sees one row at a time, and the database would be too late."""
        super().clean()
        seen = set()
        for form in self.forms:
            row = form.cleaned_data if form.is_valid() else {}
            if not row or row.get("DELETE") or row.get("withdrew"):
                continue
            if row.get("organization") in seen:
                twice = next(rule for rule in Party._meta.constraints if rule.name == "party_once_at_a_time")
                form.add_error("organization", twice.violation_error_message)
            seen.add(row.get("organization"))


class PartyInline(PartInline):
    model = Party
    blank = 2
    formset = PartyFormSet
    fields = ["organization", "joined", "withdrew", "note"]
    autocomplete_fields = ["organization"]


class AreaInline(PartInline):
    model = AreaOfCooperation
    blank = 3
    fields = ["position", "text"]


class CommitmentInline(PartInline):
    model = Commitment
    fields = ["text", "responsible", "due", "met"]
    autocomplete_fields = ["responsible"]


class TextInline(PartInline):
    model = AgreementDocument
    fields = ["title", "url", "language"]


@admin.register(Agreement)
class AgreementAdmin(RecordAdmin):
    filterset = AgreementFilterSet
    partner_link, country_link, statuses = "parties", "agreements", Status
    list_display = ["title", "kind", "parties", "signed", "status"]
    list_filter = [StatusFilter, "kind"]
    date_hierarchy = "signed_on"
    short_field = "short_title"
    search_fields = [
        "title",
        "short_title",
        "reference",
        "parties__organization__name",
        "parties__organization__acronym",
        "parties__organization__names__name",
    ]
    search_help_text = _("Title, short title, reference, or a party by any of its names")
    autocomplete_fields = ["parent", "supersedes", "countries", "regions", "goals", "focal_points"]
    readonly_fields = ["plans", "status"]
    inlines = [PartyInline, SignatureInline, AreaInline, CommitmentInline, DocumentInline, TextInline]
    summaries = (status_today, parties, money_by("agreement"))
    fieldsets = [
        (None, {"fields": ["title", ("short_title", "reference"), "kind", "description"]}),
        (
            _("Dates"),
            {
                "fields": [("signed", "entered_into_force"), "place", ("ends", "terminated"), "status"],
                "description": HOW_TO_WRITE,
            },
        ),
        (_("Its place among the others"), {"fields": ["parent", "supersedes", "plans"]}),
        (_("Where and what for"), {"fields": ["countries", "regions", "goals"]}),
        (_("Who looks after it"), {"fields": ["focal_points"]}),
    ]

    @admin.display(description=_("parties"))
    def parties(self, agreement):
        return words([party.organization for party in agreement.parties.all()])

    @admin.display(description=_("status today"))
    def status(self, agreement):
        return agreement.status().label if agreement.pk else "–"

    @admin.display(description=_("carried out by"))
    def plans(self, agreement):
        if not agreement.pk:
            return "–"
        add = add_address(Agreement, parent=agreement.pk, kind=Agreement.Kind.JOINT_ACTION_PLAN)
        every = list_address(Agreement, parent__id__exact=agreement.pk)
        return linked_table(agreement.plans.all(), [(_("kind"), Agreement.get_kind_display), STATE], add, every)

    # A plan has the parties of what it is made under, unless somebody says otherwise.
    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        plan = form.instance
        if change or not plan.parent_id or plan.parties.exists():
            return
        here = list(plan.parent.parties.filter(withdrew_on=None).select_related("organization"))
        for party in here:
            party = Party(agreement=plan, organization=party.organization)
            party._history_user = request.user
            party.save()
        if here:
            said = _("It has the parties of “%(parent)s”: %(parties)s.")
            names = words([party.organization for party in here], most=len(here))
            self.message_user(request, said % {"parent": plan.parent, "parties": names})


@admin.register(Commitment)
class CommitmentAdmin(PartAdmin):
    """Not a page of its own: it lets a story's evidence find the commitment that it proves."""

    search_fields = ["text", "agreement__title", "agreement__short_title"]
    list_display = ["text", "agreement_here", "due", "met"]
    list_display_links = None
    list_filter = [TodoFilter]
    list_select_related = ["agreement"]

    @admin.display(description=_("agreement"), ordering="agreement__title")
    def agreement_here(self, commitment):
        """Where the commitment is changed."""
        return format_html('<a href="{}">{}</a>', desk_address(commitment.agreement), commitment.agreement)

    def choice_label(self, commitment):
        return f"{commitment.agreement}: {commitment}"
