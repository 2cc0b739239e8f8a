"""The register at the desk, one module for each noun."""

from .agreement import AgreementAdmin
from .event import EventAdmin
from .funding import ContributionAdmin, FunderAdmin
from .geography import CountryAdmin, GoalAdmin, RegionAdmin
from .organization import OrganizationAdmin
from .person import PersonAdmin
from .project import ProjectAdmin
from .record import RecordAdmin
from .result import IndicatorAdmin
from .user import DeskUserAdmin

__all__ = [
    "AgreementAdmin",
    "ContributionAdmin",
    "CountryAdmin",
    "DeskUserAdmin",
    "EventAdmin",
    "FunderAdmin",
    "GoalAdmin",
    "IndicatorAdmin",
    "OrganizationAdmin",
    "PersonAdmin",
    "ProjectAdmin",
    "RecordAdmin",
    "RegionAdmin",
]
