"""What the search page is asked: words, what they name, and the filters beside them."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from partnerships.filters import ChoicesFilter, FlagFilter
from partnerships.filtersets import (
    AgreementFilterSet,
    ContributionFilterSet,
    CountryFilterSet,
    EventFilterSet,
    FunderFilterSet,
    IndicatorFilterSet,
    OrganizationFilterSet,
    PersonFilterSet,
    ProjectFilterSet,
    RegionFilterSet,
)
from partnerships.filtersets.base import RegisterFilterSet
from partnerships.models import (
    Agreement,
    Contribution,
    Country,
    Event,
    Funder,
    Indicator,
    Organization,
    Person,
    Project,
    Region,
)
from stories.filtersets import NewsItemFilterSet
from stories.models import NewsItem

FILTERSETS = {
    Organization: OrganizationFilterSet,
    Agreement: AgreementFilterSet,
    Project: ProjectFilterSet,
    Funder: FunderFilterSet,
    Contribution: ContributionFilterSet,
    Indicator: IndicatorFilterSet,
    Event: EventFilterSet,
    Person: PersonFilterSet,
    NewsItem: NewsItemFilterSet,
    Country: CountryFilterSet,
    Region: RegionFilterSet,
}
MODELS = {model.noun: model for model in FILTERSETS}


class Types:
    choices = [(noun, model._meta.verbose_name_plural) for noun, model in MODELS.items()]
    values = list(MODELS)


class SearchFilterSet(RegisterFilterSet):
    """Reads the parameters of the page; what they narrow is each noun's own business."""

    negated = ()

    type = ChoicesFilter(Types, method="leave", label=_("type"))
    plain = FlagFilter(method="leave", label=_("plain words"))


@dataclass(frozen=True)
class Wanted:
    """What is looked for: every condition holds with any of its values, and all the words occur.

    A condition is a pair such as ("partner", (unodc,)); `types` are the models that are shown, none for all.
    """

    words: str = ""
    conditions: tuple = ()
    types: tuple = ()
    exact: bool = False  # partners without the units below them

    @classmethod
    def of(cls, filterset, terms=(), words=""):
        """What the valid filters ask and the terms of the words mean."""
        asked = filterset.asked
        conditions = [(name, tuple(asked(name))) for name in ("partner", "country", "region", "year") if asked(name)]
        conditions += [("partner", (record,)) for record in asked("partner_all", ())]
        first, last = asked("year_from", [None])[0], asked("year_to", [None])[0]
        if first or last:
            conditions.append(("span", (first, last)))
        conditions += [(term.kind, term.values) for term in terms if term.kind != "type"]
        named = [model for term in terms if term.kind == "type" for model in term.values]
        types = dict.fromkeys([*(MODELS[noun] for noun in asked("type", ())), *named])
        return cls(words, tuple(conditions), tuple(types), bool(asked("partner_exact")))

    @property
    def asks(self):
        """Whether anything is asked at all."""
        return bool(self.words or self.conditions or self.types)

    def list_pairs(self):
        """The same question to the list of a noun, or None where a list cannot be asked so."""
        said = []
        for name in ("country", "region", "year", "span"):
            if len([condition for condition in self.conditions if condition[0] == name]) > 1:
                return None
        partners = [values for name, values in self.conditions if name == "partner"]
        if len(partners) > 1 and any(len(values) > 1 for values in partners):
            return None
        parameter = "partner" if len(partners) == 1 else "partner_all"
        said += [(parameter, record.slug) for values in partners for record in values]
        for name, values in self.conditions:
            if name == "span":
                said += [(end, year) for end, year in zip(("year_from", "year_to"), values, strict=True) if year]
            elif name != "partner":
                said += [(name, getattr(value, "alpha2", getattr(value, "slug", value))) for value in values]
        exact = [("partner_exact", "true")] if self.exact and partners else []
        return ([("q", self.words)] if self.words else []) + said + exact
