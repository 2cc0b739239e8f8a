from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from partnerships.filters import ChoicesFilter
from partnerships.models import Agreement, OrganizationType, Project

from .base import RegisterFilterSet


class Through(TextChoices):
    AGREEMENTS = "agreements", _("agreements")
    PROJECTS = "projects", _("projects")


class Fewest(TextChoices):
    TWO = "2", _("2 or more")
    THREE = "3", _("3 or more")
    FIVE = "5", _("5 or more")
    TEN = "10", _("10 or more")


class NetworkFilterSet(RegisterFilterSet):
    """What the network of partners can be asked: whose agreements and projects, where and when, and which pairs of them.

    The words that narrow records mean what they mean in the lists of those; see `OF_RECORDS`.
    """

    through = ChoicesFilter(Through, method="leave", label=_("through"))
    type = ChoicesFilter(OrganizationType, method="leave", label=_("one of the two is"))
    fewest = ChoicesFilter(Fewest, method="leave", label=_("they share"))
    negated = ()

    OF_RECORDS = ("partner", "country", "region", "year", "year_from", "year_to")
    UNASKED = ("q", "partner_all", "partner_exact")

    def __init__(self, data=None, queryset=None, *, without=(), **values):
        super().__init__(data, queryset, without={*self.UNASKED, *without}, **values)

    @property
    def models(self):
        """The nouns through which organizations are tied here."""
        known = {Through.AGREEMENTS: Agreement, Through.PROJECTS: Project}
        return [known[one] for one in self.asked("through", known)]

    @property
    def least(self):
        return min((int(one) for one in self.asked("fewest", [])), default=1)
