"""What became of an indicator: its figures on a line, and in words with what is not known of them."""

from django.utils.translation import gettext as _

from .charts.ranges import range_of
from .models import Measurement
from .money import figure
from .wording import joined


def picture(indicator):
    """The Range of its baseline, target and latest actual figure, with the earlier ones; None where nothing can be compared.

    Works on prefetched measurements without a query.
    """
    actual = indicator.actual
    earlier = [one for one in indicator.measurements.all() if one.kind == Measurement.Kind.ACTUAL and one != actual]
    return range_of(indicator.baseline, indicator.target, actual, earlier)


def sentence(indicator):
    """“758 less than the baseline. Fewer is better. No target is stated.”"""
    if not indicator.measurements.all():
        return ""
    return joined(_change(indicator), _direction(indicator), _aim(indicator), *_missing(indicator))


def _direction(indicator):
    """Which way it should go, where it can be seen to have gone somewhere."""
    if not picture(indicator):
        return ""
    return _("Fewer is better.") if indicator.fewer_is_better else _("More is better.")


def _change(indicator):
    """How far the actual figure is from the baseline; of “more than 1,600”, nobody knows."""
    before, now = indicator.baseline, indicator.actual
    if not before or not now or before.at_least or now.at_least:
        return ""
    difference = now.value - before.value
    if not difference:
        return _("The same as the baseline.")
    words = _("%s more than the baseline.") if difference > 0 else _("%s less than the baseline.")
    return words % figure(abs(difference))


def _aim(indicator):
    """Whether the target is reached, as far as the figures tell."""
    target, now = indicator.target, indicator.actual
    if not target or not now or target.at_least or (now.at_least and now.value < target.value):
        return ""
    if now.at_least and indicator.fewer_is_better:
        return _("The target is not reached.") if now.value >= target.value else ""
    reached = now.value <= target.value if indicator.fewer_is_better else now.value >= target.value
    return _("The target is reached.") if reached else _("The target is not reached.")


def _missing(indicator):
    if not indicator.baseline:
        yield _("No baseline is stated.")
    if not indicator.target:
        yield _("No target is stated.")
    if not indicator.actual:
        yield _("No actual figure is recorded.")
