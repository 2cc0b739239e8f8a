"""People: public officials, by their offices and what they signed or said."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerships.filtersets import PersonFilterSet
from partnerships.models import Person

from .base import RegisterDetailView, RegisterListView


class PersonListView(RegisterListView):
    model = Person
    filterset_class = PersonFilterSet
    introduction = _("Public officials who signed or spoke: names and offices, nothing else.")
    phrases = {
        "partner": pgettext_lazy("partner", "of %s"),
        "year": pgettext_lazy("year", "in office in %s"),
        "span": pgettext_lazy("years", "in office %s"),
    }


class PersonDetailView(RegisterDetailView):
    model = Person
    api_name = "people"
    template_name = "partnerships/person.html"
