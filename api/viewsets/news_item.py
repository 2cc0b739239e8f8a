from api.serializers import NewsItemRowSerializer, NewsItemSerializer
from stories.filtersets import NewsItemFilterSet
from stories.models import NewsItem

from .record import RecordViewSet


class NewsItemViewSet(RecordViewSet):
    """Dated stories, and what they prove. The list leaves out the texts; each story's own address has it.

    - What happened in Kyrgyzstan in 2020? `/news/?country=KG&year=2020`
    - Which stories tell of UN Volunteers? `/news/?partner=unv`
    - Which prove something about this agreement? `/news/?agreement=unodc-fifa-mou`
    """

    model = NewsItem
    filterset_class = NewsItemFilterSet
    row_serializer = NewsItemRowSerializer
    record_serializer = NewsItemSerializer
    parameter_notes = {
        "partner": "About the partner.",
        "country": "About this country: where it happened and whom it serves.",
        "year": "About, or published in, the year.",
    }
