"""What the pages draw: agreements as a timeline."""

from dataclasses import dataclass

from django.utils import timezone

from partnerships import evidence
from partnerships.charts.timeline import Life, Timeline, timeline
from partnerships.dates import Precision
from partnerships.models import Agreement

MOST_DRAWN = 40
MOST_MARKED = 8  # stories of one agreement


@dataclass(frozen=True)
class Drawing:
    """A timeline of `agreements`, the newest of `count`; `more` is the address of the list with all of them."""

    timeline: Timeline
    agreements: tuple
    count: int
    more: str = ""

    @property
    def is_cut(self):
        return self.count > len(self.agreements)


def draw(agreements, user, more=""):
    """The Drawing of agreements as `for_list` gives them (a QuerySet or a list), or None where none of them has a date."""
    rows = list(agreements[: MOST_DRAWN + 1])
    shown = rows[:MOST_DRAWN]
    told = evidence.told(Agreement, [one.pk for one in shown], user) if shown else {}
    older = {}
    for one in shown:
        for newer in one.superseded_by.all():
            older.setdefault(newer.pk, []).append(one.pk)
    lives = [life_of(one, tuple(older.get(one.pk, ())), told[one.pk][:MOST_MARKED]) for one in shown]
    drawn = timeline(lives, timezone.localdate())
    count = len(rows) if len(rows) <= MOST_DRAWN or isinstance(agreements, list) else agreements.count()
    return Drawing(drawn, tuple(shown), count, more) if drawn else None


def life_of(agreement, replaces=(), stories=()):
    """An agreement's Life: from its signature until it ended, was terminated or was replaced."""
    begins = agreement.signed or agreement.entered_into_force
    binds = agreement.effective
    if begins and binds and binds.day < begins.day:
        begins = binds  # in force before it was signed
    ends = [agreement.terminated_on, agreement.ends_on]
    ends += [newer.effective.day for newer in agreement.superseded_by.all() if newer.effective]
    return Life(
        key=agreement.pk,
        record=agreement,
        starts=begins and begins.day,
        binds=binds and binds.day,
        ends=min((day for day in ends if day), default=None),
        is_by=bool(begins) and begins.precision == Precision.BY,
        under=agreement.parent.pk if agreement.parent else None,
        replaces=replaces,
        marks=tuple(party.joined_on for party in agreement.parties.all() if party.joined_on),
        stories=tuple((story.day, story) for story in stories),
    )
