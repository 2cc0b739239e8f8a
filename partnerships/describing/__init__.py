"""What a record says of itself beyond its page: to search engines, to other sites, in feeds and calendars.

`summary` and `linked_data` have one function for each noun. The stories register theirs, since the register imports no
stories. All of them work on what `for_list` has read, without a query.
"""

from .identity import tag_of, uid_of
from .linked_data import linked_data
from .summaries import summary

__all__ = ["linked_data", "summary", "tag_of", "uid_of"]
