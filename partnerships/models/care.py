"""Which colleagues look after a record: its focal points, whom only the desk shows."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from .record import RecordQuerySet


def focal_points_field():
    return models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="+",
        verbose_name=_("focal points"),
        help_text=_("The colleagues who look after it and are reminded of its dates. Never shown to the public."),
    )


class InCareQuerySet(RecordQuerySet):
    """For a model with a field `focal_points`."""

    def looked_after_by(self, user):
        return self.filter(Exists(self._ties().filter(user=user)))

    def unattended(self):
        """Those that nobody looks after who works at the desk today."""
        return self.exclude(Exists(self._ties().filter(user__is_active=True, user__is_staff=True)))

    def _ties(self):
        field = self.model._meta.get_field("focal_points")
        return field.remote_field.through.objects.filter(**{field.m2m_field_name(): OuterRef("pk")})
