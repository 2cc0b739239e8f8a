"""The register at the desk, one module for each noun."""

from .agreement import AgreementAdmin
from .event import EventAdmin
from .failed_import import FailedImportAdmin
from .funding import ContributionAdmin, FunderAdmin
from .geography import CountryAdmin, GoalAdmin, RegionAdmin
from .organization import OrganizationAdmin
from .person import PersonAdmin
from .project import ProjectAdmin
from .proposed_change import ProposedChangeAdmin
from .record import RecordAdmin
from .result import IndicatorAdmin
from .schedule import ScheduledMoveAdmin
from .todo.nouns import register_nouns
from .user import DeskUserAdmin

register_nouns()

__all__ = [
    "AgreementAdmin",
    "ContributionAdmin",
    "CountryAdmin",
    "DeskUserAdmin",
    "EventAdmin",
    "FailedImportAdmin",
    "FunderAdmin",
    "GoalAdmin",
    "IndicatorAdmin",
    "OrganizationAdmin",
    "PersonAdmin",
    "ProjectAdmin",
    "ProposedChangeAdmin",
    "RecordAdmin",
    "RegionAdmin",
    "ScheduledMoveAdmin",
]
