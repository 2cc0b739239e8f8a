"""Countries, M49 regions and groupings such as the Sahel. Loaded by `load_geography`; always public."""

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _

from .record import GatedQuerySet
from .tree import ids_below

LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh")


class PlaceQuerySet(GatedQuerySet):
    def published(self):
        return self

    def search(self, text):
        from partnerships.search import matching_ids

        return self.filter(pk__in=matching_ids(self.model, text))


class Place(models.Model):
    """Something on the map, named in the six official languages of the United Nations."""

    slug = models.SlugField(_("address"), max_length=120, unique=True)
    name_en = models.CharField(_("name in English"), max_length=120)
    name_fr = models.CharField(_("name in French"), max_length=120)
    name_es = models.CharField(_("name in Spanish"), max_length=120)
    name_ar = models.CharField(_("name in Arabic"), max_length=120)
    name_ru = models.CharField(_("name in Russian"), max_length=120)
    name_zh = models.CharField(_("name in Chinese"), max_length=120)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self):
        return self.name

    @property
    def name(self):
        return getattr(self, f"name_{(get_language() or 'en')[:2]}", self.name_en)

    @property
    def names(self):
        """Its six names by language code."""
        return {language: getattr(self, f"name_{language}") for language in LANGUAGES}


def in_alphabet(places):
    """A list of them, by their names in the language of the page; the database knows no alphabet but its own.

    Chinese names stay in the order of the English ones, as in lists of the United Nations: they have no alphabet.
    """
    from partnerships.search.analysis import fold

    if (get_language() or "en").startswith(("en", "zh")):
        return list(places)
    return sorted(places, key=lambda place: fold(place.name))


def _between(first, last):
    """A phrase for each noun: on any day of the span."""
    phrases = {"agreement": "in_force_between", "project": "running_between", "event": "held_between"}
    return lambda records: getattr(records, phrases[records.model._meta.model_name])(first, last)


def _named_by(narrow, user, places):
    """A condition: named among the `places` of a visible agreement, project or event that `narrow` lets through."""
    from .agreement import Agreement
    from .event import Event
    from .project import Project

    condition = models.Q()
    for noun in (Agreement, Project, Event):
        through = getattr(noun, places).through.objects
        records = narrow(noun.objects.visible_to(user)).values("pk")
        place = {"countries": "country", "regions": "region"}[places]
        condition |= models.Q(pk__in=through.filter(**{f"{noun._meta.model_name}__in": records}).values(place))
    return condition


class RegionQuerySet(PlaceQuerySet):
    def at(self, address):
        """The region with this M49 code (three digits) or slug."""
        return self.filter(models.Q(code=address) | models.Q(slug=str(address).lower()))

    def below(self, ids):
        """These regions and all that lie in them."""
        return self.filter(pk__in=ids_below(Region, ids))

    def containing(self, ids):
        """The regions and groupings that list one of these countries."""
        return self.filter(pk__in=Country.regions.through.objects.filter(country__in=ids).values("region"))

    def with_partner(self, ids, user):
        """Those that name a record with a tie to these organizations, or list a country that does."""
        # The countries (250 at most) are looked up first: nested, the statement is too deep for SQLite's parser.
        countries = list(Country.objects.with_partner(ids, user).values_list("pk", flat=True))
        return self.containing(countries) | self.filter(
            _named_by(lambda records: records.with_partner(ids, user), user, "regions")
        )

    def busy_between(self, first, last, user):
        countries = list(Country.objects.busy_between(first, last, user).values_list("pk", flat=True))
        return self.containing(countries) | self.filter(_named_by(_between(first, last), user, "regions"))


class Region(Place):
    class Kind(models.TextChoices):
        M49 = "m49", _("UN M49 region")
        GROUPING = "grouping", _("grouping")

    code = models.CharField(_("M49 code"), max_length=3, unique=True, null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    note = models.CharField(
        _("note"), max_length=300, blank=True, help_text=_("Whose definition this grouping follows.")
    )

    objects = RegionQuerySet.as_manager()
    noun = "region"

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["name_en"]

    def get_absolute_url(self):
        return reverse("partnerships:region-detail", args=[self.slug])


class CountryQuerySet(PlaceQuerySet):
    def at(self, address):
        """The country with this ISO 3166-1 alpha-2 or alpha-3 code, or slug."""
        text = str(address)
        return self.filter(models.Q(alpha2=text.upper()) | models.Q(alpha3=text.upper()) | models.Q(slug=text.lower()))

    def with_partner(self, ids, user):
        """The countries of agreements, projects and events with a tie to these organizations."""
        return self.filter(_named_by(lambda records: records.with_partner(ids, user), user, "countries"))

    def busy_between(self, first, last, user):
        """The countries of an agreement in force, a project running or an event held on any day of the span."""
        return self.filter(_named_by(_between(first, last), user, "countries"))

    def in_countries(self, ids):
        return self.filter(pk__in=ids)

    def in_regions(self, ids):
        """The countries of these regions, of all regions below them and of these groupings."""
        return self.filter(
            pk__in=Country.regions.through.objects.filter(region__in=ids_below(Region, ids)).values("country_id")
        )


class Country(Place):
    alpha2 = models.CharField(_("ISO alpha-2"), max_length=2, unique=True)
    alpha3 = models.CharField(_("ISO alpha-3"), max_length=3, unique=True)
    m49 = models.CharField(_("M49 code"), max_length=3, unique=True, null=True, blank=True)
    regions = models.ManyToManyField(Region, related_name="countries", blank=True, verbose_name=_("regions"))
    latitude = models.DecimalField(_("latitude"), max_digits=7, decimal_places=4, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=7, decimal_places=4, null=True, blank=True)
    is_ldc = models.BooleanField(_("least developed country"), default=False)
    is_lldc = models.BooleanField(_("landlocked developing country"), default=False)
    is_sids = models.BooleanField(_("small island developing state"), default=False)

    objects = CountryQuerySet.as_manager()
    noun = "country"

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["name_en"]

    def get_absolute_url(self):
        return reverse("partnerships:country-detail", args=[self.slug])


class Goal(models.Model):
    """One of the seventeen Sustainable Development Goals; its id is its number."""

    number = models.PositiveSmallIntegerField(_("number"), primary_key=True)
    title = models.CharField(_("title"), max_length=120)

    class Meta:
        verbose_name = _("Sustainable Development Goal")
        verbose_name_plural = _("Sustainable Development Goals")
        ordering = ["number"]
        default_permissions = ("view",)

    def __str__(self):
        return _("SDG %(number)s: %(title)s") % {"number": self.number, "title": self.name}

    @property
    def name(self):
        """Its title in the language of the page."""
        return pgettext("Sustainable Development Goal", self.title)
