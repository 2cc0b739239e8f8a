"""Making one record of two that are the same organization, funder or person, and having both again.

Everything that names the one comes to name the other, in one transaction; what both have is kept once. Each step is
written down with the values before and after, so that it can be taken back, step by step, as long as nothing that it
touched has changed since.
"""

from .links import Link, links_to
from .merge import Refused, fields_to_compare, merge, reasons_against
from .undo import undo

__all__ = ["Link", "Refused", "fields_to_compare", "links_to", "merge", "reasons_against", "undo"]
