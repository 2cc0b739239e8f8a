"""A dated story: what happened, whom it is about, and where it was said."""

import hashlib
import re

from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partnerships.dates import Dated, PartialDate, Precision, format_span, listed_on_field, precision_field
from partnerships.models import Agreement, Country, Event, Goal, Organization, Person, Project, PublicationState, Region
from partnerships.models.history import LinkedHistory
from partnerships.models.needs import Need, filled
from partnerships.models.record import GatedQuerySet, Record, RecordQuerySet
from stories.sanitising import clean_html

from .source_document import SourceDocument


class NewsItemQuerySet(RecordQuerySet):
    def about(self, ids):
        """Those of which any of these organizations is a subject."""
        return self.filter(
            Exists(NewsItem.organizations.through.objects.filter(newsitem=OuterRef("pk"), organization__in=ids))
        )

    def with_partner(self, ids, user):
        return self.about(Organization.objects.visible_to(user).filter(pk__in=ids))

    def in_countries(self, ids):
        """Those about these countries: where it happened and whom it serves, not each country that is named."""
        return self.filter(Exists(NewsItem.countries.through.objects.filter(newsitem=OuterRef("pk"), country__in=ids)))

    def in_regions(self, ids):
        """Those about one of these regions, or about a country of theirs."""
        named = NewsItem.regions.through.objects.filter(newsitem=OuterRef("pk"), region__in=Region.objects.below(ids))
        within = NewsItem.countries.through.objects.filter(
            newsitem=OuterRef("pk"), country__in=Country.objects.in_regions(ids)
        )
        return self.filter(Exists(named) | Exists(within))

    def dated_between(self, first, last):
        """About, or published on, any day of the span."""
        about = Q(event_start_on__lte=last) & (
            Q(event_end_on__gte=first) | Q(event_end_on=None, event_start_on__gte=first)
        )
        return self.filter(about | Q(published_on__range=(first, last)))

    def originals(self):
        """Each event's story once: without translations and republications."""
        return self.filter(same_story_as=None)

    def for_list(self, user):
        """With what a row shows. The bodies stay in the database: a list never reads them."""
        return self.defer("body").prefetch_related(
            Prefetch("organizations", Organization.objects.visible_to(user)), "countries", "regions"
        )

    def for_record(self, user):
        """With all that the story itself says; other records by name only."""
        return self._in_full(
            user,
            Agreement.objects.visible_to(user),
            Project.objects.visible_to(user),
            Event.objects.visible_to(user),
        )

    def for_detail(self, user):
        """Like for_record, with the other records as rows of a list."""
        return self._in_full(
            user,
            Agreement.objects.visible_to(user).for_list(user),
            Project.objects.visible_to(user).for_list(user),
            Event.objects.visible_to(user).for_list(user),
        )

    def _in_full(self, user, agreements, projects, events):
        from .evidence import Evidence

        return self.defer(None).prefetch_related(
            Prefetch("organizations", Organization.objects.visible_to(user)),
            "countries",
            "regions",
            "goals",
            "images",
            "links",
            Prefetch("agreements", agreements),
            Prefetch("projects", projects),
            Prefetch("events", events),
            Prefetch("speakers", Speaker.objects.visible_to(user).select_related("person")),
            Prefetch("evidence", Evidence.objects.visible_to(user).with_target(user)),
            Prefetch("same_story_as", NewsItem.objects.visible_to(user).defer("body")),
            Prefetch("versions", NewsItem.objects.visible_to(user).defer("body")),
        )


class NewsItem(Record):
    title = models.CharField(_("title"), max_length=300)
    language = models.CharField(
        _("language"), max_length=10, default="en", help_text=_("ISO 639 code, such as en or fr.")
    )
    summary = models.TextField(_("summary"), blank=True, help_text=_("Two or three sentences of your own."))
    body = models.TextField(
        _("text"), blank=True, help_text=_("Paragraphs and lists, as HTML. Anything else is taken out.")
    )
    published_on = models.DateField(
        _("published"), null=True, blank=True, db_index=True, help_text=_("The day on which the story came out.")
    )
    event_start_on = models.DateField(
        _("happened from"), null=True, blank=True, db_index=True, help_text=_("What it tells of, which may be earlier.")
    )
    event_start_on_precision = precision_field()
    event_end_on = models.DateField(_("happened until"), null=True, blank=True, help_text=_("Empty: one day."))
    event_end_on_precision = precision_field()
    listed_on = listed_on_field("published_on", "event_start_on")
    organizations = models.ManyToManyField(
        Organization,
        blank=True,
        related_name="stories",
        verbose_name=_("organizations"),
        help_text=_("Whom the story is about."),
    )
    countries = models.ManyToManyField(
        Country,
        blank=True,
        related_name="stories",
        verbose_name=_("countries"),
        help_text=_("Where it happened and whom it serves; not each country that it names."),
    )
    regions = models.ManyToManyField(Region, blank=True, related_name="stories", verbose_name=_("regions"))
    agreements = models.ManyToManyField(Agreement, blank=True, related_name="stories", verbose_name=_("agreements"))
    projects = models.ManyToManyField(Project, blank=True, related_name="stories", verbose_name=_("projects"))
    events = models.ManyToManyField(Event, blank=True, related_name="stories", verbose_name=_("events"))
    goals = models.ManyToManyField(Goal, blank=True, related_name="stories", verbose_name=_("SDGs"))
    same_story_as = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="versions",
        verbose_name=_("same story as"),
        help_text=_("The original, if this is a translation or was published again. The two are counted once."),
    )
    source_url = models.URLField(_("published at"), blank=True, max_length=500)
    source_document = models.ForeignKey(
        SourceDocument, models.SET_NULL, null=True, blank=True, related_name="stories", verbose_name=_("read from")
    )
    source_line = models.PositiveIntegerField(_("line"), null=True, blank=True)
    source_key = models.CharField(_("source key"), max_length=64, null=True, blank=True, unique=True, editable=False)

    event_start = Dated()
    event_end = Dated(last=True)
    history = LinkedHistory(
        m2m_fields=["organizations", "countries", "regions", "agreements", "projects", "events", "goals"],
        excluded_fields=["listed_on"],
    )
    objects = NewsItemQuerySet.as_manager()
    noun = "story"
    needs = (
        Need("summary", _("Write a summary: two or three sentences of your own."), filled("summary")),
        Need(
            "images",
            _("Say of each picture whose it is (credit) and what is to be seen (text alternative)."),
            lambda story: not any(image.lacking() for image in (story.images.all() if story.pk else ())),
        ),
    )
    slug_words = ("title",)

    class Meta(Record.Meta):
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        ordering = ["-listed_on", "-pk"]
        indexes = [models.Index(fields=["-listed_on", "-id"], name="story_listed")]
        constraints = [
            models.CheckConstraint(
                condition=Q(event_end_on__isnull=True)
                | Q(event_start_on__isnull=False, event_end_on__gte=F("event_start_on")),
                name="story_event_in_order",
                violation_error_message=_("What the story tells of ends before it starts. Check both dates."),
            ),
            models.CheckConstraint(
                condition=~Q(state=PublicationState.PUBLISHED)
                | Q(published_on__isnull=False)
                | Q(event_start_on__isnull=False),
                name="story_published_with_a_date",
                violation_error_message=_("A published story needs a date: when it came out, or when it happened."),
            ),
            models.CheckConstraint(
                condition=~Q(same_story_as=F("pk")),
                name="story_not_its_own_version",
                violation_error_message=_("A story cannot be a translation of itself."),
            ),
        ]

    def __str__(self):
        return self.title

    def clean(self):
        super().clean()
        self.body = clean_html(self.body)

    @property
    def images_here(self):
        """Those whose pictures the register keeps."""
        return [image for image in self.images.all() if image.renditions]

    @property
    def images_elsewhere(self):
        """Those of which it has the words only."""
        return [image for image in self.images.all() if not image.renditions]

    @property
    def safe_body(self):
        """The body, cleaned once more for whatever reached the database on another way."""
        return clean_html(self.body)

    @property
    def listed(self):
        """The PartialDate under which lists show it."""
        return PartialDate(self.published_on, Precision.DAY) if self.published_on else self.event_start

    @property
    def event_period(self):
        return format_span(self.event_start, self.event_end or self.event_start)

    @staticmethod
    def make_source_key(title, start):
        """The same for the same item however often it is read: its title without case and punctuation, and its date."""
        words = " ".join(re.findall(r"\w+", title.casefold()))
        return hashlib.sha256(f"{words}|{start or ''}".encode()).hexdigest()


class StoryLink(models.Model):
    """A further link. Where the source lost its target, the title waits for staff to add the address."""

    story = models.ForeignKey(NewsItem, models.CASCADE, related_name="links", verbose_name=_("story"))
    title = models.CharField(_("title"), max_length=300)
    url = models.URLField(_("address"), blank=True, max_length=500)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["pk"]

    def __str__(self):
        return self.title


class SpeakerQuerySet(GatedQuerySet):
    def published(self):
        return self.filter(story__state=PublicationState.PUBLISHED, person__state=PublicationState.PUBLISHED)


class Speaker(models.Model):
    """Someone who speaks or acts in the story, and in which capacity."""

    story = models.ForeignKey(NewsItem, models.CASCADE, related_name="speakers", verbose_name=_("story"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="speeches", verbose_name=_("person"))
    capacity = models.CharField(_("capacity"), max_length=200, blank=True, help_text=_("The office on that day."))
    history = HistoricalRecords()

    objects = SpeakerQuerySet.as_manager()

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("who spoke")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["story", "person"],
                name="speaker_once_per_story",
                violation_error_message=_("This person is already listed."),
            )
        ]

    def __str__(self):
        return str(self.person)
