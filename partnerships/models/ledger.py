"""What has happened to the register: one line per change, numbered in the order in which the changes were committed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class LedgerHead(models.Model):
    """One row: the last numbers that were given. Whoever writes a line holds it until the transaction ends."""

    number = models.BigIntegerField(_("number"), default=0)
    changed_at = models.DateTimeField(_("last change"), null=True)
    public_number = models.BigIntegerField(_("public number"), default=0)
    public_changed_at = models.DateTimeField(_("last public change"), null=True)

    class Meta:
        db_table = "ledger_head"
        default_permissions = ()
        verbose_name = _("head of the ledger")

    def __str__(self):
        return str(self.number)


class LedgerLine(models.Model):
    """One change of one record, once as the desk knows it and, unless a draft changed, once as visitors know it.

    Visitors have a numbering of their own: gaps in the desk's would tell them of drafts.
    """

    class Verb(models.TextChoices):
        CREATED = "created", _("created")
        CHANGED = "changed", _("changed")
        PUBLISHED = "published", _("published")
        REMOVED = "removed", _("removed")

    number = models.BigIntegerField(_("number"), primary_key=True)
    at = models.DateTimeField(_("time"))
    noun = models.CharField(_("noun"), max_length=60, help_text=_("The model, such as partnerships.agreement."))
    object_id = models.BigIntegerField(_("record"))
    slug = models.CharField(_("address"), max_length=120)
    verb = models.CharField(_("what happened"), max_length=9, choices=Verb)
    public_number = models.BigIntegerField(_("public number"), null=True, unique=True)
    public_slug = models.CharField(_("public address"), max_length=120, blank=True)
    public_verb = models.CharField(_("what visitors see of it"), max_length=9, choices=Verb, blank=True)

    class Meta:
        db_table = "ledger_line"
        default_permissions = ()
        verbose_name = _("line of the ledger")
        verbose_name_plural = _("lines of the ledger")
        ordering = ["number"]
        indexes = [
            models.Index(fields=["noun", "number"], name="ledger_noun"),
            models.Index(
                fields=["noun", "public_number"], condition=Q(public_number__isnull=False), name="ledger_noun_public"
            ),
        ]

    def __str__(self):
        return f"{self.number}: {self.noun} {self.object_id} {self.verb}"
