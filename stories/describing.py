"""A story in a few sentences, and in the words of schema.org."""

from django.utils.translation import gettext as _

from partnerships.describing.linked_data import brief, briefs, iso, known, linked_data, thing
from partnerships.describing.summaries import enumerated, places, summary, told

from .models import NewsItem


@summary.register
def summary_of_story(record: NewsItem):
    about, where = enumerated(record.organizations.all()), places(record)
    return told(
        _("%(date)s.") % {"date": record.listed} if record.listed else "",
        _("About %s.") % about if about else "",
        _("In %s.") % where if where else "",
        record.summary,
    )


@linked_data.register
def data_of_story(record: NewsItem, absolute):
    """A story that only the desk has dated by what it tells of has no date of publication."""
    told_of = known({"startDate": iso(record.event_start), "endDate": iso(record.event_end)})
    return thing(
        "NewsArticle",
        record,
        absolute,
        headline=record.title,
        inLanguage=record.language,
        abstract=record.summary,
        datePublished=record.published_on and record.published_on.isoformat(),
        dateModified=record.updated_at.isoformat(),
        temporalCoverage="/".join(told_of.values()),
        spatialCoverage=briefs([*record.countries.all(), *record.regions.all()], absolute),
        about=briefs(record.organizations.all(), absolute),
        mentions=[
            *(brief("CreativeWork", one, absolute) for one in record.agreements.all()),
            *(brief("Project", one, absolute) for one in record.projects.all()),
            *(brief("Event", one, absolute) for one in record.events.all()),
            *(brief("Person", one.person, absolute) for one in record.speakers.all()),
        ],
        isBasedOn=record.source_url,
        translationOfWork=brief("NewsArticle", translated(record), absolute),
    )


def translated(story):
    """The story of which this one is a translation; one in the same language was only published again."""
    original = story.same_story_as
    return original if original and original.language != story.language else None
