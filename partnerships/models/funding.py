"""Sources of money, and what they pay for."""

from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partnerships.dates import Dated, listed_on_field, precision_field

from .agreement import Agreement
from .history import LinkedHistory
from .organization import Organization
from .record import PublicationState, Record, RecordQuerySet


class FunderQuerySet(RecordQuerySet):
    def published(self):
        return super().published().filter(organization__state=PublicationState.PUBLISHED)

    def with_partner(self, ids, user):
        """Those whose money is any of these organizations'."""
        return self.filter(organization__in=Organization.objects.visible_to(user).filter(pk__in=ids))

    def in_countries(self, ids):
        return self.filter(organization__country__in=ids)

    def paying_between(self, first, last, user):
        """Those with a contribution dated in the span."""
        paid = Contribution.objects.visible_to(user).filter(funders=OuterRef("pk"), dated_on__range=(first, last))
        return self.filter(Exists(paid))

    def for_list(self, user):
        return self.select_related("organization__country")

    def for_record(self, user):
        """With what it gave, and for what."""
        return self.for_list(user).prefetch_related(
            Prefetch("contributions", Contribution.objects.visible_to(user).with_names(user))
        )

    def for_detail(self, user):
        """Like for_record, with what it gave as rows of a list."""
        return self.for_list(user).prefetch_related(
            Prefetch("contributions", Contribution.objects.visible_to(user).for_list(user))
        )


class Funder(Record):
    """A government, a ministry, a trust fund or a budget line; it belongs to an organization."""

    class Kind(models.TextChoices):
        GOVERNMENT = "government", _("Government")
        MINISTRY = "ministry", _("Ministry or agency")
        TRUST_FUND = "trust_fund", _("Trust fund")
        BUDGET_LINE = "budget_line", _("Programme or budget line")
        INTERNATIONAL = "international", _("International organization")
        FOUNDATION = "foundation", _("Foundation")
        PRIVATE = "private", _("Private donor")

    name = models.CharField(_("name"), max_length=200, unique=True)
    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    kind = models.CharField(_("kind"), max_length=13, choices=Kind)
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="funders",
        verbose_name=_("organization"),
        help_text=_("The organization whose money it is."),
    )
    description = models.TextField(_("description"), blank=True)

    history = HistoricalRecords()
    objects = FunderQuerySet.as_manager()
    noun = "funder"
    slug_words = ("acronym", "name")

    class Meta(Record.Meta):
        verbose_name = _("funder")
        verbose_name_plural = _("funders")
        ordering = ["name"]

    def __str__(self):
        return self.name

    @property
    def short_name(self):
        return self.acronym or self.name


class ContributionQuerySet(RecordQuerySet):
    def published(self):
        """Public with its project and its event: money must not tell of a project that is still a draft."""
        public = PublicationState.PUBLISHED
        return (
            super()
            .published()
            .filter(Q(project=None) | Q(project__state=public), Q(event=None) | Q(event__state=public))
        )

    def known_by(self, day):
        """Without those dated after that day, if one is given. One without a date is not known to be later."""
        return self.filter(Q(dated_on=None) | Q(dated_on__lte=day)) if day else self

    def from_organizations(self, ids, user):
        """Those paid by a funder of any of these organizations."""
        funders = Funder.objects.visible_to(user).filter(organization__in=ids)
        return self.filter(
            Exists(Contribution.funders.through.objects.filter(contribution=OuterRef("pk"), funder__in=funders))
        )

    def given_jointly(self, user):
        """Those that several funders give together, as far as this user sees them."""
        seen = _links().filter(funder__in=Funder.objects.visible_to(user))
        several = seen.values("contribution").annotate(funders=Count("funder")).filter(funders__gt=1)
        return self.filter(pk__in=several.values("contribution"))

    def given_only_by(self, funders, user):
        """Those that all of these give together, and no other whom this user sees."""
        links = _links().filter(contribution=OuterRef("pk"))
        queryset = self
        for funder in funders:
            queryset = queryset.filter(Exists(links.filter(funder=funder)))
        others = links.filter(funder__in=Funder.objects.visible_to(user)).exclude(funder__in=funders)
        return queryset.filter(~Exists(others))

    def with_partner(self, ids, user, roles=()):
        """Those that any of these organizations pays, receives, or takes part in what is paid for; in one of these roles if given."""
        from .event import EventParticipation
        from .project import Participation

        money = _money_of(ids, user, roles or list(Contribution.Role))
        if roles:
            return self.filter(money)
        projects = Participation.objects.visible_to(user).filter(organization__in=ids).values("project")
        events = EventParticipation.objects.visible_to(user).filter(organization__in=ids).values("event")
        return self.filter(money | Q(project__in=projects) | Q(event__in=events))

    def in_countries(self, ids):
        """Those for a project or an event in these countries."""
        return self.filter(Q(project__in=_projects().in_countries(ids)) | Q(event__in=_events().in_countries(ids)))

    def in_regions(self, ids):
        return self.filter(Q(project__in=_projects().in_regions(ids)) | Q(event__in=_events().in_regions(ids)))

    def with_funders(self, user):
        return self.prefetch_related(
            Prefetch("funders", Funder.objects.visible_to(user).select_related("organization"))
        )

    def with_names(self, user):
        """With what a contribution is named after. Whoever may see it may see what it pays for; see `published`."""
        return self.with_funders(user).select_related("project", "event")

    def for_list(self, user):
        return self.with_funders(user).prefetch_related(
            Prefetch("project", _projects().visible_to(user)),
            Prefetch("event", _events().visible_to(user)),
            Prefetch("agreement", Agreement.objects.visible_to(user)),
            Prefetch("recipient", Organization.objects.visible_to(user)),
        )

    def for_detail(self, user):
        return self.for_list(user)


def _money_of(ids, user, roles):
    """The condition that any of these organizations has one of these roles."""
    any_of = Q()
    if Contribution.Role.FUNDING in roles:
        any_of |= Q(pk__in=Contribution.objects.from_organizations(ids, user).values("pk"))
    if Contribution.Role.RECEIVING in roles:
        any_of |= Q(recipient__in=Organization.objects.visible_to(user).filter(pk__in=ids))
    return any_of


def _links():
    return Contribution.funders.through.objects.order_by()


def _projects():
    from .project import Project

    return Project.objects.all()


def _events():
    from .event import Event

    return Event.objects.all()


class Contribution(Record):
    """A pledge, commitment or disbursement to a project or an event.

    Several funders in one contribution share its amount: it is counted once, and never split in silence.
    """

    class Stage(models.TextChoices):
        """How far the money has come; IATI 2.03 codelist TransactionType 13, 2 and 3 from the receiver's side."""

        PLEDGE = "pledge", _("pledge")
        COMMITMENT = "commitment", _("commitment")
        DISBURSEMENT = "disbursement", _("disbursement")

    class Role(models.TextChoices):
        """What an organization does with the money, to be asked for beside `partner`."""

        FUNDING = "funding", _("funding")
        RECEIVING = "receiving", _("receiving")

    funders = models.ManyToManyField(
        Funder,
        related_name="contributions",
        verbose_name=_("funders"),
        help_text=_("Name several where they give one amount together; it will be shown as shared."),
    )
    project = models.ForeignKey(
        "partnerships.Project",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contributions",
        verbose_name=_("project"),
    )
    event = models.ForeignKey(
        "partnerships.Event",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contributions",
        verbose_name=_("event"),
    )
    agreement = models.ForeignKey(
        Agreement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contributions",
        verbose_name=_("agreement"),
        help_text=_("The agreement that promises the money."),
    )
    recipient = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="received_contributions",
        verbose_name=_("recipient"),
    )
    stage = models.CharField(_("stage"), max_length=12, choices=Stage, default=Stage.COMMITMENT)
    in_kind = models.BooleanField(
        _("in kind"), default=False, help_text=_("Goods, staff or premises instead of money.")
    )
    amount = models.DecimalField(
        _("amount"),
        max_digits=16,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Empty where it is not known; never 0."),
    )
    currency = models.CharField(_("currency"), max_length=3, blank=True, help_text=_("ISO 4217 code, such as EUR."))
    dated_on = models.DateField(_("date"), null=True, blank=True, db_index=True)
    dated_on_precision = precision_field()
    description = models.TextField(_("description"), blank=True)
    listed_on = listed_on_field("dated_on")

    dated = Dated()
    history = LinkedHistory(m2m_fields=["funders"], excluded_fields=["listed_on"])
    objects = ContributionQuerySet.as_manager()
    noun = "contribution"
    slug_words = ("project", "event")

    class Meta(Record.Meta):
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["-listed_on", "-pk"]
        indexes = [models.Index(fields=["-listed_on", "-id"], name="contribution_listed")]
        constraints = [
            models.CheckConstraint(
                condition=Q(project__isnull=True, event__isnull=False) | Q(project__isnull=False, event__isnull=True),
                name="contribution_to_project_or_event",
                violation_error_message=_("Say what it pays for: either a project or an event."),
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gt=0),
                name="contribution_amount_positive",
                violation_error_message=_("An amount is above 0. Leave it empty where it is not known."),
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True, currency="") | Q(amount__isnull=False, currency__regex=r"^[A-Z]{3}$"),
                name="contribution_amount_with_currency",
                violation_error_message=_("An amount needs its currency (such as EUR), and a currency its amount."),
            ),
        ]

    def __str__(self):
        return _("%(funders)s to %(purpose)s") % {
            "funders": " + ".join(funder.short_name for funder in self.funders.all()) or _("unnamed funder"),
            "purpose": self.project or self.event,
        }

    @property
    def is_shared(self):
        """Whether several funders give this one amount together."""
        return len(self.funders.all()) > 1
