"""Who wants to be reminded of which dates and when, and which reminders have gone out."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


def before_agreements_end():
    return [90, 30, 7]


def before_commitments_are_due():
    return [30, 7]


def working_days():
    return [0, 1, 2, 3, 4]


class ReminderPreferences(models.Model):
    """What one person wants. Whoever never said so has the defaults.

    Days before a date are whole numbers, weekdays are those of `date.weekday()`: 0 is Monday.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        primary_key=True,
        related_name="reminder_preferences",
        verbose_name=_("person"),
    )
    is_on = models.BooleanField(_("send me reminders"), default=True)
    of_agreements = models.BooleanField(_("agreements that end"), default=True)
    agreement_days = models.JSONField(_("days before"), default=before_agreements_end)
    of_commitments = models.BooleanField(_("commitments that are due"), default=True)
    commitment_days = models.JSONField(_("days before"), default=before_commitments_are_due)
    of_unattended = models.BooleanField(
        _("also for agreements without a focal point"),
        default=False,
        help_text=_("Somebody should hear of what nobody looks after."),
    )
    weekdays = models.JSONField(_("on these days of the week"), default=working_days)
    language = models.CharField(_("language"), max_length=10, default="en")
    # The last day on which the person was told all that there was to tell.
    told_on = models.DateField(null=True, editable=False)

    class Meta:
        verbose_name = _("reminder preferences")
        verbose_name_plural = _("reminder preferences")
        default_permissions = ()

    def __str__(self):
        return str(self.person)

    @classmethod
    def of(cls, person):
        """Those of this person, or the defaults, unsaved."""
        return getattr(person, "reminder_preferences", None) or cls(person=person)

    def days_before(self, kind):
        """How many days before the date the person wants to hear of it; none if not at all."""
        match kind:
            case SentReminder.Kind.AGREEMENT:
                return self.agreement_days if self.of_agreements else []
            case SentReminder.Kind.COMMITMENT:
                return self.commitment_days if self.of_commitments else []
        raise ValueError(f"There are no reminders of the kind {kind}.")

    def is_mail_day(self, on):
        """Whether a mail may go out: on the chosen days, and on the next day that can if one of them was missed."""
        if self.told_on is None or on.weekday() in self.weekdays:
            return True
        missed = ((self.told_on + timedelta(days=days)).weekday() for days in range(1, (on - self.told_on).days))
        return any(weekday in self.weekdays for weekday in missed)

    def last_day_covered(self, on):
        """The day before the next mail: what falls on a day without a mail is told earlier rather than later."""
        days = (on + timedelta(days=number) for number in range(7))
        return next(day for day in days if (day + timedelta(days=1)).weekday() in self.weekdays)


class SentReminder(models.Model):
    """That a person was reminded of a date, so many days before it; written before the mail goes out.

    A row without `sent_at` is a claim: some run is sending it, or died while it did (see partnerships.reminders.claims).
    The object is named by its number only: what was sent stays sent when the record goes.
    """

    class Kind(models.TextChoices):
        AGREEMENT = "agreement", _("agreement that ends")
        COMMITMENT = "commitment", _("commitment that is due")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="sent_reminders", verbose_name=_("person")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    object_id = models.PositiveBigIntegerField(_("object"))
    occurs_on = models.DateField(_("date"), help_text=_("A date that is changed makes a new occasion."))
    days_before = models.PositiveSmallIntegerField(_("days before"))
    # Leads up to this day were covered by the mail, whatever the person chooses afterwards.
    covered_to = models.DateField(_("covered to"))
    claimed_at = models.DateTimeField(_("claimed"))
    sent_at = models.DateTimeField(_("sent"), null=True)

    class Meta:
        verbose_name = _("sent reminder")
        verbose_name_plural = _("sent reminders")
        default_permissions = ()
        ordering = ["-claimed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "object_id", "occurs_on", "days_before"], name="reminder_once"
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.object_id}, {self.occurs_on}"
