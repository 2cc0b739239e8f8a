"""Events: meetings, webinars, signings, campaign days."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerships.filtersets import EventFilterSet
from partnerships.models import Event, EventParticipation

from .base import RegisterDetailView, Section, asking
from .mapped import MappedListView


class EventListView(MappedListView):
    model = Event
    filterset_class = EventFilterSet
    facets = ("kind", "partner", "country", "year")
    introduction = _("Where partners met: meetings, webinars, signings, campaign days.")
    phrases = {"year": pgettext_lazy("year", "held in %s"), "span": pgettext_lazy("years", "held %s")}


class EventDetailView(RegisterDetailView):
    model = Event
    api_name = "events"
    template_name = "partnerships/event.html"

    def about(self, record):
        participations = list(record.participations.all())
        roles = [(role, [one for one in participations if one.role == role]) for role in EventParticipation.Role]
        return {**super().about(record), "roles": [(role.label, found) for role, found in roles if found]}

    def sections(self, record):
        paid = asking("contribution", event=record.slug)
        return [
            Section(_("Agreements"), list(record.agreements.all()), most=50),
            Section(_("Projects"), list(record.projects.all()), most=50),
            Section(_("Who paid"), list(record.contributions.all()), paid),
        ]
