"""Keys to the API: each belongs to a person, says what it is for, and ends."""

import re
import secrets
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac
from django.utils.translation import gettext_lazy as _

DAYS, MOST_DAYS = 90, 365
WRITTEN = re.compile(r"concord_(?P<id>[0-9a-f]{12})_(?P<secret>[0-9A-Za-z]{43})")
# `last_used_at` is for people; it need not cost every request a statement that writes.
USE_IS_NOTED_EVERY = timedelta(minutes=1)


class Scope(models.TextChoices):
    READ = "read", _("read: what its owner sees at the desk, drafts included")
    WRITE = "write", _("write: create, change and delete records")
    PUBLISH = "publish", _("publish: move records between draft, review, published and archived")


def digest(secret):
    """What is kept of a secret: without SECRET_KEY nobody can tell whether a guess is right."""
    return salted_hmac("api.token", secret, algorithm="sha256").hexdigest()


def public_id():
    return secrets.token_hex(6)


def in_ninety_days():
    return timezone.localdate() + timedelta(days=DAYS)


class TokenQuerySet(models.QuerySet):
    def usable(self, on=None):
        """Those that open something on that day: neither ended nor revoked, and their owner is still active."""
        on = on or timezone.localdate()
        return self.filter(revoked_at=None, expires_on__gte=on, user__is_active=True)

    def written(self, text):
        """The usable token that this text is, with its user; or None. The secret is compared in constant time."""
        found = WRITTEN.fullmatch(text)
        if not found:
            return None
        token = self.usable().select_related("user").filter(public_id=found["id"]).first()
        fits = constant_time_compare(digest(found["secret"]), token.digest if token else "")
        return token if token and fits else None


class Token(models.Model):
    """A key to the API. The secret is shown once, when it is made; only an HMAC of it is kept."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="api_tokens",
        verbose_name=_("owner"),
        help_text=_("What the token does is done in this person's name, with this person's permissions."),
    )
    name = models.CharField(
        _("name"), max_length=60, help_text=_("What it is for, such as “quarterly report”. The history shows it.")
    )
    public_id = models.CharField(_("id"), max_length=12, unique=True, default=public_id, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    scopes = models.JSONField(_("scopes"), default=list)
    expires_on = models.DateField(
        _("last day"), default=in_ninety_days, help_text=_("On the day after, it opens nothing. At most a year.")
    )
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True, editable=False)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True, editable=False)

    objects = TokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-created_at"]
        # A token is revoked, not deleted: who asks later what it did finds its name.
        default_permissions = ("add", "change", "view")

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        wrong = not isinstance(self.scopes, list) or set(self.scopes) - set(Scope.values)
        if wrong or not self.scopes:
            raise ValidationError({"scopes": _("Choose from: %s.") % ", ".join(Scope.values)})
        # Whatever is written is also answered, so no token writes without reading.
        self.scopes = [scope.value for scope in Scope if scope == Scope.READ or scope in self.scopes]
        latest = timezone.localdate() + timedelta(days=MOST_DAYS)
        if self._state.adding and not timezone.localdate() <= self.expires_on <= latest:
            raise ValidationError({"expires_on": _("Choose a day between today and %s.") % latest.isoformat()})

    def make_secret(self):
        """Give it a new secret and return the whole token as it is sent. It cannot be read again."""
        secret = get_random_string(43)
        self.digest = digest(secret)
        return f"concord_{self.public_id}_{secret}"

    def is_usable(self, on=None):
        """The twin of TokenQuerySet.usable() for one token."""
        lasts = self.expires_on >= (on or timezone.localdate())
        return lasts and self.revoked_at is None and self.user.is_active

    def allows(self, scope):
        return scope in self.scopes

    def note_use(self):
        """Keep when it was last used, to the minute."""
        now = timezone.now()
        if self.last_used_at is None or now - self.last_used_at >= USE_IS_NOTED_EVERY:
            stale = Q(last_used_at=None) | Q(last_used_at__lte=now - USE_IS_NOTED_EVERY)
            Token.objects.filter(stale, pk=self.pk).update(last_used_at=now)

    def revoke(self):
        if self.revoked_at is None:
            self.revoked_at = timezone.now()
            self.save(update_fields=["revoked_at"])
