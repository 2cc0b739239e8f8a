"""Keeps the amounts that stories name as they stand in the text."""

from partnerships.dependents import watch
from partnerships.search.analysis import strip_tags
from stories.models import NamedAmount, NewsItem
from stories.reading.amounts import amounts_in

AT_ONCE = 500
LONGEST = 80  # letters of what is written
MOST = 10**20  # what the columns hold; a story that says more than that means no contribution


def register_amounts():
    watch(NewsItem, refresh)


def refresh(model, ids):
    """Read the amounts of these stories anew; ids of deleted ones come, too."""
    ids = sorted(ids)
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        NamedAmount.objects.filter(story__in=some).delete()
        texts = NewsItem.objects.filter(pk__in=some).order_by("pk").values_list("pk", "title", "body")
        NamedAmount.objects.bulk_create(NamedAmount(**row) for story in texts for row in columns(*story))


def columns(pk, title, body):
    """What the table says of one story, a row for each amount."""
    return [
        {
            "story_id": pk,
            "written": one.written[:LONGEST],
            "currency": one.currency,
            "amount": one.amount,
            "least": one.least,
            "most": one.most,
        }
        for one in amounts_in(strip_tags(f"{title}. {body}"))
        if one.most < MOST
    ]


def rebuild(sender, report, **kwargs):
    """Read all stories anew, at the end of `manage.py reindex`."""
    refresh(NewsItem, NewsItem.objects.values_list("pk", flat=True))
    report("amounts")(NewsItem, NewsItem.objects.count())
