"""What the register knows about a record, in plain sentences: no status without its date, no silence about an unknown."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy, npgettext_lazy, pgettext

from .dates import Precision, format_span
from .models import ProjectStatus, Status
from .money import figure


@dataclass(frozen=True)
class StatusLine:
    """`word` names the status, `shape` how it is drawn beside it (never by colour alone), `sentence` tells it in full."""

    word: str
    shape: str
    sentence: str


def when(partial):
    """A PartialDate with its preposition: “on 14 September 2020”, “in 2013”, “by 9 June 2020”."""
    return partial.say("when")


def span(start, end):
    """`format_span`, with a start that is only known as “by that day” said as such and not as a beginning."""
    if not start or start.precision != Precision.BY:
        return str(format_span(start, end))
    if not end or end.precision == Precision.BY:
        return str(start)
    return _("%(start)s, %(until)s") % {"start": start, "until": end.say("until")}


def separated(items):
    """Words one after another: “Vienna, online”."""
    return pgettext("between two items", ", ").join(str(item) for item in items)


def joined(*sentences):
    """Sentences one after another; those that are empty are left out."""
    return pgettext("between two sentences", " ").join(str(sentence) for sentence in sentences if sentence)


def agreement_status(agreement, on=None):
    """Works on the prefetched `superseded_by` of `for_list` without a query."""
    on = on or timezone.localdate()
    status = agreement.status(on)
    return StatusLine(str(status.label), status.value.replace("_", "-"), _agreement_sentence(agreement, status, on))


def _agreement_sentence(agreement, status, on):
    match status:
        case Status.TERMINATED:
            return _("Terminated %s.") % when(agreement.terminated)
        case Status.SUPERSEDED:
            newer = [one for one in agreement.superseded_by.all() if one.effective and one.effective.day <= on]
            first = min(newer, key=lambda one: one.effective.day)
            return _("Superseded by “%(title)s”, which took effect %(when)s.") % {
                "title": first.short_title or first,
                "when": when(first.effective),
            }
        case Status.EXPIRED:
            return _("Expired %s.") % when(agreement.ends)
        case Status.IN_FORCE:
            return joined(_begun(agreement), _ending(agreement.ends))
        case Status.SIGNED:
            return _("Signed %(signed)s; it enters into force %(force)s.") % {
                "signed": when(agreement.signed),
                "force": when(agreement.effective),
            }
    if agreement.signed:
        return _("To be signed %s.") % when(agreement.signed)
    return _("No signature is recorded.")


def _begun(agreement):
    effective = agreement.effective
    if effective.precision != Precision.BY:
        return _("In force %s.") % effective.say("since")
    if agreement.entered_into_force:
        return _("In force; it took effect on or before %s.") % _day(effective)
    return _("In force; signed on or before %s.") % _day(effective)


def _day(partial):
    """The bare day of a “by” date."""
    return type(partial)(partial.day)


def _ending(ends):
    return _("It ends %s.") % when(ends) if ends else _("No end date is stated.")


def project_status(project, on=None):
    status = project.status(on)
    return StatusLine(str(status.label), status.value, _project_sentence(project, status))


def _project_sentence(project, status):
    starts, ends = project.starts, project.ends
    known_by = starts and starts.precision == Precision.BY
    match status:
        case ProjectStatus.PLANNED:
            return joined(_("Planned to start %s.") % when(starts), _ending(ends))
        case ProjectStatus.RUNNING if known_by:
            return joined(_("Running; known to the register %s.") % _day(starts).say("since"), _ending(ends))
        case ProjectStatus.RUNNING:
            return joined(_("Running %s.") % starts.say("since"), _ending(ends))
        case ProjectStatus.CLOSED if starts and not known_by:
            return _("Closed. It ran %s.") % span(starts, ends)
        case ProjectStatus.CLOSED:
            return _("Closed %s. Its start is not stated.") % when(ends)
    return joined(_("Its start is not stated."), _("It ends %s.") % when(ends) if ends else _("Nor is its end."))


def event_status(event, on=None):
    on = on or timezone.localdate()
    where = _("online") if event.is_online else ""
    place = separated(part for part in (event.place, where) if part)
    if not event.starts:
        sentence = _("Announced; no date is stated.") if event.is_planned else _("Its date is not stated.")
        return StatusLine(_("date not stated"), "unknown", sentence)
    dates = span(event.starts, event.ends or event.starts)
    if event.is_planned:
        sentence = _("Announced for %s; the register has no proof yet that it took place.") % dates
        line = StatusLine(_("announced"), "planned", sentence)
    elif event.starts_on > on:
        line = StatusLine(_("to come"), "planned", _("To be held %s.") % dates)
    else:
        line = StatusLine(_("held"), "closed", _("Held %s.") % dates)
    return StatusLine(line.word, line.shape, joined(line.sentence, _("%s.") % capfirst(place) if place else ""))


TELLERS = {"agreement": agreement_status, "project": project_status, "event": event_status}


def status_line(record, on=None):
    """The StatusLine of an agreement, a project or an event, today if no day is given; None for what has no status."""
    teller = TELLERS.get(record.noun)
    return teller(record, on or None) if teller else None


COUNTED = {
    "agreement": ngettext_lazy("%(shown)s agreement", "%(shown)s agreements", "count"),
    "organization": ngettext_lazy("%(shown)s organization", "%(shown)s organizations", "count"),
    "project": ngettext_lazy("%(shown)s project", "%(shown)s projects", "count"),
    "funder": ngettext_lazy("%(shown)s funder", "%(shown)s funders", "count"),
    "contribution": ngettext_lazy("%(shown)s contribution", "%(shown)s contributions", "count"),
    "indicator": ngettext_lazy("%(shown)s indicator", "%(shown)s indicators", "count"),
    "event": ngettext_lazy("%(shown)s event", "%(shown)s events", "count"),
    "person": ngettext_lazy("%(shown)s person", "%(shown)s people", "count"),
    "story": ngettext_lazy("%(shown)s story", "%(shown)s stories", "count"),
    "country": ngettext_lazy("%(shown)s country", "%(shown)s countries", "count"),
    "region": ngettext_lazy("%(shown)s region", "%(shown)s regions", "count"),
}
# The same without the number, which stands above in large type.
BELOW_THE_NUMBER = {
    "agreement": npgettext_lazy("below its number", "agreement", "agreements", "count"),
    "organization": npgettext_lazy("below its number", "organization", "organizations", "count"),
    "project": npgettext_lazy("below its number", "project", "projects", "count"),
    "funder": npgettext_lazy("below its number", "funder", "funders", "count"),
    "contribution": npgettext_lazy("below its number", "contribution", "contributions", "count"),
    "indicator": npgettext_lazy("below its number", "indicator", "indicators", "count"),
    "event": npgettext_lazy("below its number", "event", "events", "count"),
    "person": npgettext_lazy("below its number", "person", "people", "count"),
    "story": npgettext_lazy("below its number", "story", "stories", "count"),
    "country": npgettext_lazy("below its number", "country", "countries", "count"),
    "region": npgettext_lazy("below its number", "region", "regions", "count"),
}


def counted(count, noun):
    """“1 story”, “17 stories”."""
    return COUNTED[noun] % {"count": count, "shown": figure(count)}


def noun_below(count, noun):
    """“story”, “stories”: what stands below a large number."""
    return BELOW_THE_NUMBER[noun] % {"count": count}


def unstated(without, all):
    """“2 of these 5 contributions state no amount.”, or "" where all of them state one."""
    if not without or all == 1:
        return ""
    if without == all:
        return _("None of these %(all)s contributions states an amount.") % {"all": figure(all)}
    return ngettext(
        "%(without)s of these %(all)s contributions states no amount.",
        "%(without)s of these %(all)s contributions state no amount.",
        without,
    ) % {"without": figure(without), "all": figure(all)}
