from api.serializers import ProjectRowSerializer, ProjectSerializer
from partnerships.filtersets import ProjectFilterSet
from partnerships.models import Project

from .record import RecordViewSet


class ProjectViewSet(RecordViewSet):
    """Projects and programmes, with their participants, countries, money and results.

    - What does the European Union take part in, or pay for? `/projects/?partner=eu`
    - What does it pay for in Niger? `/projects/?partner=eu&role=funding&country=NE`
    - What does it pay for in Central Asia since 2018, by year?
      `/projects/?partner=eu&role=funding&region=143&year_from=2018&facets=year`
    - What ran in the Sahel between 2017 and 2019? `/projects/?region=sahel&year_from=2017&year_to=2019`
    """

    model = Project
    filterset_class = ProjectFilterSet
    row_serializer = ProjectRowSerializer
    record_serializer = ProjectSerializer
    parameter_notes = {
        "partner": "In which the partner takes part in any role, or which it pays for.",
        "country": "That work in this country.",
        "year": "Known to run at any time in the year.",
        "agreement": "That run under this agreement.",
    }

    def with_rows(self, queryset):
        return super().with_rows(queryset).with_figures(self.request.user, **self.as_of)
