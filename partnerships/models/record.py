"""What every public noun shares: an address that lasts, a publication state, a version and a history."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from partnerships.dates import DatedModel

from .merge import Merge


class PublicationState(models.TextChoices):
    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    PUBLISHED = "published", _("published")
    ARCHIVED = "archived", _("archived")


class EditConflict(Exception):
    """Somebody else saved the record after this copy of it was read."""


def sees_drafts(user):
    """Whether this user works at the desk. None is a visitor."""
    return user is not None and user.is_authenticated and user.is_active and user.is_staff


class GatedQuerySet(models.QuerySet):
    """The one gate. Every page, endpoint, feed, search and nested field takes its records from `visible_to`."""

    def published(self):
        raise NotImplementedError(f"{type(self).__name__} must say which of its rows are public.")

    def visible_to(self, user):
        return self if sees_drafts(user) else self.published()


class RecordQuerySet(GatedQuerySet):
    def published(self):
        return self.filter(state=PublicationState.PUBLISHED)

    def at(self, address):
        """The records with this id or slug; an id is a number, and a slug never is."""
        if str(address).isdecimal():
            return self.filter(pk__in=_numbers(address))
        return self.filter(slug=address)

    def once_at(self, slug):
        """The records that had this address before, or that one which had it went into: old links lead to them."""
        # A record's history knows its former slugs, so nothing else has to remember them.
        if slug.isdecimal():
            ids = _numbers(slug)
        else:
            ids = list(self.model.history.filter(slug=slug).values_list("id", flat=True))
        return self.filter(pk__in={*ids, *Merge.objects.leading_from(self.model, ids)})

    def for_record(self, user):
        """With what the record's own answer says; only what the user may see. Other records are named, not told of."""
        return self.for_detail(user)

    def handled_by(self, user):
        """Those that this user made, or was the last to save."""
        return self._with_hands().filter(Q(made_by=user.pk) | Q(saved_by=user.pk))

    def handled_by_others(self, user):
        """Those that others, or commands, made and were the last to save."""
        return self._with_hands().exclude(made_by=user.pk).exclude(saved_by=user.pk)

    def _with_hands(self):
        """With the ids of the users who made and last saved each; 0 is nobody."""
        entries = self.model.history.filter(id=OuterRef("pk")).values("history_user")
        made = entries.filter(history_type="+").order_by("history_date", "history_id")[:1]
        saved = entries.order_by("-history_date", "-history_id")[:1]
        made_by, saved_by = (Coalesce(Subquery(user, models.BigIntegerField()), 0) for user in (made, saved))
        return self.alias(made_by=made_by, saved_by=saved_by)

    def search(self, text):
        """The records in which every word of the text occurs, whatever their accents and case."""
        from partnerships.search import matching_ids

        return self.filter(pk__in=matching_ids(self.model, text))


def _numbers(address):
    """The id that an address of digits is, in a list; none where no column could hold it."""
    return [int(address)] if len(str(address)) < 19 else []


class VersionField(models.PositiveIntegerField):
    """Counts saves; see Record._do_update for what it guards."""

    def pre_save(self, instance, add):
        value = getattr(instance, self.attname)
        if not add:
            value += 1
            setattr(instance, self.attname, value)
        return value


def not_a_number(slug):
    if slug.isdecimal():
        raise ValidationError(_("An address of digits alone looks like a record's number. Add a word to it."))


class Record(DatedModel):
    """A noun of the register that has a page and an address of its own."""

    slug = models.SlugField(
        _("address"),
        max_length=120,
        unique=True,
        blank=True,
        validators=[not_a_number],
        help_text=_(
            "The last part of the page's address. Left empty, it is made from the name. Old addresses keep working."
        ),
    )
    state = models.CharField(
        _("publication"), max_length=9, choices=PublicationState, default=PublicationState.DRAFT, db_index=True
    )
    caveat = models.CharField(
        _("caveat"),
        max_length=300,
        blank=True,
        help_text=_("What a reader must know is uncertain here. It is shown beside the record."),
    )
    internal_note = models.TextField(
        _("internal note"), blank=True, help_text=_("For colleagues at the desk. Never shown to the public.")
    )
    version = VersionField(default=1, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    objects = RecordQuerySet.as_manager()

    noun = ""  # the singular that names its pages' routes: "agreement" gives `partnerships:agreement-detail`
    slug_words = ()  # the fields that an address is made from; the first that is filled wins
    needs = ()  # what it needs to be published, beyond what a draft needs to be saved: see needs.py

    class Meta:
        abstract = True
        # "publish" is a permission of its own: an editor prepares, a publisher lets it go out.
        default_permissions = ("add", "change", "delete", "view", "publish")

    def clean(self):
        super().clean()
        if not self.slug:
            self.slug = self.free_slug()

    def free_slug(self):
        """A short address that no record of this kind has or had."""
        base = self.slug_base()
        others = type(self)._base_manager.exclude(pk=self.pk)
        former = type(self).history.exclude(id=self.pk or 0)
        slug, number = base, 1
        while others.filter(slug=slug).exists() or former.filter(slug=slug).exists():
            number += 1
            slug = f"{base}-{number}"
        return slug

    def slug_base(self):
        """The address that its words make, whoever has it."""
        words = next((str(getattr(self, name)) for name in self.slug_words if getattr(self, name, None)), "")
        base = slugify(words)[:100].strip("-") or self.noun
        return f"{self.noun}-{base}" if base.isdecimal() else base

    def get_absolute_url(self):
        return reverse(f"{self._meta.app_label}:{self.noun}-detail", args=[self.slug])

    @property
    def is_public(self):
        return self.state == PublicationState.PUBLISHED

    def _do_update(self, base_qs, using, pk_val, values, update_fields, forced_update):
        """Write only over the version that was read, in the one statement that writes: no other save can slip between."""
        guarded = not update_fields or "version" in update_fields
        if guarded:
            base_qs = base_qs.filter(version=self.version - 1)
        written = super()._do_update(base_qs, using, pk_val, values, update_fields, forced_update)
        if guarded and not written and type(self)._base_manager.using(using).filter(pk=pk_val).exists():
            self.version -= 1
            raise EditConflict(
                f"“{self}” was changed by somebody else in the meantime. Read it again and repeat the change."
            )
        return written
