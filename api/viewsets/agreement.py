from api.serializers import AgreementRowSerializer, AgreementSerializer
from partnerships.filtersets import AgreementFilterSet
from partnerships.models import Agreement

from .record import RecordViewSet


class AgreementViewSet(RecordViewSet):
    """Memoranda of understanding, joint action plans, framework and funding agreements, conventions and the like.

    - What has been signed with FIFA? `/agreements/?partner=fifa`
    - What was in force with UN Volunteers in 2019? `/agreements/?partner=unv&year=2019`
    - Which memoranda were signed in 2013? `/agreements/?kind=mou&signed_year=2013`
    - What do UNODC and the European Union have in common? `/agreements/?partner_all=unodc&partner_all=eu`
    """

    model = Agreement
    filterset_class = AgreementFilterSet
    row_serializer = AgreementRowSerializer
    record_serializer = AgreementSerializer
    parameter_notes = {
        "partner": "To which the partner is or was a party.",
        "country": "Where the agreement applies; the place of signature does not count.",
        "year": "In force at any time in the year. (`signed_year` asks for the signature.)",
    }

    def with_rows(self, queryset):
        return super().with_rows(queryset).with_signatures(self.request.user, **self.as_of)
