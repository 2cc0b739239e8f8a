from api.serializers import PersonRowSerializer, PersonSerializer
from partnerships.filtersets import PersonFilterSet
from partnerships.models import Person

from .record import RecordViewSet


class PersonViewSet(RecordViewSet):
    """Public officials: the offices they held and what they signed. There is no contact data.

    - Who held an office in, or signed for, UNODC? `/people/?partner=unodc`
    - Who of them in 2019? `/people/?partner=unodc&year=2019`
    """

    model = Person
    filterset_class = PersonFilterSet
    row_serializer = PersonRowSerializer
    record_serializer = PersonSerializer
    parameter_notes = {
        "partner": "Who hold or held an office in the partner, or signed for it.",
        "country": "Who hold or held an office in an organization of this country.",
        "year": "Known to hold an office, or to have signed, in the year.",
    }
