"""What the pages of countries and of regions have in common."""

from django.conf import settings
from django.db.models import Case, When
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from partnerships.models import Agreement, Contribution, Event, Organization, Project
from partnerships.models.geography import in_alphabet

from .base import RegisterDetailView, Section, asking


class InAlphabet:
    """For lists of places: they are few, and readers look for them in the alphabet of the page's language."""

    def in_order(self, filterset):
        records = super().in_order(filterset)
        if get_language() == settings.LANGUAGE_CODE or filterset.form.cleaned_data.get("ordering"):
            return records
        places = in_alphabet(records.order_by(*self.model._meta.ordering))
        order = [When(pk=place.pk, then=number) for number, place in enumerate(places)]
        return records.order_by(Case(*order), "pk") if order else records


class PlaceDetailView(RegisterDetailView):
    """The records of a place; each section is the list that its link opens."""

    parameter = ""  # "country" or "region"
    phrase = ""  # the QuerySet phrase that narrows by it

    def question(self, record):
        """The filter that stands for this place in an address."""
        return {self.parameter: record.slug}

    def sections(self, record):
        user, question = self.request.user, self.question(record)

        def here(model):
            visible = model.objects.visible_to(user)
            return self.narrowed(visible, record).for_list(user)

        return [
            Section(_("Agreements"), here(Agreement), asking("agreement", **question)),
            Section(_("Projects"), here(Project), asking("project", **question)),
            Section(_("Contributions"), here(Contribution), asking("contribution", **question)),
            Section(_("Events"), here(Event), asking("event", **question)),
            Section(
                _("Organizations based here"),
                here(Organization).order_by("name", "pk"),
                asking("organization", **question),
            ),
        ]

    def narrowed(self, records, place):
        raise NotImplementedError
