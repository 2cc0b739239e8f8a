"""Public officials: who signed, and who spoke. A name and offices; no contact data."""

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partnerships.dates import Dated, DatedModel, format_span, precision_field

from .organization import Organization
from .record import GatedQuerySet, Record, RecordQuerySet


class PersonQuerySet(RecordQuerySet):
    def with_partner(self, ids, user, on=None):
        """Holders of an office in these organizations, and those who signed for them.

        On a day: who held the office that day, or had signed by then.
        """
        from .party import Signature

        offices = Office.objects.visible_to(user).on(on).filter(person=OuterRef("pk"), organization__in=ids)
        signed = Signature.objects.visible_to(user).on(on).filter(person=OuterRef("pk"), party__organization__in=ids)
        return self.filter(Exists(offices) | Exists(signed))

    def in_countries(self, ids, user, on=None):
        """Holders of an office in an organization of these countries; on a day, who held it that day."""
        offices = Office.objects.visible_to(user).on(on).filter(person=OuterRef("pk"), organization__country__in=ids)
        return self.filter(Exists(offices))

    def active_between(self, first, last, user):
        """Those known to hold an office, or to have signed, on any day of the span."""
        from .party import Signature

        offices = Office.objects.visible_to(user).filter(person=OuterRef("pk")).held_between(first, last)
        signed = Signature.objects.visible_to(user).filter(person=OuterRef("pk"), signed_on__range=(first, last))
        return self.filter(Exists(offices) | Exists(signed))

    def for_list(self, user, on=None):
        """With the offices held; on a day, those held that day."""
        # Offices in an organization that the user may not see are left out with it.
        offices = Office.objects.visible_to(user).on(on).select_related("organization")
        return self.prefetch_related(Prefetch("offices", offices))

    def for_record(self, user, on=None):
        """With what the person signed, by that day if one is given."""
        from .party import Signature

        signatures = Signature.objects.visible_to(user).on(on)
        signatures = signatures.select_related("party__agreement", "party__organization")
        return self.for_list(user, on).prefetch_related(Prefetch("signatures", signatures))

    def for_detail(self, user):
        return self.for_record(user)


class Person(Record):
    name = models.CharField(_("name"), max_length=160, help_text=_("As it is usually written, such as Ghada Waly."))
    sort_name = models.CharField(
        _("sorted as"),
        max_length=160,
        blank=True,
        help_text=_("Family name first, such as Waly, Ghada. Made from the name if empty."),
    )
    honorific = models.CharField(_("honorific"), max_length=40, blank=True, help_text=_("Such as H.E., Ms. or Mr."))

    history = HistoricalRecords()
    objects = PersonQuerySet.as_manager()
    noun = "person"
    slug_words = ("name",)

    class Meta(Record.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["sort_name"]

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        if not self.sort_name:
            given, _space, family = self.name.rpartition(" ")
            self.sort_name = f"{family}, {given}" if given else family


class OfficeQuerySet(GatedQuerySet):
    def published(self):
        # An office outside every registered organization ("film maker") is public with its holder.
        return self.filter(
            Q(organization=None) | Q(organization__in=Organization.objects.published()),
            person__in=Person.objects.published(),
        )

    def on(self, day):
        """Those held on that day; all of them if none is given."""
        return self.held_between(day, day) if day else self

    def held_between(self, first, last):
        """Held on any day of the span, as far as is known; an office without a known start is not guessed."""
        return self.filter(Q(held_to_on=None) | Q(held_to_on__gte=first), held_from_on__lte=last)


class Office(DatedModel):
    """A function that a person held, in an organization and at a time."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="offices", verbose_name=_("person"))
    title = models.CharField(_("title"), max_length=200, help_text=_("Such as Executive Director."))
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="offices", verbose_name=_("organization")
    )
    held_from_on = models.DateField(_("from"), null=True, blank=True)
    held_from_on_precision = precision_field()
    held_to_on = models.DateField(_("until"), null=True, blank=True, help_text=_("Empty: no end is known."))
    held_to_on_precision = precision_field()
    history = HistoricalRecords()

    held_from = Dated()
    held_to = Dated(last=True)
    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = ["-held_from_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(held_from_on__isnull=True)
                | Q(held_to_on__isnull=True)
                | Q(held_to_on__gte=models.F("held_from_on")),
                name="office_held_in_order",
                violation_error_message=_("An office cannot end before it begins."),
            )
        ]

    def __str__(self):
        return f"{self.title}, {self.organization.short_name}" if self.organization else self.title

    @property
    def period(self):
        return format_span(self.held_from, self.held_to)
