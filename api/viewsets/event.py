from api.serializers import EventRowSerializer, EventSerializer
from partnerships.filtersets import EventFilterSet
from partnerships.models import Event

from .record import RecordViewSet


class EventViewSet(RecordViewSet):
    """Meetings, webinars, workshops, signings and campaign days.

    - What did FIFA organize? `/events/?partner=fifa&role=organizer`
    - Which webinars were held in 2020? `/events/?kind=webinar&year=2020`
    """

    model = Event
    filterset_class = EventFilterSet
    row_serializer = EventRowSerializer
    record_serializer = EventSerializer
    parameter_notes = {
        "partner": "That the partner organizes, takes part in, or pays for.",
        "country": "Held in this country.",
        "year": "Held on any day of the year.",
    }
