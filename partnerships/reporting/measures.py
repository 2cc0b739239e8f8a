"""What can be summed: money by currency, stage and kind; results by unit. What must not be mixed stays apart by itself."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import BigIntegerField, F, Func, OuterRef, Subquery

from partnerships.models import Contribution, Indicator, Measurement


class Minor(Func):
    """An amount in its smallest unit, as a whole number: SQLite would add decimals up as floating point."""

    arity = 1
    output_field = BigIntegerField()
    template = "CAST(ROUND(%(expressions)s * %(per_unit)s) AS bigint)"


@dataclass(frozen=True)
class Sum:
    """One total. `of` says what it is a total of; `summed` records are in it, others are `left_out`, by reason."""

    of: dict
    total: Decimal | None
    summed: int
    left_out: dict


class Money:
    """Amounts. They are never added across currencies, from pledge to disbursement, or from goods to money."""

    columns = ("currency", "stage", "in_kind")
    numbers = ("amount",)
    places = 2
    reasons = ("no_amount", "other_currency")

    def facts(self):
        """Rows of a contribution's id, its `columns` and its `numbers`."""
        return Contribution.objects.values_list("pk", *self.columns, Minor(F("amount"), per_unit=10**self.places))

    def sums(self, lines, only):
        """The sums of a group, and by reason how many of its records are in none: each record is on one side."""
        sums, left_out = [], dict.fromkeys(self.reasons, 0)
        for (currency, stage, in_kind), line in sorted(lines.items()):
            if not currency:
                left_out["no_amount"] += line.count
            elif only is not None and currency not in only:
                left_out["other_currency"] += line.count
            else:
                label = str(Contribution.Stage(stage).label)
                of = {"currency": currency, "stage": stage, "stage_label": label, "in_kind": bool(in_kind)}
                sums.append(Sum(of, exactly(line.totals[0], self.places), line.summed[0], {}))
        return sums, left_out


class Results:
    """Figures: the latest baseline, target and actual of each indicator, added within one unit only."""

    columns = ("unit",)
    numbers = tuple(Measurement.Kind.values)
    places = 4

    def facts(self):
        figures = [
            Minor(
                Subquery(Measurement.objects.filter(indicator=OuterRef("pk"), kind=kind).values("value")[:1]),
                per_unit=10**self.places,
            )
            for kind in self.numbers
        ]
        return Indicator.objects.values_list("pk", "unit", *figures)

    def sums(self, lines, only):
        sums = []
        for (unit,), line in sorted(lines.items()):
            for kind, summed, total in zip(self.numbers, line.summed, line.totals, strict=True):
                value = exactly(total, self.places) if summed else None
                sums.append(Sum({"unit": unit, "figure": kind}, value, summed, {"no_figure": line.count - summed}))
        return sums, {}


def exactly(whole, places):
    return Decimal(whole).scaleb(-places)


_measures = {Contribution: Money(), Indicator: Results()}


def measure_of(model):
    """What the records of this noun measure, or None where they are only counted."""
    return _measures.get(model)
