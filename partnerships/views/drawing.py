"""What the pages draw: agreements, and what was done under them, as a timeline."""

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
    """A timeline of the newest of `count` records; `more` is the address of the list with all of them."""

    timeline: Timeline
    agreements: tuple
    count: int
    more: str = ""

    @property
    def is_cut(self):
        return self.count > len(self.timeline.rows)


def draw(agreements, user, more="", projects=(), count=None):
    """The Drawing of agreements as `for_list` gives them (a QuerySet or a list), or None where nothing has a date.

    `projects` have their agreements prefetched, and stand under the first of them that is drawn. `count` says how many
    records there are, where these are only the newest.
    """
    rows = list(agreements[: MOST_DRAWN + 1])
    shown = rows[:MOST_DRAWN]
    told = evidence.told(Agreement, [one.pk for one in shown], user) if shown else {}
    older = {}
    for one in shown:
        for newer in one.superseded_by.all():
            older.setdefault(newer.pk, []).append(one.pk)
    lives = [life_of(one, tuple(older.get(one.pk, ())), told[one.pk][:MOST_MARKED]) for one in shown]
    lives += [life_of_project(one, {agreement.pk for agreement in shown}) for one in projects]
    drawn = timeline(lives, timezone.localdate())
    if count is None:
        count = len(lives) if len(rows) == len(shown) else agreements.count()
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


def life_of_project(project, drawn):
    """A project's Life; `drawn` are the ids of the agreements beside it."""
    under = [agreement.pk for agreement in project.agreements.all() if agreement.pk in drawn]
    return Life(
        key=("project", project.pk),
        record=project,
        kind="project",
        starts=project.starts_on,
        ends=project.ends_on,
        is_by=bool(project.starts) and project.starts.precision == Precision.BY,
        under=under[0] if under else None,
    )
