"""The evidence at the desk, and the rows of evidence on the register's own pages."""

from . import todo  # noqa: F401 - registers what waits
from .evidence import EvidenceAdmin
from .news_item import NewsItemAdmin
from .proposal import ProposalAdmin
from .source_document import SourceDocumentAdmin

__all__ = ["EvidenceAdmin", "NewsItemAdmin", "ProposalAdmin", "SourceDocumentAdmin"]
