"""Where the ties of stories come from."""

from partnerships.ties import register
from stories.models import NewsItem


def register_stories():
    register(
        NewsItem,
        4,
        organizations=(
            "SELECT newsitem_id, organization_id FROM stories_newsitem_organizations WHERE newsitem_id {ids}",
        ),
        countries="SELECT newsitem_id, country_id FROM stories_newsitem_countries WHERE newsitem_id {ids}",
        years=("event_start_on", "event_end_on"),
        links=["organizations", "countries"],
    )
