"""One FilterSet for each noun: the list page, its download and the API endpoint ask their questions in the same words."""

from .agreement import AgreementFilterSet
from .base import COMMON_KEYS, RECORD_LOOKUPS, RegisterFilterSet, has_evidence, ordering
from .event import EventFilterSet
from .funding import ContributionFilterSet, FunderFilterSet
from .geography import CountryFilterSet, RegionFilterSet
from .network import NetworkFilterSet
from .organization import OrganizationFilterSet
from .person import PersonFilterSet
from .project import ProjectFilterSet
from .result import IndicatorFilterSet

__all__ = [
    "COMMON_KEYS",
    "RECORD_LOOKUPS",
    "AgreementFilterSet",
    "ContributionFilterSet",
    "CountryFilterSet",
    "EventFilterSet",
    "FunderFilterSet",
    "IndicatorFilterSet",
    "NetworkFilterSet",
    "OrganizationFilterSet",
    "PersonFilterSet",
    "ProjectFilterSet",
    "RegionFilterSet",
    "RegisterFilterSet",
    "has_evidence",
    "ordering",
]
