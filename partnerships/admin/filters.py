"""Filters of the desk's lists. Their words mean what they mean on the public pages: the FilterSet answers."""

from urllib.parse import parse_qsl

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from partnerships.models import Country, Organization

MOST_SUGGESTIONS = 300


class WordFilter(admin.SimpleListFilter):
    """One word of the noun's FilterSet, typed into a box that suggests the values in use.

    A register has hundreds of partners and countries; a column with a link for each would bury the list.
    """

    template = "admin/word_filter.html"
    hint = ""

    def __init__(self, request, params, model, model_admin):
        self.admin = model_admin
        self.problem = ""
        super().__init__(request, params, model, model_admin)

    def lookups(self, request, model_admin):
        return self.suggestions(model_admin)[:MOST_SUGGESTIONS]

    def suggestions(self, model_admin):
        """Pairs of a value and what it is called."""
        return []

    def has_output(self):
        return True

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        question = self.admin.filterset({self.parameter_name: self.value()}, queryset, request=request)
        if question.is_valid():
            return question.qs
        self.problem = " ".join(question.form.errors.get(self.parameter_name, [_("This cannot be asked.")]))
        return queryset.none()

    def choices(self, changelist):
        """One entry, from which the template draws the form; the other questions travel along in hidden fields."""
        rest = changelist.get_query_string(remove=[self.parameter_name, "p"])
        yield {
            "name": self.parameter_name,
            "value": self.value() or "",
            "hint": self.hint,
            "problem": self.problem,
            "suggestions": self.lookup_choices,
            "others": parse_qsl(rest.removeprefix("?")),
            "without": rest,
        }


class PartnerFilter(WordFilter):
    title = _("partner")
    parameter_name = "partner"
    hint = _("Name, acronym or address")

    def suggestions(self, model_admin):
        organizations = Organization.objects.order_by("name")
        if model_admin.partner_link:
            used = Organization.objects.filter(**{f"{model_admin.partner_link}__isnull": False})
            organizations = organizations.filter(pk__in=used.values("pk"))
        return list(organizations.values_list("slug", "name")[:MOST_SUGGESTIONS])


class CountryFilter(WordFilter):
    title = _("country")
    parameter_name = "country"
    hint = _("ISO code, such as NE")

    def suggestions(self, model_admin):
        used = Country.objects.filter(**{f"{model_admin.country_link}__isnull": False})
        countries = Country.objects.filter(pk__in=used.values("pk")).order_by("name_en")
        return list(countries.values_list("alpha2", "name_en")[:MOST_SUGGESTIONS])


class YearFilter(WordFilter):
    title = _("year")
    parameter_name = "year"
    hint = _("Such as 2019")


class StatusFilter(admin.SimpleListFilter):
    """The status of today, which follows from the dates; the model's QuerySet finds it."""

    title = _("status")
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return model_admin.statuses.choices

    def queryset(self, request, queryset):
        return queryset.with_status(self.value()) if self.value() in self.lookup_values() else queryset

    def lookup_values(self):
        return [str(value) for value, _label in self.lookup_choices]
