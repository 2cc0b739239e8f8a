"""The answers' shapes, one module for each noun. What nobody lists here is never in an answer."""

from .agreement import AgreementRowSerializer, AgreementSerializer
from .event import EventRowSerializer, EventSerializer
from .funding import ContributionRowSerializer, ContributionSerializer, FunderRowSerializer, FunderSerializer
from .geography import CountrySerializer, RegionRowSerializer, RegionSerializer
from .news_item import NewsItemRowSerializer, NewsItemSerializer
from .organization import OrganizationRowSerializer, OrganizationSerializer
from .person import PersonRowSerializer, PersonSerializer
from .project import ProjectRowSerializer, ProjectSerializer
from .result import IndicatorRowSerializer, IndicatorSerializer

__all__ = [
    "AgreementRowSerializer",
    "AgreementSerializer",
    "ContributionRowSerializer",
    "ContributionSerializer",
    "CountrySerializer",
    "EventRowSerializer",
    "EventSerializer",
    "FunderRowSerializer",
    "FunderSerializer",
    "IndicatorRowSerializer",
    "IndicatorSerializer",
    "NewsItemRowSerializer",
    "NewsItemSerializer",
    "OrganizationRowSerializer",
    "OrganizationSerializer",
    "PersonRowSerializer",
    "PersonSerializer",
    "ProjectRowSerializer",
    "ProjectSerializer",
    "RegionRowSerializer",
    "RegionSerializer",
]
