"""The evidence: dated stories, what they prove, and the documents they were read from."""

from .evidence import Evidence
from .named_amount import NamedAmount
from .news_item import NewsItem, Speaker, StoryLink
from .source_document import Proposal, SourceDocument
from .story_image import StoryImage

__all__ = ["Evidence", "NamedAmount", "NewsItem", "Proposal", "SourceDocument", "Speaker", "StoryImage", "StoryLink"]
