"""Funders, and what they give."""

from rest_framework import serializers

from partnerships.models import Contribution, Funder

from .base import BRIEF, RECORD, BriefSerializer, LeanSerializer, RecordSerializer, ReducedDate, ResourceField, label
from .evidence import EvidencedSerializer
from .geography import CountryBriefSerializer

MONEY = ["funders", "shared", "amount", "currency", "stage", "stage_label", "in_kind", "dated_on"]


class PayerSerializer(BriefSerializer):
    """A funder as a contribution names it, with the organization whose money it is."""

    organization = BriefSerializer(read_only=True)

    def to_representation(self, funder):
        behind = super().to_representation(funder.organization)
        return super().to_representation(funder) | {"organization": behind}


class MoneySerializer(LeanSerializer):
    """What was given, and how far the money has come."""

    url = ResourceField()
    display = serializers.CharField(source="__str__", read_only=True)
    funders = PayerSerializer(many=True, read_only=True)
    shared = serializers.BooleanField(
        source="is_shared", read_only=True, help_text="Several funders give this one amount together. Count it once."
    )
    amount = serializers.DecimalField(
        max_digits=16,
        decimal_places=2,
        read_only=True,
        allow_null=True,
        help_text="Null where it is not known; never 0.",
    )
    stage_label = label("get_stage_display")
    dated_on = ReducedDate()

    needs = {"display": ["funders", "project", "event"], "shared": ["funders"]}

    class Meta:
        model = Contribution
        fields = [*BRIEF, *MONEY]


class ContributionRowSerializer(RecordSerializer, MoneySerializer):
    """A pledge, commitment or disbursement from one or several funders to a project or an event."""

    project = BriefSerializer(read_only=True, allow_null=True)
    event = BriefSerializer(read_only=True, allow_null=True)
    agreement = BriefSerializer(read_only=True, allow_null=True, help_text="The agreement that promises the money.")
    recipient = BriefSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Contribution
        fields = [*RECORD, *MONEY, "project", "event", "agreement", "recipient"]


class ContributionSerializer(ContributionRowSerializer, EvidencedSerializer):
    """A contribution, with the stories that prove it."""

    class Meta(ContributionRowSerializer.Meta):
        fields = [*ContributionRowSerializer.Meta.fields, "description", "evidence"]


class GivenSerializer(MoneySerializer):
    """What a funder gave, and for what."""

    project = BriefSerializer(read_only=True, allow_null=True)
    event = BriefSerializer(read_only=True, allow_null=True)

    class Meta(MoneySerializer.Meta):
        fields = [*MoneySerializer.Meta.fields, "project", "event"]


class FunderRowSerializer(RecordSerializer):
    """A source of money."""

    kind_label = label("get_kind_display")
    organization = BriefSerializer(read_only=True, help_text="The organization whose money it is.")
    country = CountryBriefSerializer(
        source="organization.country", read_only=True, allow_null=True, help_text="The organization's country."
    )

    class Meta:
        model = Funder
        fields = [*RECORD, "name", "acronym", "kind", "kind_label", "organization", "country"]


class FunderSerializer(FunderRowSerializer):
    """A source of money, with what it gave."""

    contributions = GivenSerializer(many=True, read_only=True)

    class Meta(FunderRowSerializer.Meta):
        fields = [*FunderRowSerializer.Meta.fields, "description", "contributions"]
