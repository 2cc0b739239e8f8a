"""Amounts as a picture shows them: lines that may be added up, marks that lead to their contributions, panels of marks."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from partnerships import money
from partnerships.charts.bars import share
from partnerships.charts.columns import Column, Slot
from partnerships.models import Contribution
from partnerships.wording import counted, separated


class Line(NamedTuple):
    """What may be added up."""

    currency: str
    stage: str
    in_kind: bool

    @property
    def label(self):
        return separated([self.currency, self.kind])

    @property
    def kind(self):
        stage = str(Contribution.Stage(self.stage).label)
        return separated([stage, _("in kind")]) if self.in_kind else stage

    @property
    def asked(self):
        return [("currency", self.currency), ("stage", self.stage), ("in_kind", "true" if self.in_kind else "false")]


@dataclass
class Amounts:
    """What is given alone and what several give together, and in how many contributions."""

    alone: Decimal = Decimal(0)
    joint: Decimal = Decimal(0)
    count: int = 0

    @property
    def total(self):
        return self.alone + self.joint

    def add(self, other):
        self.alone, self.joint, self.count = (
            self.alone + other.alone,
            self.joint + other.joint,
            self.count + other.count,
        )


@dataclass
class Entry:
    """A year, some funders, or a project or an event: its name, its own page, and the filters that lead to it."""

    label: str
    page: str = ""
    asked: list = field(default_factory=list)
    year: int | None = None
    is_written: bool = False  # at the desk, in whatever language
    lines: dict[Line, Amounts] = field(default_factory=dict)
    unknown: int = 0


@dataclass(frozen=True)
class Mark:
    """One amount (or, without `amounts`, contributions that state none) and the list of its contributions."""

    entry: Entry
    address: str
    count: int
    line: Line | None = None
    amounts: Amounts | None = None
    slot: Slot | None = None
    column: Column | None = None
    most: Decimal = Decimal(0)

    @property
    def contributions(self):
        return counted(self.count, "contribution")

    @property
    def exact(self):
        return money.exact(self.amounts.total, self.line.currency)

    @property
    def rounded(self):
        return money.rounded(self.amounts.total, self.line.currency)

    @property
    def brief(self):
        return money.brief(self.amounts.total)

    @property
    def together(self):
        return money.exact(self.amounts.joint, self.line.currency) if self.amounts.joint else ""

    @property
    def text(self):
        """“2020: EUR 41,500,000 (EUR 35,000,000 given together), 2 contributions”."""
        if self.amounts is None:
            return _("%(what)s: amount not stated, %(contributions)s") % {
                "what": self.entry.label,
                "contributions": self.contributions,
            }
        words = _("%(what)s: %(amount)s, %(contributions)s")
        if self.amounts.joint:
            words = _("%(what)s: %(amount)s, of which %(together)s given together, %(contributions)s")
        return words % {
            "what": self.entry.label,
            "amount": self.exact,
            "together": self.together,
            "contributions": self.contributions,
        }

    @property
    def alone_share(self):
        return share(self.amounts.alone, self.most)

    @property
    def joint_share(self):
        return share(self.amounts.joint, self.most)

    @property
    def is_joint(self):
        return bool(self.amounts and self.amounts.joint)


@dataclass(frozen=True)
class Panel:
    """The marks of one line; `others` is the sum of those that are too many to draw."""

    line: Line
    marks: list[Mark]
    sentence: str
    others: Mark | None = None
    has_labels: bool = True

    @property
    def is_joint(self):
        return any(mark.is_joint for mark in [*self.marks, *([self.others] if self.others else [])])


@dataclass(frozen=True)
class Picture:
    """`unknown` are the marks without an amount that are drawn, `rows` all marks for the table."""

    name: str
    anchor: str
    title: str
    sentence: str
    slots: tuple[Slot, ...]
    panels: list[Panel]
    unknown: list[Mark]
    unknown_others: str
    rows: list[Mark]

    @property
    def id(self):
        return f"{self.anchor}-{self.name}"

    @property
    def is_joint(self):
        return any(panel.is_joint for panel in self.panels)
