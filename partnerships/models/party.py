"""Who is bound by an agreement, since when, and who signed."""

from django.db import models
from django.db.models import F, Prefetch, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partnerships.dates import Dated, DatedModel, precision_field

from .agreement import Agreement
from .geography import Country
from .organization import Organization
from .person import Person
from .record import GatedQuerySet, PublicationState


class PartyQuerySet(GatedQuerySet):
    def published(self):
        return self.filter(agreement__state=PublicationState.PUBLISHED, organization__state=PublicationState.PUBLISHED)

    def on(self, day):
        """The parties of that day; all of them if none is given. One without a date of joining has been there from the start."""
        if day is None:
            return self
        return self.filter(Q(joined_on=None) | Q(joined_on__lte=day)).exclude(withdrew_on__lte=day)


class Party(DatedModel):
    """An organization's place in an agreement, from a day and perhaps to a day."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="parties", verbose_name=_("agreement"))
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="parties", verbose_name=_("organization")
    )
    joined_on = models.DateField(_("joined"), null=True, blank=True, help_text=_("Empty: a party from the beginning."))
    joined_on_precision = precision_field()
    withdrew_on = models.DateField(_("withdrew"), null=True, blank=True)
    withdrew_on_precision = precision_field()
    note = models.CharField(_("note"), max_length=200, blank=True)
    history = HistoricalRecords()

    joined = Dated()
    withdrew = Dated()
    objects = PartyQuerySet.as_manager()

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "organization"],
                condition=Q(withdrew_on=None),
                name="party_once_at_a_time",
                violation_error_message=_(
                    "This organization is already a party. Give its withdrawal a date before it joins again."
                ),
            ),
            models.CheckConstraint(
                condition=Q(joined_on__isnull=True) | Q(withdrew_on__isnull=True) | Q(withdrew_on__gte=F("joined_on")),
                name="party_withdrew_after_joining",
                violation_error_message=_("A party cannot withdraw before it joins."),
            ),
        ]

    def __str__(self):
        return str(self.organization)


class SignatureQuerySet(GatedQuerySet):
    def published(self):
        # The signature of a person whose record is not public is shown without the name, so it stays in.
        return self.filter(party__in=Party.objects.published())

    def on(self, day):
        """Those given by that day; all of them if none is given. One without a date of its own is as old as the agreement's."""
        if day is None:
            return self
        undated = Q(party__agreement__signed_on=None) | Q(party__agreement__signed_on__lte=day)
        return self.filter(Q(signed_on__lte=day) | Q(undated, signed_on=None))

    def with_person(self, user):
        return self.prefetch_related(Prefetch("person", Person.objects.visible_to(user)))


class Signature(DatedModel):
    """Who signed for a party, in which capacity, where and when."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="signatures", verbose_name=_("for the party"))
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="signatures", verbose_name=_("person")
    )
    capacity = models.CharField(_("capacity"), max_length=200, blank=True, help_text=_("The office on that day."))
    signed_on = models.DateField(_("signed"), null=True, blank=True)
    signed_on_precision = precision_field()
    place = models.CharField(_("place"), max_length=120, blank=True)
    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("country")
    )
    history = HistoricalRecords()

    signed = Dated()
    objects = SignatureQuerySet.as_manager()

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["party", "pk"]

    def __str__(self):
        return _("%(who)s for %(party)s") % {"who": self.person or self.capacity, "party": self.party}
