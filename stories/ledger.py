"""What the ledger follows in the evidence."""

from partnerships.ledger import watch
from stories.models import Evidence, NewsItem, Speaker, StoryImage, StoryLink


def register_stories():
    watch(
        NewsItem,
        links=["organizations", "countries", "regions", "agreements", "projects", "events", "goals"],
    )
    for model in (StoryImage, StoryLink, Speaker):
        watch(model, noun=False, owners=["story"])
    watch(
        Evidence,
        noun=False,
        # The record that it proves; a project shows also what proves its money and its results.
        owners=[
            "story",
            "agreement",
            "commitment__agreement",
            "project",
            "contribution",
            "contribution__project",
            "contribution__agreement",
            "measurement__indicator",
            "measurement__indicator__project",
        ],
    )
