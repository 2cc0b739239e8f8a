"""What is indexed of a story."""

from partnerships.search import register, years_between
from stories.models import NewsItem


def register_stories():
    register(
        NewsItem,
        title=lambda story: [story.title],
        # Image credits stay out: a photographer's name would find every story that she took a picture for.
        body=lambda story: [story.summary, story.body],
        language=lambda story: story.language[:2].lower(),
        order=NewsItem._meta.ordering,
        years=years,
    )


def years(story):
    """The years in which the story came out or of which it tells, as `NewsItemQuerySet.dated_between` finds them."""
    published = {story.published_on.year} if story.published_on else set()
    return published | set(years_between(story.event_start_on, story.event_end_on))
