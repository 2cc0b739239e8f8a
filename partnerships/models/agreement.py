"""Agreements, and what follows from their dates: whether they are in force on a day."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q, Value
from django.db.models.functions import Coalesce, Greatest, Least
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerships.dates import Dated, format_span, listed_on_field, precision_field

from .care import InCareQuerySet, focal_points_field
from .filed import WithFiles
from .geography import Country, Goal, Region
from .history import LinkedHistory
from .needs import OF_AGREEMENTS
from .record import PublicationState, Record, sees_drafts
from .tree import ids_linked, refuse_loop


class Status(models.TextChoices):
    DRAFT = "draft", _("no signature recorded")
    SIGNED = "signed", _("signed, not yet in force")
    IN_FORCE = "in_force", _("in force")
    EXPIRED = "expired", _("expired")
    TERMINATED = "terminated", _("terminated")
    SUPERSEDED = "superseded", _("superseded")


# The day on which it stops: the earlier one, where both are known.
END = Coalesce(Least("ends_on", "terminated_on"), "ends_on", "terminated_on")


class AgreementQuerySet(WithFiles, InCareQuerySet):
    # The phrases below are the QuerySet twin of Agreement.status(); tests/partnerships/test_agreement.py compares them.

    def effective(self):
        """Each with `effective_on`, the day from which it binds: its entry into force or, failing that, its signature."""
        return self.annotate(effective_on=Coalesce("entered_into_force_on", "signed_on"))

    def superseding(self, on):
        """Those that have taken effect by that day and are public: a draft must not change what visitors read elsewhere."""
        return self.effective().filter(state=PublicationState.PUBLISHED, effective_on__lte=on)

    def superseded(self, on):
        successors = Agreement.objects.superseding(on).filter(supersedes=OuterRef("pk"))
        return self.filter(Exists(successors))

    def in_force(self, on):
        return self.in_force_between(on, on)

    def in_force_between(self, first, last):
        """In force on any day of the span."""
        # The first day of the span on which it can bind; on that day it must not have ended or been replaced.
        day = Greatest("effective_on", Value(first, output_field=models.DateField()))
        successors = Agreement.objects.effective().filter(
            state=PublicationState.PUBLISHED, supersedes=OuterRef("pk"), effective_on__lte=OuterRef("binding_on")
        )
        return (
            self.effective()
            .filter(effective_on__lte=last)
            .annotate(binding_on=day)
            .filter(
                Q(terminated_on=None) | Q(terminated_on__gt=F("binding_on")),
                Q(ends_on=None) | Q(ends_on__gte=F("binding_on")),
            )
            .exclude(Exists(successors))
        )

    def with_status(self, status, on=None):
        """Those whose status on that day (today if none is given) is this one."""
        on = on or timezone.localdate()
        everything = self.effective()
        if status == Status.TERMINATED:
            return everything.filter(terminated_on__lte=on)
        everything = everything.exclude(terminated_on__lte=on)
        if status == Status.SUPERSEDED:
            return everything.superseded(on)
        everything = everything.exclude(Exists(Agreement.objects.superseding(on).filter(supersedes=OuterRef("pk"))))
        match Status(status):
            case Status.EXPIRED:
                return everything.filter(ends_on__lt=on)
            case Status.IN_FORCE:
                return everything.exclude(ends_on__lt=on).filter(effective_on__lte=on)
            case Status.SIGNED:
                return everything.exclude(ends_on__lt=on).filter(signed_on__lte=on, effective_on__gt=on)
        return everything.exclude(ends_on__lt=on).filter(
            Q(effective_on=None) | Q(effective_on__gt=on), Q(signed_on=None) | Q(signed_on__gt=on)
        )

    def of_that_day(self, on):
        """Those that had been signed or had taken effect by that day."""
        return self.exclude(pk__in=Agreement.objects.with_status(Status.DRAFT, on).values("pk"))

    def signed_between(self, first, last):
        return self.filter(signed_on__range=(first, last))

    def expiring(self, on, span):
        """Those in force on that day whose end or termination lies at most a Span after it."""
        until = span.after(on)
        return self.in_force(on).filter(Q(ends_on__lte=until) | Q(terminated_on__lte=until))

    def ending_without_successor(self, on, first, last):
        """Those in force on a day that end, or are terminated, on one of these days, and that nothing is to replace.

        A draft that is to replace it counts: somebody is at work on it.
        """
        successors = Agreement.objects.exclude(state=PublicationState.ARCHIVED).filter(supersedes=OuterRef("pk"))
        return self.in_force(on).alias(end=END).filter(end__range=(first, last)).exclude(Exists(successors))

    def without_work_since(self, day, on):
        """Those in force the whole time from one day to another, with no project known to have run in it."""
        from .project import Project

        projects = Project.objects.running_between(day, on).filter(agreements=OuterRef("pk"))
        return self.in_force(on).filter(effective_on__lte=day).exclude(Exists(projects))

    def ending(self, on):
        """Those in force on that day that have an end, with `end_on`: their end or, if it is earlier, their termination."""
        return self.in_force(on).annotate(end_on=END).filter(end_on__gte=on)

    def with_partner(self, ids, user, on=None):
        """Those to which any of these organizations is or was a party; on a day, those to which it is one that day."""
        from .party import Party

        parties = Party.objects.visible_to(user).filter(agreement=OuterRef("pk"), organization__in=ids)
        return self.filter(Exists(parties.on(on)))

    def of_one_history(self, agreement, user):
        """This one, all that it replaced and that replaced it at any distance, the plans of each, and what it is made under."""
        public = "TRUE" if sees_drafts(user) else f"other.state = '{PublicationState.PUBLISHED}'"
        chain = ids_linked(Agreement.supersedes, [agreement.pk], public)
        return self.filter(Q(pk__in=chain) | Q(parent__in=chain) | Q(pk=agreement.parent_id))

    def in_countries(self, ids):
        return self.filter(
            Exists(Agreement.countries.through.objects.filter(agreement=OuterRef("pk"), country__in=ids))
        )

    def in_regions(self, ids):
        """Those that name one of these regions, or a country of theirs."""
        named = Agreement.regions.through.objects.filter(agreement=OuterRef("pk"), region__in=Region.objects.below(ids))
        return self.filter(
            Exists(named)
            | Exists(
                Agreement.countries.through.objects.filter(
                    agreement=OuterRef("pk"), country__in=Country.objects.in_regions(ids)
                )
            )
        )

    def for_list(self, user, on=None):
        """With what a row shows: parties, countries, regions, and the successors that its status depends on.

        On a day: only who was a party that day, and what had taken effect by then.
        """
        from .party import Party

        successors = Agreement.objects.filter(state=PublicationState.PUBLISHED)
        return self.prefetch_related(
            Prefetch("parties", Party.objects.visible_to(user).on(on).select_related("organization")),
            Prefetch("superseded_by", Agreement.objects.superseding(on) if on else successors),
            Prefetch("parent", Agreement.objects.visible_to(user)),
            "countries",
            "regions",
        )

    def with_signatures(self, user, on=None):
        """Beyond for_list: who signed for each party (by that day, if one is given), and the areas of cooperation."""
        from .party import Signature

        signatures = Signature.objects.visible_to(user).on(on).select_related("country").with_person(user)
        return self.prefetch_related(Prefetch("parties__signatures", signatures), "areas")

    def for_record(self, user, on=None):
        """With all that the agreement itself says; other agreements by name only."""
        return self._in_full(user, on, Agreement.objects.visible_to(user))

    def for_detail(self, user, on=None):
        """Like for_record, with the other agreements as rows of a list."""
        return self._in_full(user, on, Agreement.objects.visible_to(user).for_list(user, on))

    def _in_full(self, user, on, others):
        from .terms import Commitment

        return (
            self.for_list(user, on)
            .with_signatures(user, on)
            .with_files(user, on)
            .prefetch_related(
                Prefetch("plans", others),
                Prefetch("supersedes", others),
                Prefetch("commitments", Commitment.objects.visible_to(user).with_responsible(user)),
                "documents",
                "goals",
            )
        )


class Agreement(Record):
    class Kind(models.TextChoices):
        MOU = "mou", _("Memorandum of understanding")
        JOINT_ACTION_PLAN = "joint_action_plan", _("Joint action plan")
        FRAMEWORK = "framework", _("Framework agreement")
        CONTRIBUTION = "contribution", _("Contribution agreement")
        FUNDING = "funding", _("Funding agreement")
        COUNCIL_DECISION = "council_decision", _("Council decision")
        LETTERS = "letters", _("Exchange of letters")
        INTENT = "intent", _("Statement of intent")
        PARTNERSHIP = "partnership", _("Partnership")
        CONSORTIUM = "consortium", _("Consortium")
        CONVENTION = "convention", _("Convention")
        PROTOCOL = "protocol", _("Protocol")
        AMENDMENT = "amendment", _("Amendment")
        RESOLUTION = "resolution", _("Security Council resolution")
        STANDARD = "standard", _("United Nations standard")
        STRATEGY = "strategy", _("United Nations strategy")
        NATIONAL_LAW = "national_law", _("National law")
        POLICY = "policy", _("Policy framework")
        FINANCING_INSTRUMENT = "financing_instrument", _("Financing instrument")
        OTHER = "other", _("Other agreement")

    title = models.CharField(_("title"), max_length=255)
    short_title = models.CharField(
        _("short title"), max_length=80, blank=True, help_text=_("Such as UNCAC. It becomes the address.")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    reference = models.CharField(
        _("reference"), max_length=80, blank=True, help_text=_("The number by which it is cited.")
    )
    description = models.TextField(_("description"), blank=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plans",
        verbose_name=_("made under"),
        help_text=_("The agreement that this one carries out: a plan's memorandum, a protocol's convention."),
    )
    supersedes = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="superseded_by",
        verbose_name=_("supersedes"),
        help_text=_("The agreements that ended when this one took effect."),
    )
    signed_on = models.DateField(
        _("signed or adopted"), null=True, blank=True, db_index=True, help_text=_("Empty as long as nothing is signed.")
    )
    signed_on_precision = precision_field()
    place = models.CharField(_("place of signature"), max_length=120, blank=True)
    entered_into_force_on = models.DateField(
        _("entered into force"), null=True, blank=True, help_text=_("Only where it differs from the signature.")
    )
    entered_into_force_on_precision = precision_field()
    ends_on = models.DateField(_("ends"), null=True, blank=True, db_index=True, help_text=_("Empty: open-ended."))
    ends_on_precision = precision_field()
    terminated_on = models.DateField(_("terminated"), null=True, blank=True)
    terminated_on_precision = precision_field()
    countries = models.ManyToManyField(
        Country,
        blank=True,
        related_name="agreements",
        verbose_name=_("countries"),
        help_text=_("Where it applies. The place of signature does not count."),
    )
    regions = models.ManyToManyField(Region, blank=True, related_name="agreements", verbose_name=_("regions"))
    goals = models.ManyToManyField(Goal, blank=True, related_name="agreements", verbose_name=_("SDGs"))
    focal_points = focal_points_field()
    listed_on = listed_on_field("signed_on", "entered_into_force_on")

    signed = Dated()
    entered_into_force = Dated()
    ends = Dated(last=True)
    terminated = Dated()
    history = LinkedHistory(
        m2m_fields=["supersedes", "countries", "regions", "goals", "focal_points"], excluded_fields=["listed_on"]
    )
    objects = AgreementQuerySet.as_manager()
    noun = "agreement"
    needs = OF_AGREEMENTS
    slug_words = ("short_title", "title")

    class Meta(Record.Meta):
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["-listed_on", "-pk"]
        # One permission for the notes of all records; it has to belong to some model.
        permissions = [("read_internal_notes", _("Can read and write internal notes"))]
        indexes = [models.Index(fields=["-listed_on", "-id"], name="agreement_listed")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(parent=F("pk")),
                name="agreement_not_under_itself",
                violation_error_message=_("An agreement cannot be made under itself."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(signed_on__isnull=True) | Q(ends_on__gte=F("signed_on")),
                name="agreement_ends_after_signature",
                violation_error_message=_("The agreement ends before it was signed. Check both dates."),
            ),
            models.CheckConstraint(
                condition=Q(terminated_on__isnull=True)
                | Q(signed_on__isnull=True)
                | Q(terminated_on__gte=F("signed_on")),
                name="agreement_terminated_after_signature",
                violation_error_message=_("The agreement was terminated before it was signed. Check both dates."),
            ),
        ]

    def __str__(self):
        return self.title

    def clean(self):
        super().clean()
        if self.parent_id:
            refuse_loop(self)

    @property
    def effective(self):
        """The PartialDate from which it binds, or None while that is open."""
        return self.entered_into_force or self.signed

    def status(self, on=None):
        """Its Status on that day, today if none is given. Terminated weighs more than superseded, that more than expired."""
        on = on or timezone.localdate()
        if self.terminated_on and self.terminated_on <= on:
            return Status.TERMINATED
        if any(newer.is_public and newer.effective and newer.effective.day <= on for newer in self.superseded_by.all()):
            return Status.SUPERSEDED
        if self.ends_on and self.ends_on < on:
            return Status.EXPIRED
        if self.effective and self.effective.day <= on:
            return Status.IN_FORCE
        if self.signed_on and self.signed_on <= on:
            return Status.SIGNED
        return Status.DRAFT

    @property
    def period(self):
        return format_span(self.effective, self.terminated or self.ends)
