"""Projects and programmes: who does what, where, with whose money, and what came of it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerships.filtersets import ProjectFilterSet
from partnerships.models import Contribution, Participation, Project

from .base import RegisterDetailView, Section, asking
from .mapped import MappedListView
from .money import pictures_of


class ProjectListView(MappedListView):
    model = Project
    filterset_class = ProjectFilterSet
    facets = ("status", "partner", "country", "year", "sdg")
    introduction = _("What is done under the agreements: who takes part, where, and with whose money.")
    phrases = {
        "year": pgettext_lazy("year", "running in %s"),
        "span": pgettext_lazy("years", "running %s"),
        "sdg": pgettext_lazy("goal", "contributing to SDG %s"),
    }


class ProjectDetailView(RegisterDetailView):
    model = Project
    api_name = "projects"
    template_name = "partnerships/project.html"

    def about(self, record):
        participations = list(record.participations.all())
        roles = [(role, [one for one in participations if one.role == role]) for role in Participation.Role]
        return {**super().about(record), "roles": [(role.label, found) for role, found in roles if found]}

    def sections(self, record):
        user, slug = self.request.user, record.slug
        contributions = Contribution.objects.visible_to(user).filter(project=record)
        return [
            Section(
                _("Money"),
                contributions.for_list(user),
                asking("contribution", project=slug),
                most=25,
                pictures=pictures_of(self.request, contributions, ("year", "funder"), project=slug),
            ),
            Section(_("Parts of it"), list(record.components.all()), asking("project", parent=slug), missed=False),
            Section(_("Agreements"), list(record.agreements.all()), most=50),
            Section(_("Events"), list(record.events.all()), most=50),
        ]
