"""Files that the desk refused to import: what somebody has still to mend."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class FailedImportQuerySet(models.QuerySet):
    def open(self):
        return self.filter(settled_at=None)

    def settle(self):
        return self.open().update(settled_at=timezone.now())


class FailedImport(models.Model):
    """The last try of one person with one file, while it fails. The file itself is not kept."""

    noun = models.CharField(_("noun"), max_length=60, help_text=_("The model, such as partnerships.agreement."))
    file_name = models.CharField(_("file name"), max_length=80)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("user")
    )
    at = models.DateTimeField(_("last tried"), default=timezone.now)
    problem = models.CharField(_("problem"), max_length=500)
    wrong_rows = models.PositiveIntegerField(_("rows with errors"), default=0)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    objects = FailedImportQuerySet.as_manager()

    class Meta:
        # Whoever may import a noun's records sees what failed of them; see the desk.
        default_permissions = ()
        verbose_name = _("failed import")
        verbose_name_plural = _("failed imports")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["noun", "file_name", "user"],
                condition=models.Q(settled_at=None),
                name="failed_import_open_once",
            )
        ]

    def __str__(self):
        return self.file_name
