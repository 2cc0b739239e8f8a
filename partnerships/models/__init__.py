"""The register's nouns, one module each; a QuerySet stands above its model."""

from .agreement import Agreement, Status
from .bin import BinnedRecord
from .document import Document, DocumentCategory
from .event import Event, EventParticipation
from .failed_import import FailedImport
from .funding import Contribution, Funder
from .geography import Country, Goal, Region
from .ledger import LedgerHead, LedgerLine
from .merge import Merge, Namesakes
from .organization import Organization, OrganizationName, OrganizationType
from .party import Party, Signature
from .person import Office, Person
from .project import Participation, Project, ProjectCountry, ProjectStatus
from .record import EditConflict, PublicationState, Record
from .reminder import ReminderPreferences, SentReminder
from .result import Indicator, Measurement
from .review import ProposedChange, ReviewNote, ScheduledMove
from .terms import AgreementDocument, AreaOfCooperation, Commitment

__all__ = [
    "Agreement",
    "AgreementDocument",
    "AreaOfCooperation",
    "BinnedRecord",
    "Commitment",
    "Contribution",
    "Country",
    "Document",
    "DocumentCategory",
    "EditConflict",
    "Event",
    "EventParticipation",
    "FailedImport",
    "Funder",
    "Goal",
    "Indicator",
    "LedgerHead",
    "LedgerLine",
    "Measurement",
    "Merge",
    "Namesakes",
    "Office",
    "Organization",
    "OrganizationName",
    "OrganizationType",
    "Participation",
    "Party",
    "Person",
    "Project",
    "ProjectCountry",
    "ProjectStatus",
    "ProposedChange",
    "PublicationState",
    "Record",
    "Region",
    "ReminderPreferences",
    "ReviewNote",
    "ScheduledMove",
    "SentReminder",
    "Signature",
    "Status",
]
