"""Organizations: whom the register knows, and what ties them together."""

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from partnerships.filtersets import OrganizationFilterSet
from partnerships.models import Agreement, Contribution, Event, Funder, Organization, Person, Project
from partnerships.wording import separated

from .base import RegisterListView, Section, asking, units_of
from .drawing import draw
from .mapped import map_of_ties
from .money import pictures_of
from .network import web_of
from .past import PastDetailView


class OrganizationListView(RegisterListView):
    model = Organization
    filterset_class = OrganizationFilterSet
    facets = ("type", "partner", "country", "year")
    introduction = _("Anybody who signs, implements, funds or takes part, with the units below it.")
    phrases = {
        "partner": pgettext_lazy("partner", "tied to %s"),
        "year": pgettext_lazy("year", "active in %s"),
        "span": pgettext_lazy("years", "active %s"),
    }


class OrganizationDetailView(PastDetailView):
    model = Organization
    api_name = "organizations"
    template_name = "partnerships/organization.html"

    def about(self, record):
        user = self.request.user
        self.ids = units_of(record, user)
        if self.on:
            return super().about(record)
        return {**super().about(record), "map": self.map(record), "web": web_of(record, self.ids, user)}

    def question(self, record):
        return {"partner": record.slug}

    def map(self, record):
        user = self.request.user
        return map_of_ties(self.request, lambda records: records.with_partner(self.ids, user), {"partner": record.slug})

    def sections_on(self, record, day):
        """The units, and what it was tied to: agreements of which it was a party that day, projects, who held an office."""
        user, ids = self.request.user, self.ids
        organizations = Organization.objects.visible_to(user)
        agreements = Agreement.objects.visible_to(user).with_partner(ids, user, on=day).of_that_day(day)
        projects = Project.objects.visible_to(user).with_partner(ids, user, on=day).begun_by(day)
        people = Person.objects.visible_to(user).with_partner(ids, user, on=day)
        return [
            Section(_("Units"), organizations.filter(parent=record).for_list(user), most=50, missed=False),
            Section(_("Agreements"), agreements.for_list(user, day), most=50),
            Section(_("Projects"), projects.for_list(user, day), most=50),
            Section(_("People"), people.for_list(user, day), most=50),
            Section(
                _("Works together with"),
                organizations.tied_to(ids, user, on=day).order_by("name", "pk").for_list(user),
                most=50,
                missed=False,
            ),
        ]

    def sections_today(self, record):
        user, slug, ids = self.request.user, record.slug, self.ids
        agreements = Agreement.objects.visible_to(user).with_partner(ids, user).for_list(user)
        drawing = draw(agreements, user, asking("agreement", partner=slug))
        contributions = Contribution.objects.visible_to(user)
        given, received = contributions.from_organizations(ids, user), contributions.filter(recipient__in=ids)
        giving, receiving = ({"partner": slug, "role": role} for role in Contribution.Role.values)
        organizations = Organization.objects.visible_to(user)
        return [
            Section(
                _("Units"),
                organizations.filter(parent=record).for_list(user),
                asking("organization", parent=slug),
                missed=False,
            ),
            Section(
                _("Agreements"),
                agreements if drawing is None or drawing.is_cut else list(drawing.agreements),
                asking("agreement", partner=slug),
                drawing=drawing,
            ),
            Section(
                _("Projects"),
                Project.objects.visible_to(user).with_partner(ids, user).for_list(user),
                asking("project", partner=slug),
                note=lambda project: _roles(project.participations.all(), ids),
            ),
            Section(
                _("Funders"), Funder.objects.visible_to(user).filter(organization__in=ids).for_list(user), missed=False
            ),
            Section(
                _("Contributions given"),
                given.for_list(user),
                asking("contribution", **giving),
                pictures=pictures_of(self.request, given, ("year", "funder", "purpose"), "given", **giving),
            ),
            Section(
                _("Contributions received"),
                received.for_list(user),
                asking("contribution", **receiving),
                pictures=pictures_of(self.request, received, ("year", "funder"), "received", **receiving),
            ),
            Section(
                _("Events"),
                Event.objects.visible_to(user).with_partner(ids, user).for_list(user),
                asking("event", partner=slug),
                note=lambda event: _roles(event.participations.all(), ids),
            ),
            Section(
                _("People"),
                Person.objects.visible_to(user).with_partner(ids, user).for_list(user),
                asking("person", partner=slug),
            ),
            Section(
                _("Works together with"),
                organizations.tied_to(ids, user).order_by("name", "pk").for_list(user),
                asking("organization", partner=slug),
                most=8,
                missed=False,
            ),
        ]


def _roles(participations, ids):
    """The roles that these organizations have, each once."""
    roles = dict.fromkeys(one.get_role_display() for one in participations if one.organization_id in ids)
    return gettext("Role: %s") % separated(roles) if roles else ""
