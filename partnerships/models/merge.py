"""Two records that were one thing: which of them went into which, and what it takes to have both again."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class MergeQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(undone_at=None)

    def of(self, record):
        """Those that led into this record, the latest first."""
        return self.filter(noun=record._meta.label_lower, kept_id=record.pk).order_by("-merged_at", "-pk")

    def leading_from(self, model, ids):
        """The ids that records with these ids, and those that they were merged into, have today."""
        ids, found = set(ids), set()
        while ids:
            ids = set(
                self.standing().filter(noun=model._meta.label_lower, gone_id__in=ids).values_list("kept_id", flat=True)
            )
            ids -= found
            found |= ids
        return found


class Merge(models.Model):
    """`steps` is what was done, in order and with the values before and after; see partnerships.merging."""

    noun = models.CharField(_("kind of record"), max_length=60, help_text=_("Such as partnerships.organization."))
    kept_id = models.BigIntegerField(_("record that was kept"))
    gone_id = models.BigIntegerField(_("record that went into it"))
    kept_name = models.CharField(_("name of the record that was kept"), max_length=255)
    gone_name = models.CharField(_("name of the record that went into it"), max_length=255)
    steps = models.JSONField(_("steps"))
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("merged by")
    )
    merged_at = models.DateTimeField(_("merged"), auto_now_add=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("undone by")
    )
    undone_at = models.DateTimeField(_("undone"), null=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering = ["-merged_at", "-pk"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["noun", "gone_id"], name="merge_gone"),
            models.Index(fields=["noun", "kept_id"], name="merge_kept"),
        ]

    def __str__(self):
        return _("%(gone)s into %(kept)s") % {"gone": self.gone_name, "kept": self.kept_name}


class Namesakes(models.Model):
    """Two records that look alike and are not the same: somebody has looked."""

    noun = models.CharField(_("kind of record"), max_length=60)
    one_id = models.BigIntegerField(_("record with the smaller number"))
    other_id = models.BigIntegerField(_("record with the larger number"))
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("said by")
    )
    said_at = models.DateTimeField(_("said"), auto_now_add=True)

    class Meta:
        verbose_name = _("namesakes")
        verbose_name_plural = _("namesakes")
        ordering = ["-said_at", "-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["noun", "one_id", "other_id"], name="namesakes_once"),
            models.CheckConstraint(condition=models.Q(one_id__lt=models.F("other_id")), name="namesakes_in_order"),
        ]

    def __str__(self):
        return f"{self.noun} {self.one_id} ≠ {self.other_id}"
