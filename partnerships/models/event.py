"""Meetings, webinars, workshops, signings and campaign days."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partnerships.dates import Dated, format_span, listed_on_field, precision_field

from .agreement import Agreement
from .filed import WithFiles
from .funding import Contribution
from .geography import Country, Region
from .history import LinkedHistory
from .needs import OF_EVENTS
from .organization import Organization
from .project import Project
from .record import GatedQuerySet, PublicationState, Record, RecordQuerySet


class EventQuerySet(WithFiles, RecordQuerySet):
    def held_between(self, first, last):
        """Held on any day of the span; an event without an end lasts one day."""
        return self.filter(Q(ends_on__gte=first) | Q(ends_on=None, starts_on__gte=first), starts_on__lte=last)

    def begun_by(self, day):
        """Those not known to begin only after that day."""
        return self.filter(Q(starts_on=None) | Q(starts_on__lte=day))

    def with_partner(self, ids, user, roles=()):
        """Those that any of these organizations organizes, takes part in, or pays for; in one of these roles if given."""
        taking_part = EventParticipation.objects.visible_to(user).filter(event=OuterRef("pk"), organization__in=ids)
        if roles:
            return self.filter(Exists(taking_part.filter(role__in=roles)))
        paying = Contribution.objects.visible_to(user).filter(event=OuterRef("pk")).from_organizations(ids, user)
        return self.filter(Exists(taking_part) | Exists(paying))

    def in_countries(self, ids):
        return self.filter(Exists(Event.countries.through.objects.filter(event=OuterRef("pk"), country__in=ids)))

    def in_regions(self, ids):
        """Those that name one of these regions, or a country of theirs."""
        named = Event.regions.through.objects.filter(event=OuterRef("pk"), region__in=Region.objects.below(ids))
        within = Event.countries.through.objects.filter(
            event=OuterRef("pk"), country__in=Country.objects.in_regions(ids)
        )
        return self.filter(Exists(named) | Exists(within))

    def for_list(self, user):
        return self.prefetch_related(
            Prefetch("participations", EventParticipation.objects.visible_to(user).select_related("organization")),
            "countries",
            "regions",
        )

    def for_record(self, user):
        """With all that the event itself says; other records by name only."""
        return (
            self.for_list(user)
            .with_files(user)
            .prefetch_related(
                Prefetch("contributions", Contribution.objects.visible_to(user).with_names(user)),
                Prefetch("projects", Project.objects.visible_to(user)),
                Prefetch("agreements", Agreement.objects.visible_to(user)),
            )
        )

    def for_detail(self, user):
        """Like for_record, with the other records as rows of a list."""
        return (
            self.for_list(user)
            .with_files(user)
            .prefetch_related(
                Prefetch("contributions", Contribution.objects.visible_to(user).for_list(user)),
                Prefetch("projects", Project.objects.visible_to(user).for_list(user)),
                Prefetch("agreements", Agreement.objects.visible_to(user).for_list(user)),
            )
        )


class Event(Record):
    class Kind(models.TextChoices):
        MEETING = "meeting", _("Meeting")
        CONFERENCE = "conference", _("Conference or session")
        WORKSHOP = "workshop", _("Workshop or seminar")
        WEBINAR = "webinar", _("Webinar")
        SIGNING = "signing", _("Signing")
        CAMPAIGN = "campaign", _("Campaign or commemoration")
        CEREMONY = "ceremony", _("Ceremony or handover")
        CULTURAL = "cultural", _("Exhibition, concert or screening")
        OPERATION = "operation", _("Operation")

    name = models.CharField(_("name"), max_length=255)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    starts_on = models.DateField(_("from"), null=True, blank=True, db_index=True)
    starts_on_precision = precision_field()
    ends_on = models.DateField(_("to"), null=True, blank=True, help_text=_("Empty: one day."))
    ends_on_precision = precision_field()
    is_online = models.BooleanField(_("online"), default=False)
    is_planned = models.BooleanField(
        _("only announced"), default=False, help_text=_("The source announces it; nothing yet says that it took place.")
    )
    place = models.CharField(_("place"), max_length=160, blank=True)
    countries = models.ManyToManyField(Country, blank=True, related_name="events", verbose_name=_("countries"))
    regions = models.ManyToManyField(Region, blank=True, related_name="events", verbose_name=_("regions"))
    projects = models.ManyToManyField(Project, blank=True, related_name="events", verbose_name=_("projects"))
    agreements = models.ManyToManyField(
        Agreement,
        blank=True,
        related_name="events",
        verbose_name=_("agreements"),
        help_text=_("Signed or discussed there."),
    )
    description = models.TextField(_("description"), blank=True)
    listed_on = listed_on_field("starts_on")

    starts = Dated()
    ends = Dated(last=True)
    history = LinkedHistory(
        m2m_fields=["countries", "regions", "projects", "agreements"], excluded_fields=["listed_on"]
    )
    objects = EventQuerySet.as_manager()
    noun = "event"
    needs = OF_EVENTS
    slug_words = ("name",)

    class Meta(Record.Meta):
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-listed_on", "-pk"]
        indexes = [models.Index(fields=["-listed_on", "-id"], name="event_listed")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=False, ends_on__gte=F("starts_on")),
                name="event_ends_after_start",
                violation_error_message=_("The event ends before it starts. Check both dates."),
            )
        ]

    def __str__(self):
        return self.name

    @property
    def period(self):
        return format_span(self.starts, self.ends or self.starts)


class EventParticipationQuerySet(GatedQuerySet):
    def published(self):
        return self.filter(event__state=PublicationState.PUBLISHED, organization__state=PublicationState.PUBLISHED)


class EventParticipation(models.Model):
    class Role(models.TextChoices):
        ORGANIZER = "organizer", _("organizer")
        HOST = "host", _("host")
        PARTICIPANT = "participant", _("participant")

    event = models.ForeignKey(Event, models.CASCADE, related_name="participations", verbose_name=_("event"))
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="event_participations", verbose_name=_("organization")
    )
    role = models.CharField(_("role"), max_length=11, choices=Role, default=Role.PARTICIPANT)
    history = HistoricalRecords()

    objects = EventParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organizer or participant")
        verbose_name_plural = _("organizers and participants")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "organization", "role"],
                name="event_participation_once_per_role",
                violation_error_message=_("This organization already has this role here."),
            )
        ]

    def __str__(self):
        return f"{self.organization} ({self.get_role_display()})"
