"""What the pages of countries and of regions have in common."""

from django.utils.translation import gettext_lazy as _

from partnerships.models import Agreement, Contribution, Event, Organization, Project

from .base import RegisterDetailView, Section, asking


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
