"""What the pages draw of money: by year, by funder, and by what it pays for. Each mark leads to the contributions in it.

The numbers are those of `/api/v1/stats/`. A picture never adds up currencies, stages, or goods and money: each of these
lines has a panel of its own, and what states no amount is counted beside them.
"""

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from partnerships import money
from partnerships.charts.columns import MOST_LABELS, column, slots
from partnerships.models import Contribution
from partnerships.reporting import Counts, grouped
from partnerships.wording import counted, joined, unstated

from .amounts import Amounts, Entry, Line, Mark, Panel, Picture
from .head import list_address
from .question import address

MOST_GROUPS = 1000
MOST_BARS = 8
MOST_UNKNOWN = 16
# The dimensions of the statistics that a picture is made of. Of whom an amount is shared, funders tell themselves.
GROUPED_BY = {"year": ("year", "joint"), "funder": ("funder",), "purpose": ("project", "event", "joint")}
TITLES = {
    "year": gettext_lazy("Money by year"),
    "funder": gettext_lazy("Money by funder"),
    "purpose": gettext_lazy("Money by project and event"),
}
TOGETHER = " + "  # what stands between the values of a group that has several


def pictures(records, question, counts, key, by=tuple(GROUPED_BY), anchor="money"):
    """The Pictures of these contributions, where there are several to compare.

    `question` are the pairs that the list of them is asked, `key` those by which `counts` remembers them; `anchor` tells
    the pictures of one page apart.
    """
    drawn = []
    for name in by:
        groups = counts.get(
            (*key, "money", name),
            lambda name=name: grouped(records, GROUPED_BY[name], counts.user, most=MOST_GROUPS),
            size=lambda found: 1 + len(found.groups),
        )
        # A picture of the largest groups only would look like one of everything.
        if groups.everything.count > 1 and not groups.more:
            drawn.append(_picture(name, groups, question, anchor))
    return drawn


def pictures_of(request, records, by, anchor="money", **question):
    """The Pictures for another record's page: `records` are those that the list finds with this question."""
    asked = list(question.items())
    return pictures(records, asked, Counts(request.user), (Contribution, frozenset(asked)), by, anchor)


def _picture(name, groups, question, anchor):
    entries = _entries(name, groups)
    columns = _columns(entries) if name == "year" else {}
    panels = [_panel(line, entries, question, columns) for line in _lines(groups.everything)]
    unknown = [_unknown(entry, question, columns) for entry in entries if entry.unknown]
    rows = [mark for entry in entries for mark in _marks_of(entry, question)]
    if name != "year":
        unknown.sort(key=lambda mark: (-mark.count, mark.entry.label.casefold()))
        rows.sort(
            key=lambda mark: (mark.amounts is None, mark.line or (), -(mark.amounts.total if mark.amounts else 0))
        )
    shown, rest = (unknown, []) if name == "year" else (unknown[:MOST_UNKNOWN], unknown[MOST_UNKNOWN:])
    return Picture(
        name=name,
        anchor=anchor,
        title=str(TITLES[name]),
        sentence=_sentence(groups.everything),
        slots=tuple(columns.values()),
        panels=panels,
        unknown=shown,
        unknown_others=_others(len(rest)) if rest else "",
        rows=rows,
    )


def _lines(group):
    return {Line(one.of["currency"], one.of["stage"], one.of["in_kind"]): one for one in group.sums}


def _entries(name, groups):
    """An Entry for each year, set of funders or purpose, in the order of the groups; those of one are put together."""
    entries = {}
    for group in groups.groups:
        values = group.values
        key = tuple(value.value for dimension, value in values.items() if dimension != "joint")
        entry = entries.setdefault(key, NAMED[name](values))
        joint = values["joint"].value == "true" if "joint" in values else group.shared
        for line, one in _lines(group).items():
            added = Amounts(count=one.summed, **{"joint" if joint else "alone": one.total})
            entry.lines.setdefault(line, Amounts()).add(added)
        entry.unknown += group.left_out["no_amount"]
    return list(entries.values())


def _of_year(values):
    year = values["year"].value
    if year is None:
        return Entry(_("No date"), asked=[("dated_on__empty", "true")])
    return Entry(year, asked=[("year", year)], year=int(year))


def _of_funders(values):
    funders = values["funder"]
    if funders.value is None:
        return Entry(_("Unnamed funder"), asked=[("funder__empty", "true")])
    slugs = funders.value.split(TOGETHER)
    page = _page("funder", slugs[0]) if len(slugs) == 1 else ""
    return Entry(funders.label, page, [("funder_only", slug) for slug in slugs], is_written=True)


def _of_purpose(values):
    noun = "project" if values["project"].value else "event"
    slug, label = values[noun].value, values[noun].label
    return Entry(label, _page(noun, slug), [(noun, slug)], is_written=True)


NAMED = {"year": _of_year, "funder": _of_funders, "purpose": _of_purpose}


def _page(noun, slug):
    return reverse(f"partnerships:{noun}-detail", args=[slug])


def _columns(entries):
    """{year: its Slot}; with None where something has no date."""
    years = [entry.year for entry in entries if entry.year is not None]
    return {slot.year: slot for slot in slots(years, undated=len(years) < len(entries))}


def _panel(line, entries, question, columns):
    there = [entry for entry in entries if line in entry.lines]
    most = max(entry.lines[line].total for entry in there)
    marks = [_mark(entry, line, question, columns, most) for entry in there]
    total = Amounts()
    for mark in marks:
        total.add(mark.amounts)
    others = None
    if not columns:
        marks.sort(key=lambda mark: (-mark.amounts.total, mark.entry.label.casefold()))
        if len(marks) > MOST_BARS + 1:
            others = _together(marks[MOST_BARS:], line, most)
            marks = marks[:MOST_BARS]
    return Panel(line, marks, _sum(line, total.total, total.count), others, len(columns) <= MOST_LABELS)


def _mark(entry, line, question, columns, most):
    amounts = entry.lines[line]
    drawn = column(amounts.alone, amounts.joint, most) if columns else None
    link = _list(question, entry.asked, line.asked)
    return Mark(entry, link, amounts.count, line, amounts, columns.get(entry.year), drawn, most)


def _together(marks, line, most):
    """One Mark for all of these. They are of one line, and no contribution is in two of them, so that they add up."""
    total = Amounts()
    for mark in marks:
        total.add(mark.amounts)
    return Mark(Entry(_others(len(marks))), "", total.count, line, total, most=max(most, total.total))


def _others(count):
    return ngettext("%(count)s other", "%(count)s others", count) % {"count": money.figure(count)}


def _unknown(entry, question, columns):
    link = _list(question, entry.asked, [("amount__empty", "true")])
    return Mark(entry, link, entry.unknown, slot=columns.get(entry.year))


def _marks_of(entry, question):
    marks = [_mark(entry, line, question, {}, amounts.total) for line, amounts in sorted(entry.lines.items())]
    return marks + ([_unknown(entry, question, {})] if entry.unknown else [])


def _list(question, *narrower):
    """The address of the list with this question, made narrower: what is asked of the same filter gives way."""
    added = [pair for pairs in narrower for pair in pairs]
    names = {name for name, _value in added}
    left = [pair for pair in question if pair[0] not in names]
    return list_address(Contribution) + address([*left, *added])


def _sum(line, total, count):
    return _("%(kind)s: %(amount)s in %(contributions)s.") % {
        "kind": capfirst(line.kind),
        "amount": money.rounded(total, line.currency),
        "contributions": counted(count, "contribution"),
    }


def _sentence(everything):
    sums = [_sum(line, one.total, one.summed) for line, one in _lines(everything).items()]
    return joined(*sums, unstated(everything.left_out["no_amount"], everything.count))
