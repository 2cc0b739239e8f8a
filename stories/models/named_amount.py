"""Amounts of money that a story names, read from its text when it is saved."""

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from partnerships.models import Contribution, PublicationState

from .news_item import NewsItem


class NamedAmountQuerySet(models.QuerySet):
    def unrecorded(self):
        """Those that are the amount of no contribution which their story proves or is tied to."""
        money = Contribution.objects.exclude(state=PublicationState.ARCHIVED).filter(
            currency=OuterRef("currency"), amount__range=(OuterRef("least"), OuterRef("most"))
        )
        story = OuterRef("story")
        found = self
        for path in ("evidence", "project", "event", "agreement", "project__evidence", "agreement__evidence"):
            end = "story" if path.endswith("evidence") else "stories"
            found = found.exclude(Exists(money.filter(**{f"{path}__{end}": story})))
        return found


class NamedAmount(models.Model):
    story = models.ForeignKey(NewsItem, models.CASCADE, related_name="named_amounts", verbose_name=_("story"))
    written = models.CharField(_("as it is written"), max_length=80)
    currency = models.CharField(_("currency"), max_length=3)
    amount = models.DecimalField(_("amount"), max_digits=24, decimal_places=2)
    # Between which sums it lies: “6.5 million” is rounded.
    least = models.DecimalField(_("at least"), max_digits=24, decimal_places=2)
    most = models.DecimalField(_("at most"), max_digits=24, decimal_places=2)

    objects = NamedAmountQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("amount named in a story")
        verbose_name_plural = _("amounts named in stories")
        ordering = ["story", "pk"]

    def __str__(self):
        return self.written
