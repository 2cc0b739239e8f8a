"""What a request with an Idempotency-Key was answered, for when it is sent again."""

from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils import timezone

KEPT = timedelta(hours=24)


class StoredAnswerQuerySet(models.QuerySet):
    def kept(self, now=None):
        """Those of the last 24 hours."""
        return self.filter(created_at__gte=(now or timezone.now()) - KEPT)

    def claim(self, *, user, key, fingerprint):
        """The row of this user's key, and whether it is new. Call it in the transaction that writes the record.

        Whoever comes second with the same key waits here until the first has written or failed: the unique index makes
        the database the referee. So there is a row exactly when there is a record.
        """
        self.filter(created_at__lt=timezone.now() - KEPT).delete()
        try:
            with transaction.atomic():
                return self.create(user=user, key=key, fingerprint=fingerprint), True
        except IntegrityError:
            return self.get(user=user, key=key), False


class StoredAnswer(models.Model):
    """One key of one user, and the answer that it got."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)  # SHA-256 of method, path and body, in hexadecimal
    status = models.PositiveSmallIntegerField(null=True)
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    objects = StoredAnswerQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="stored_answer_once_per_key")]

    def __str__(self):
        return self.key
