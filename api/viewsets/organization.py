from api.serializers import OrganizationRowSerializer, OrganizationSerializer
from partnerships.filtersets import OrganizationFilterSet
from partnerships.models import Organization

from .record import RecordViewSet


class OrganizationViewSet(RecordViewSet):
    """Anybody who signs, implements, funds or takes part: governments, offices of the United Nations, companies, NGOs.

    - Who works with FIFA? `/organizations/?partner=fifa`
    - Which governments work in the Sahel? `/organizations/?type=10&region=sahel`
    - Which units does the European Union have? `/organizations/?parent=eu`
    """

    model = Organization
    filterset_class = OrganizationFilterSet
    row_serializer = OrganizationRowSerializer
    record_serializer = OrganizationSerializer
    parameter_notes = {
        "partner": "Those that share an agreement, a project or an event with the partner.",
        "country": "Bodies of this country.",
        "year": "Party to an agreement in force, or participant in a project running, at any time in the year.",
    }
