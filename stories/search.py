"""What is indexed of a story."""

from partnerships.search import register
from stories.models import NewsItem


def register_stories():
    register(
        NewsItem,
        title=lambda story: [story.title],
        # Image credits stay out: a photographer's name would find every story that she took a picture for.
        body=lambda story: [story.summary, story.body],
        language=lambda story: story.language[:2].lower(),
        order=NewsItem._meta.ordering,
    )
