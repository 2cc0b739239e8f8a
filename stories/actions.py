"""What is done to several records of the evidence at once, each in one transaction."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone

from stories.models import NewsItem, Proposal, SourceDocument, StoryImage, StoryLink
from stories.reading.credits import ImageCredit
from stories.reading.encodings import decode
from stories.reading.items import Item
from stories.reading.links import Link
from stories.reading.readers import read_file
from stories.reading.splitting import Reading, split


@dataclass(frozen=True)
class Source:
    """A file that has been read, with its items; nothing of it is in the database yet."""

    path: str
    sha256: str
    text: str
    reading: Reading


@dataclass(frozen=True)
class Drafted:
    """One item and its story. `created` is False when the story was there before; in a dry run a new one is None."""

    item: Item
    story: NewsItem | None
    created: bool


def open_source(path: str) -> Source:
    """Read a file and split it, without the database. Raises Unreadable."""
    data, blocks = read_file(path)
    return Source(str(path), hashlib.sha256(data).hexdigest(), decode(data, str(path)), split(blocks))


def compare_with_register(*, source: Source) -> list[Drafted]:
    """Say which of the items are new and which have their story already, and write nothing."""
    items, known, results = source.reading.items, _known_stories(source.reading.items), []
    seen = set()
    for item in items:
        key = _key(item)
        results.append(Drafted(item, known.get(key), key not in known and key not in seen))
        seen.add(key)
    return results


@transaction.atomic
def draft_stories(*, source: Source) -> list[Drafted]:
    """Make a draft of each item that the register does not have, linked to its document, all or none.

    An item is known by its title and date, so that reading a file again, or an item that stands in two files,
    makes no second story; what somebody did with the first one stays. Returns one result per item, in their order.
    Raises ValidationError when a model refuses an item; nothing of the file is written then.
    """
    stories, document, results = _known_stories(source.reading.items), None, []
    for item in source.reading.items:
        key = _key(item)
        created = key not in stories
        if created:
            document = document or _document(source)
            stories[key] = _draft(item, document)
        results.append(Drafted(item, stories[key], created))
    return results


def _key(item: Item) -> str:
    return NewsItem.make_source_key(item.title, item.start)


def _known_stories(items: tuple[Item, ...]) -> dict[str, NewsItem]:
    known = NewsItem.objects.filter(source_key__in=[_key(item) for item in items]).defer("body")
    return {story.source_key: story for story in known}


def _document(source: Source) -> SourceDocument:
    """Return the document with the same bytes, or a new one: a file that was renamed is still the same document."""
    if known := SourceDocument.objects.filter(sha256=source.sha256).first():
        return known
    name = Path(source.path).name[-255:]
    document = SourceDocument(
        title=source.reading.title[:255] or name, file_name=name, sha256=source.sha256, text=source.text
    )
    document.full_clean()
    document.save()
    return document


def _draft(item: Item, document: SourceDocument) -> NewsItem:
    # An end that says no more than the start is left empty: the field's own way of saying "one day" or "one month".
    ends_later = item.end != item.start and item.precision == "day"
    story = NewsItem(
        title=item.title,
        body=item.body,
        event_start_on=item.start,
        event_start_on_precision=item.precision,
        event_end_on=item.end if ends_later else None,
        source_document=document,
        source_line=item.line,
        source_key=_key(item),
    )
    story._change_reason = f"read from {document.file_name}, line {item.line}"[:100]
    # Cleaning is what takes anything but paragraphs and lists out of the body.
    story.full_clean()
    story.save()
    images = [StoryImage(story=story, credit=_shown(credit), caption=credit.caption) for credit in item.image_credits]
    images += [StoryImage(story=story, caption=caption) for caption in item.captions]
    for related in [*images, *(_link(story, link) for link in item.links)]:
        related.full_clean(exclude=["story"])
        related.save()
    return story


def _shown(credit: ImageCredit) -> str:
    return f"© {credit.credit}" if "©" in credit.written else credit.credit


def _link(story: NewsItem, link: Link) -> StoryLink:
    try:
        if link.url:
            URLValidator(schemes=["http", "https"])(link.url)
    except ValidationError:
        # An address that is none stays readable in the title, where a person can put it right.
        return StoryLink(story=story, title=f"{link.title} ({link.url})"[:300])
    return StoryLink(story=story, title=link.title[:300], url=link.url)


@transaction.atomic
def accept(*, proposals, by):
    """Write what these proposals say into their stories. Returns those that were decided now."""
    return _decide(proposals, Proposal.Decision.ACCEPTED, by)


@transaction.atomic
def reject(*, proposals, by):
    """Keep these proposals as rejected, so that reading the document again does not bring them back."""
    return _decide(proposals, Proposal.Decision.REJECTED, by)


def _decide(proposals, decision, by):
    decided, stories = [], {}
    for proposal in proposals:
        if proposal.decision == decision:
            continue
        proposal.decision, proposal.decided_by, proposal.decided_at = decision, by, timezone.now()
        proposal.full_clean(exclude=["story"])
        proposal.save()
        decided.append(proposal)
        # Several proposals about one story must meet in one object: each save of another would look like a conflict.
        stories.setdefault(proposal.story_id, proposal.story)
    if decision == Proposal.Decision.ACCEPTED:
        for story in stories.values():
            # A form that was opened before would take the new links away again; the next version makes it a conflict.
            story._history_user, story._change_reason = by, "proposals accepted"
            story.save()
        for proposal in decided:
            story = stories[proposal.story_id]
            linked = story.organizations if proposal.kind == Proposal.Kind.ORGANIZATION else story.countries
            linked.add(proposal.organization or proposal.country)
    return decided
