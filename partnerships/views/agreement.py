"""Agreements: who is bound, to what, since when, and which story says so."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerships.filtersets import AgreementFilterSet
from partnerships.models import Agreement, Contribution, Event, Project

from .base import ROWS_PER_PAGE, Section, asking
from .drawing import draw
from .mapped import MappedListView
from .past import PastDetailView
from .together import FEWEST, MOST, together_address


class AgreementListView(MappedListView):
    model = Agreement
    filterset_class = AgreementFilterSet
    facets = ("status", "kind", "partner", "country", "year")
    introduction = _("Memoranda, action plans, decisions, conventions: what partners have put their names to.")
    phrases = {
        "year": pgettext_lazy("year", "in force in %s"),
        "span": pgettext_lazy("years", "in force %s"),
        "signed_year": pgettext_lazy("year", "signed in %s"),
    }

    def answer(self, filterset):
        """With a timeline of the agreements, where one page has them all."""
        answer, status = super().answer(filterset)
        if status == 200 and answer["page"].paginator.count <= ROWS_PER_PAGE:
            answer["drawing"] = draw(answer["records"], self.request.user)
        return answer, status


class AgreementDetailView(PastDetailView):
    model = Agreement
    api_name = "agreements"
    template_name = "partnerships/agreement.html"

    def about(self, record):
        day, parties = self.on or timezone.localdate(), list(record.parties.all())
        current = [party for party in parties if not party.withdrew_on or party.withdrew_on > day]
        return {
            **super().about(record),
            "parties": current + [party for party in parties if party not in current],
            "parties_now": len(current),
            "together": self.together(parties),
            "drawing": None if self.on else self.history(record),
        }

    def together(self, parties):
        """The address of all that the parties share today, or "" where they are too many for it."""
        return together_address(*(party.organization for party in parties)) if FEWEST <= len(parties) <= MOST else ""

    def organizations(self, record):
        return super().organizations(record) + [one.responsible for one in record.commitments.all() if one.responsible]

    def sections_today(self, record):
        user, slug = self.request.user, record.slug
        agreements = Agreement.objects.visible_to(user).for_list(user)
        return [
            Section(_("Made under it"), list(record.plans.all()), asking("agreement", parent=slug), missed=False),
            Section(_("Superseded by"), agreements.filter(supersedes=record), most=50, missed=False),
            Section(_("Supersedes"), list(record.supersedes.all()), most=50, missed=False),
            Section(
                _("Projects under it"),
                Project.objects.visible_to(user).filter(agreements=record).for_list(user),
                asking("project", agreement=slug),
            ),
            Section(
                _("Contributions"),
                Contribution.objects.visible_to(user).filter(agreement=record).for_list(user),
                asking("contribution", agreement=slug),
            ),
            Section(_("Events"), Event.objects.visible_to(user).filter(agreements=record).for_list(user), most=50),
        ]

    def sections_on(self, record, day):
        """The other agreements and the projects that there were."""
        user = self.request.user
        agreements = Agreement.objects.visible_to(user).of_that_day(day).for_list(user, day)
        projects = Project.objects.visible_to(user).filter(agreements=record).begun_by(day).for_list(user, day)
        return [
            Section(_("Made under it"), agreements.filter(parent=record), most=50, missed=False),
            Section(_("Superseded by"), agreements.superseding(day).filter(supersedes=record), most=50, missed=False),
            Section(_("Supersedes"), agreements.filter(superseded_by=record), most=50, missed=False),
            Section(_("Projects under it"), projects, most=50, missed=False),
        ]

    def history(self, record):
        """The Drawing of the agreement, of what it replaced and what replaced it, with their plans."""
        user = self.request.user
        agreements = Agreement.objects.visible_to(user).of_one_history(record, user).for_list(user)
        return draw(agreements, user)
