"""Contributions: one amount, from whom, for what, and how far it has come."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerships.filtersets import ContributionFilterSet
from partnerships.models import Contribution

from .base import RegisterDetailView, RegisterListView
from .money import pictures
from .rail import key_of

MOST_DRAWN = 50_000  # contributions; to group them takes a second, once for each state of the register


class ContributionListView(RegisterListView):
    model = Contribution
    filterset_class = ContributionFilterSet
    facets = ("stage", "funder", "partner", "country", "year")
    introduction = _(
        "Pledges, commitments and disbursements. An amount that no source states is shown as unknown, never as zero."
    )
    phrases = {
        "partner": pgettext_lazy("partner", "involving %s"),
        "year": pgettext_lazy("year", "dated %s"),
        "span": pgettext_lazy("years", "dated %s"),
    }

    def answer(self, filterset):
        """With pictures of all that the question finds, whatever page of it is shown."""
        answer, status = super().answer(filterset)
        if status == 200 and answer["page"].paginator.count <= MOST_DRAWN:
            asked = [pair for pair in self.asked() if pair[0] != "ordering"]
            answer["pictures"] = pictures(filterset.qs, asked, self.counts, key_of(filterset))
        return answer, status


class ContributionDetailView(RegisterDetailView):
    model = Contribution
    api_name = "contributions"
    template_name = "partnerships/contribution.html"
