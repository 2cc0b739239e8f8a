"""What came of a run, as people look at it: kept for an hour, to be shown again and to be downloaded."""

import json
from dataclasses import dataclass, field

from .kept import keep_file, kept_file

MOST_SHOWN = 500  # rows on a page; the download has all that is wrong
LONGEST = 300  # letters of a cell that the page can show


@dataclass
class ShownRow:
    number: int
    slug: str
    display: str
    verdict: str
    errors: list
    warnings: list
    changes: list

    def __post_init__(self):
        for name in ("errors", "warnings", "changes"):
            setattr(self, name, [tuple(one) for one in getattr(self, name)])

    @classmethod
    def of(cls, row):
        changes = [(column, before[:LONGEST], after[:LONGEST]) for column, before, after in row.changes]
        return cls(row.number, row.slug, row.display, str(row.verdict), row.errors, row.warnings, changes)


@dataclass
class Report:
    """`problem` stands in the way of all of it; `notice` is to be known beside the rest.

    `problems` are the rows of Plan.problems; `token` allows to carry it out; `address` is where to go on instead.
    """

    name: str
    problem: str = ""
    notice: str = ""
    status: int = 200
    counts: dict = field(default_factory=dict)
    rows: list = field(default_factory=list)
    left_out: int = 0
    problems: list = field(default_factory=list)
    to_write: int = 0
    token: str = ""
    address: str = ""

    @property
    def has_plan(self):
        return bool(self.counts)

    @classmethod
    def of(cls, name, plan, **facts):
        # What stands in the way comes first, and what will be otherwise than the file says comes second.
        rows = sorted(plan.rows, key=lambda row: (not row.errors, not row.warnings))
        return cls(
            name,
            counts={str(verdict): count for verdict, count in plan.counts.items()},
            rows=[ShownRow.of(row) for row in rows[:MOST_SHOWN]],
            left_out=max(0, len(rows) - MOST_SHOWN),
            problems=plan.problems,
            to_write=len(plan.to_write),
            **facts,
        )

    def keep(self, run):
        facts = {**vars(self), "rows": [vars(row) for row in self.rows]}
        keep_file(json.dumps(facts, default=str).encode(), run, "report")

    @classmethod
    def kept(cls, run):
        """The Report of a run. Raises OSError where there is none, or none any more."""
        facts = json.loads(kept_file(run, "report"))
        return cls(**{**facts, "rows": [ShownRow(**row) for row in facts["rows"]]})
