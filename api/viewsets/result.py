from api.serializers import IndicatorRowSerializer, IndicatorSerializer
from partnerships.filtersets import IndicatorFilterSet
from partnerships.models import Indicator

from .record import RecordViewSet


class IndicatorViewSet(RecordViewSet):
    """What projects count, with dated figures: baseline, target and actual.

    - What has been measured in Niger? `/indicators/?country=NE`
    - What was measured in 2019? `/indicators/?year=2019`
    """

    model = Indicator
    filterset_class = IndicatorFilterSet
    row_serializer = IndicatorRowSerializer
    record_serializer = IndicatorSerializer
    parameter_notes = {
        "partner": "Of projects with which the partner has a tie.",
        "country": "Measured in this country or, where none is stated, of projects in it.",
        "year": "With a figure measured in the year.",
    }
