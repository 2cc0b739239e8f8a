"""A run over everybody who looks after something. What fails for one person does not keep the others from their mail."""

import logging
from dataclasses import dataclass, field

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from partnerships.models import Agreement, PublicationState, ReminderPreferences

from .claims import Claim, claim, look, release, settle
from .message import compose

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Failure:
    person: object
    reason: str


@dataclass
class Run:
    sent: list[Claim] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)


def recipients():
    """Who works at the desk, and looks after a public agreement or has said what to be reminded of."""
    ties = Agreement.focal_points.through.objects.filter(
        user=OuterRef("pk"), agreement__state=PublicationState.PUBLISHED
    )
    staff = get_user_model().objects.filter(is_active=True, is_staff=True)
    return (
        staff.filter(Exists(ties) | Q(reminder_preferences__isnull=False))
        .exclude(reminder_preferences__is_on=False)
        .select_related("reminder_preferences")
        .order_by("pk")
    )


def preview(now=None):
    """The Claims that a run would make now, of those who have any. Writes nothing."""
    now = now or timezone.now()
    claims = (look(ReminderPreferences.of(person), now) for person in recipients())
    return [claimed for claimed in claims if claimed.reminders]


def send_due(now=None):
    """Send everybody what is due and not yet sent. Returns the Run; raises nothing for what concerns one person only."""
    now, run = now or timezone.now(), Run()
    for person in recipients():
        try:
            _send(person, now, run)
        except Exception as error:
            logger.exception("The reminders of user %s were not sent.", person.pk)
            run.failures.append(Failure(person, f"{type(error).__name__}: {error}"))
    return run


def _send(person, now, run):
    if not person.email:
        if look(ReminderPreferences.of(person), now).reminders:
            run.failures.append(Failure(person, "has no e-mail address; give one at the desk."))
        return
    claimed = claim(person, now)
    if not claimed.reminders:
        return
    try:
        compose(claimed).send()
    except Exception:
        release(claimed)
        raise
    settle(claimed, now)
    run.sent.append(claimed)
