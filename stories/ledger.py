"""What the ledger follows in the evidence."""

from partnerships.ledger import shows, watch
from partnerships.models import Agreement, Contribution, Indicator, Project
from stories.models import Evidence, NewsItem, Speaker, StoryImage, StoryLink


def register_stories():
    watch(
        NewsItem,
        name=["title"],
        listed_by=["same_story_as"],
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
    show_names()


def show_names():
    shows(
        NewsItem,
        "same_story_as",
        "organizations",
        "agreements",
        "projects",
        "events",
        "speakers__person",
        "evidence__agreement",
        "evidence__project",
        "evidence__contribution",
        "evidence__measurement__indicator",
        "evidence__commitment__agreement",
    )
    shows(Agreement, "evidence__story", "commitments__evidence__story", "contributions__evidence__story")
    shows(
        Project,
        "evidence__story",
        "contributions__evidence__story",
        "indicators__measurements__evidence__story",
    )
    shows(Contribution, "evidence__story")
    shows(Indicator, "measurements__evidence__story")
