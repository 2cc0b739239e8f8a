"""The columns of a table of stories; their texts stay out of it, as they stay out of every list."""

from partnerships.exports import register
from partnerships.exports.columns import Dated, Day, Value, linked, many
from partnerships.exports.records import record
from stories.models import NewsItem


def register_table():
    columns = record(
        "stories:story-detail",
        Value("title"),
        Value("language"),
        Value("summary"),
        Day("published_on"),
        Dated("event_start"),
        Dated("event_end"),
        many("organizations", NewsItem, "organization_names"),
        many("countries", NewsItem, "country_names"),
        many("regions", NewsItem, "region_names"),
        many("agreements", NewsItem, "agreement_titles"),
        many("projects", NewsItem, "project_titles"),
        many("events", NewsItem, "event_names"),
        many("goals", NewsItem, codes="sdgs"),
        linked("same_story_as", NewsItem),
        Value("source_url"),
    )
    register(NewsItem, "news", columns)
