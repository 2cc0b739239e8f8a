"""What a record comes to, in a few lines above its form: how it stands today, who, with what money, by what proof."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerships import money
from partnerships.models import Contribution
from partnerships.reporting import grouped
from partnerships.views.amounts import Line
from partnerships.wording import unstated

from .dated import words


@dataclass(frozen=True)
class Fact:
    """`address` is where it is looked at in full, if there is such a place."""

    label: str
    words: str
    address: str = ""


class SummarizedRecord:
    """For an admin class. `summaries` are functions from a record and a user to Facts; see `summarize`."""

    summaries = ()

    @classmethod
    def summarize(cls, tell):
        """Let an app further up add Facts to this noun's page, without this app knowing about it."""
        cls.summaries = (*cls.summaries, tell)

    def facts(self, record, user):
        return [fact for tell in self.summaries for fact in tell(record, user) if fact.words]


def status_today(record, user):
    period = getattr(record, "period", "")
    status = str(record.status().label).capitalize()
    return [Fact(_("Today"), f"{status}, {period}" if period else status)]


def parties(agreement, user):
    here = agreement.parties.filter(withdrew_on=None).select_related("organization")
    return [Fact(_("Parties"), words([party.organization for party in here]) if here else _("none yet"))]


def participants(project, user):
    rows = dict.fromkeys(row.organization for row in project.participations.select_related("organization"))
    return [Fact(_("Who"), words(list(rows)) if rows else _("nobody yet"))]


def money_by(name):
    """The Fact of the contributions whose key of this name is the record: what may be added up is, the rest is counted."""

    def tell(record, user):
        rows = Contribution.objects.filter(**{name: record})
        everything = grouped(rows, (), user).everything
        if not everything.count:
            return [Fact(_("Money"), _("no contribution"))]
        sums = [_sum(one) for one in everything.sums]
        said = [*sums, unstated(everything.left_out.get("no_amount", 0), everything.count)]
        address = f"{reverse('admin:partnerships_contribution_changelist')}?{name}__id__exact={record.pk}"
        return [Fact(_("Money"), "; ".join(part for part in said if part), address)]

    return tell


def _sum(one):
    line = Line(one.of["currency"], one.of["stage"], one.of["in_kind"])
    return f"{line.kind}: {money.rounded(one.total, line.currency)}"


def ties(organization, user):
    """In how much of the register the organization is named."""
    agreements = organization.parties.values("agreement").distinct().count()
    projects = organization.participations.values("project").distinct().count()
    said = [
        ngettext("%d agreement", "%d agreements", agreements) % agreements,
        ngettext("%d project", "%d projects", projects) % projects,
    ]
    return [Fact(_("Takes part in"), ", ".join(said))]
