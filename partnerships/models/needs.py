"""What a record needs to go out, beyond what a draft needs to be saved at all: noun by noun.

A draft needs what it is called and what lists sort it by (a kind, a type), and may lack everything else. What is listed
here is asked for when a record is published, by whatever way; see partnerships.publication.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Model
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Need:
    """`name` is the field or the rows that it is about, `sentence` says what to do; `is_met(record)` may ask the database."""

    name: str
    sentence: str
    is_met: Callable[[Model], bool]


def filled(*names):
    """At least one of these fields says something."""
    return lambda record: any(getattr(record, name) not in (None, "") for name in names)


def rows(name):
    """At least one row of this kind is there."""
    return lambda record: record.pk is not None and getattr(record, name).exists()


# Agreements of other kinds (conventions, laws, standards, decisions) may stand without the parties that the register knows.
BETWEEN_PARTIES = {
    "mou",
    "joint_action_plan",
    "framework",
    "contribution",
    "funding",
    "letters",
    "intent",
    "partnership",
    "consortium",
}

OF_AGREEMENTS = (
    Need(
        "parties",
        _("An agreement of this kind is made between parties: add at least one of them."),
        lambda agreement: agreement.kind not in BETWEEN_PARTIES or rows("parties")(agreement),
    ),
)
OF_PROJECTS = (
    Need("description", _("Describe the project in a sentence or two."), filled("description")),
    Need("participations", _("Say who takes part: add at least one participation."), rows("participations")),
)
OF_EVENTS = (Need("starts_on", _("Say when it is or was held; a year is enough."), filled("starts_on")),)
OF_INDICATORS = (
    Need("measurements", _("An indicator shows figures: add at least one measurement."), rows("measurements")),
)
