from api.serializers import ContributionRowSerializer, ContributionSerializer, FunderRowSerializer, FunderSerializer
from partnerships.filtersets import ContributionFilterSet, FunderFilterSet
from partnerships.models import Contribution, Funder

from .record import RecordViewSet


class FunderViewSet(RecordViewSet):
    """Sources of money: governments, ministries, trust funds, budget lines. Each belongs to an organization.

    - Which funds are the European Union's? `/funders/?partner=eu`
    - Which trust funds are there? `/funders/?kind=trust_fund`
    """

    model = Funder
    filterset_class = FunderFilterSet
    row_serializer = FunderRowSerializer
    record_serializer = FunderSerializer
    parameter_notes = {
        "partner": "Whose money is the partner's.",
        "country": "Of organizations of this country.",
        "year": "With a contribution dated in the year.",
    }


class ContributionViewSet(RecordViewSet):
    """Pledges, commitments and disbursements, in money or in kind, to a project or an event.

    An unknown amount is null, never 0. An amount that several funders give together is marked `shared`: count it once.

    - What did the European Union give in 2019? `/contributions/?partner=eu&year=2019`
    - What was paid in euros? `/contributions/?stage=disbursement&currency=EUR`
    """

    model = Contribution
    filterset_class = ContributionFilterSet
    row_serializer = ContributionRowSerializer
    record_serializer = ContributionSerializer
    parameter_notes = {
        "partner": "That the partner pays, receives, or takes part in what is paid for.",
        "country": "For a project or an event in this country.",
        "year": "Dated in the year.",
    }
