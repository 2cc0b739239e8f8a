"""Organizations."""

from partnerships.models import Organization, OrganizationName

from .base import RECORD, BriefSerializer, LeanSerializer, RecordSerializer, ReducedDate, label
from .geography import CountryBriefSerializer


class OrganizationNameSerializer(LeanSerializer):
    """Another name that an organization has or had."""

    kind_label = label("get_kind_display")
    used_from_on = ReducedDate()
    used_to_on = ReducedDate()

    class Meta:
        model = OrganizationName
        fields = ["name", "kind", "kind_label", "language", "used_from_on", "used_to_on"]


class OrganizationRowSerializer(RecordSerializer):
    """An organization."""

    type_label = label("get_type_display")
    parent = BriefSerializer(read_only=True, allow_null=True, help_text="The organization that this is a unit of.")
    country = CountryBriefSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Organization
        fields = [*RECORD, "name", "acronym", "type", "type_label", "parent", "country", "website"]

    def to_representation(self, organization):
        row = super().to_representation(organization)
        if names := self.context.get("names"):
            called = {"display": names.name, "name": names.name, "acronym": names.acronym}
            row |= {key: say(organization) for key, say in called.items() if key in row}
        return row


class OrganizationSerializer(OrganizationRowSerializer):
    """An organization, with its other names and its units."""

    names = OrganizationNameSerializer(many=True, read_only=True)
    units = BriefSerializer(many=True, read_only=True)

    class Meta(OrganizationRowSerializer.Meta):
        fields = [*OrganizationRowSerializer.Meta.fields, "description", "names", "units"]
