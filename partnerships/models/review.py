"""What is said about a record before it goes out, what is proposed for it, and when it is to come and go.

None of this is a part of the record: visitors, the API and the search know nothing of it.
"""

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .record import PublicationState


class AboutRecordQuerySet(models.QuerySet):
    def about(self, record):
        return self.filter(noun=record._meta.label_lower, record_id=record.pk)


class AboutRecord(models.Model):
    """A row about one record of any noun, which it outlives."""

    noun = models.CharField(_("kind of record"), max_length=60, help_text=_("Such as partnerships.organization."))
    record_id = models.BigIntegerField(_("number of the record"))
    record_name = models.CharField(_("record"), max_length=255)

    class Meta:
        abstract = True
        default_permissions = ()

    def __str__(self):
        return self.record_name

    @property
    def model(self):
        return apps.get_model(self.noun)

    @property
    def record(self):
        """The record, or None where it has been deleted."""
        return self.model._base_manager.filter(pk=self.record_id).first()

    @staticmethod
    def named(record):
        """The columns that say which record a row is about."""
        return {"noun": record._meta.label_lower, "record_id": record.pk, "record_name": str(record)[:255]}


class ProposedChangeQuerySet(AboutRecordQuerySet):
    def open(self):
        return self.filter(state=ProposedChange.State.OPEN)

    def pending(self):
        """Those that may still be accepted, also after they were sent back and revised."""
        return self.filter(state__in=ProposedChange.PENDING)


class ProposedChange(AboutRecord):
    """What somebody who may not change a record would have it say: `contents` is a Whole as JSON.

    `base_version` is the version of the record that the change was made on. `revision` counts what the proposer made of
    it, so that nobody accepts what they have not read.
    """

    class State(models.TextChoices):
        OPEN = "open", _("open")
        SENT_BACK = "sent_back", _("sent back")
        ACCEPTED = "accepted", _("accepted")
        WITHDRAWN = "withdrawn", _("withdrawn")

    PENDING = (State.OPEN, State.SENT_BACK)

    base_version = models.PositiveIntegerField(_("made on version"))
    contents = models.JSONField(_("contents"))
    revision = models.PositiveIntegerField(_("revision"), default=1)
    state = models.CharField(_("decision"), max_length=9, choices=State, default=State.OPEN, db_index=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("proposed by")
    )
    proposed_at = models.DateTimeField(_("proposed"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True)

    objects = ProposedChangeQuerySet.as_manager()

    class Meta(AboutRecord.Meta):
        verbose_name = _("proposed change")
        verbose_name_plural = _("proposed changes")
        ordering = ["-proposed_at", "-pk"]
        indexes = [models.Index(fields=["noun", "record_id"], name="proposed_change_about")]

    @property
    def is_pending(self):
        return self.state in self.PENDING


class ReviewNoteQuerySet(AboutRecordQuerySet):
    def thread_of(self, record):
        return self.about(record).filter(proposal=None).select_related("written_by")


class ReviewNote(AboutRecord):
    """One line of the talk about a record in review, or about a proposed change."""

    class Deed(models.TextChoices):
        COMMENT = "comment", _("commented")
        SENT_BACK = "sent_back", _("sent back")
        PUBLISHED = "published", _("published")
        PROPOSED = "proposed", _("proposed")
        REVISED = "revised", _("revised")
        ACCEPTED = "accepted", _("accepted")
        WITHDRAWN = "withdrawn", _("withdrawn")

    proposal = models.ForeignKey(
        ProposedChange, models.CASCADE, null=True, related_name="notes", verbose_name=_("proposed change")
    )
    deed = models.CharField(_("what was done"), max_length=9, choices=Deed, default=Deed.COMMENT)
    text = models.TextField(_("comment"), blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("written by")
    )
    # Whom it answers: the one who sent the record to review.
    addressed_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("addressed to")
    )
    written_at = models.DateTimeField(_("written"), auto_now_add=True)

    objects = ReviewNoteQuerySet.as_manager()

    class Meta(AboutRecord.Meta):
        verbose_name = _("review note")
        verbose_name_plural = _("review notes")
        ordering = ["written_at", "pk"]
        indexes = [models.Index(fields=["noun", "record_id"], name="review_note_about")]


class ScheduledMoveQuerySet(AboutRecordQuerySet):
    def waiting(self):
        return self.filter(done_at=None)

    def due(self, now=None):
        return self.waiting().filter(due_at__lte=now or timezone.now()).order_by("due_at", "pk")

    def refused(self):
        return self.waiting().exclude(problem="")


class ScheduledMove(AboutRecord):
    """That a record is to be published or archived at a time, in the name of the publisher who said so.

    `problem` is why the last run could not do it; it stays to be done until it works or is called off.
    """

    TARGETS = (PublicationState.PUBLISHED, PublicationState.ARCHIVED)

    state = models.CharField(_("becomes"), max_length=9, choices=[(state.value, state.label) for state in TARGETS])
    due_at = models.DateTimeField(_("at"), db_index=True)
    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("scheduled by")
    )
    scheduled_at = models.DateTimeField(_("scheduled"), auto_now=True)
    done_at = models.DateTimeField(_("done"), null=True)
    problem = models.TextField(_("why not yet"), blank=True)

    objects = ScheduledMoveQuerySet.as_manager()

    class Meta(AboutRecord.Meta):
        verbose_name = _("scheduled publication")
        verbose_name_plural = _("scheduled publications")
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["noun", "record_id", "state"],
                condition=models.Q(done_at=None),
                name="scheduled_once_at_a_time",
                violation_error_message=_("This is scheduled already. Change its time instead."),
            )
        ]
