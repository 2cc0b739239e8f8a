"""People: their offices, and what they signed."""

from partnerships.models import Office, Person, Signature

from .base import RECORD, BriefSerializer, LeanSerializer, RecordSerializer, ReducedDate


class OfficeSerializer(LeanSerializer):
    """An office that a person held."""

    organization = BriefSerializer(
        read_only=True, allow_null=True, help_text="Null for an office outside the register."
    )
    held_from_on = ReducedDate()
    held_to_on = ReducedDate("Null where no end is known.", deed=True)

    class Meta:
        model = Office
        fields = ["title", "organization", "held_from_on", "held_to_on"]


class PersonSignatureSerializer(LeanSerializer):
    """What a person signed, and for whom."""

    agreement = BriefSerializer(source="party.agreement", read_only=True)
    organization = BriefSerializer(source="party.organization", read_only=True, help_text="The party signed for.")
    signed_on = ReducedDate()

    class Meta:
        model = Signature
        fields = ["agreement", "organization", "capacity", "signed_on", "place"]


class PersonRowSerializer(RecordSerializer):
    """A public official, with the offices held."""

    offices = OfficeSerializer(many=True, read_only=True)

    class Meta:
        model = Person
        fields = [*RECORD, "name", "sort_name", "honorific", "offices"]


class PersonSerializer(PersonRowSerializer):
    """A public official, with the offices held and the agreements signed."""

    signatures = PersonSignatureSerializer(many=True, read_only=True)

    class Meta(PersonRowSerializer.Meta):
        fields = [*PersonRowSerializer.Meta.fields, "signatures"]
