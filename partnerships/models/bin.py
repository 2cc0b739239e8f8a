"""What was deleted at the desk or by the API, for as long as it can be had back."""

from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEPT_FOR = timedelta(days=30)


class BinnedRecordQuerySet(models.QuerySet):
    def expired(self, now=None):
        return self.filter(deleted_at__lt=(now or timezone.now()) - KEPT_FOR)

    def there(self, now=None):
        return self.filter(deleted_at__gte=(now or timezone.now()) - KEPT_FOR)


class BinnedRecord(models.Model):
    """`contents` are the rows and links that went with the record; see partnerships.versions.bin."""

    noun = models.CharField(_("kind of record"), max_length=60, help_text=_("Such as partnerships.organization."))
    record_id = models.BigIntegerField(_("number of the record"))
    name = models.CharField(_("name"), max_length=255)
    contents = models.JSONField(_("contents"))
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("deleted by")
    )
    deleted_at = models.DateTimeField(_("deleted"), auto_now_add=True, db_index=True)

    objects = BinnedRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("deleted record")
        verbose_name_plural = _("deleted records")
        ordering = ["-deleted_at", "-pk"]
        default_permissions = ()

    def __str__(self):
        return self.name

    @property
    def model(self):
        return apps.get_model(self.noun)

    @property
    def kept_until(self):
        return self.deleted_at + KEPT_FOR
