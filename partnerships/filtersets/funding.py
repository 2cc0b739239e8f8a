from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from partnerships.filters import ChoicesFilter, FlagFilter, RecordFilter
from partnerships.lookups import Code, Date, Number, Text
from partnerships.models import Agreement, Contribution, Country, Event, Funder, Organization, Project

from .base import COMMON_KEYS, RECORD_LOOKUPS, RegisterFilterSet, has_evidence, ordering


class FunderFilterSet(RegisterFilterSet):
    kind = ChoicesFilter(Funder.Kind, method="narrow_by_value", label=_("kind"))
    ordering, order_keys = ordering(name="name", acronym="acronym", kind="kind", **COMMON_KEYS)

    lookups = {**RECORD_LOOKUPS, "name": Text(_("name"), required=True), "acronym": Text(_("acronym"))}
    negated = (*RegisterFilterSet.negated, "kind")

    def in_regions(self, queryset, ids):
        return queryset.filter(organization__country__in=Country.objects.in_regions(ids))

    def between(self, queryset, first, last):
        return queryset.paying_between(first, last, self.user)


class ContributionFilterSet(RegisterFilterSet):
    role = ChoicesFilter(Contribution.Role, method="leave", label=_("the partner's role"))
    funder = RecordFilter(Funder, method="narrow_by_funder", label=_("funder"))
    funder_only = RecordFilter(Funder, method="narrow_by_only_funders", label=_("only from"))
    joint = FlagFilter(method="narrow_by_joint", label=_("given by several funders together"))
    project = RecordFilter(Project, method="narrow_by_value", label=_("project"))
    event = RecordFilter(Event, method="narrow_by_value", label=_("event"))
    agreement = RecordFilter(Agreement, method="narrow_by_value", label=_("agreement"))
    recipient = RecordFilter(Organization, method="narrow_by_value", label=_("recipient"))
    stage = ChoicesFilter(Contribution.Stage, method="narrow_by_value", label=_("stage"))
    in_kind = FlagFilter(method="narrow_by_flag", label=_("in kind"))
    has_evidence = has_evidence()
    ordering, order_keys = ordering(date="listed_on", stage="stage", currency="currency", **COMMON_KEYS)

    lookups = {
        **RECORD_LOOKUPS,
        "amount": Number(_("amount")),
        "currency": Code(_("currency")),
        "dated_on": Date(_("date")),
    }
    negated = (*RegisterFilterSet.negated, "funder", "project", "event", "agreement", "recipient", "stage")
    emptied = {
        "funder": "funders",
        "project": "project",
        "event": "event",
        "agreement": "agreement",
        "recipient": "recipient",
    }

    def with_partner(self, queryset, ids):
        return queryset.with_partner(ids, self.user, roles=self.asked("role", ()))

    def between(self, queryset, first, last):
        return queryset.filter(dated_on__range=(first, last))

    def narrow_by_funder(self, queryset, name, funders):
        links = Contribution.funders.through.objects.filter(contribution=OuterRef("pk"), funder__in=funders)
        return queryset.filter(Exists(links))

    def narrow_by_only_funders(self, queryset, name, funders):
        return queryset.given_only_by(funders, self.user)

    def narrow_by_joint(self, queryset, name, value):
        jointly = Contribution.objects.given_jointly(self.user).values("pk")
        return queryset.filter(pk__in=jointly) if value else queryset.exclude(pk__in=jointly)
