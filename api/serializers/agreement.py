"""Agreements: the parties and their dates, who signed, and what was promised."""

from rest_framework import serializers

from partnerships.models import Agreement, AgreementDocument, Commitment, Party, Signature, Status

from .base import RECORD, TODAY, BriefSerializer, LeanSerializer, RecordSerializer, ReducedDate, label
from .evidence import EvidencedSerializer
from .file import DocumentSerializer
from .geography import CountryBriefSerializer, GoalSerializer, RegionBriefSerializer


class SignatureSerializer(LeanSerializer):
    """Who signed for a party."""

    person = BriefSerializer(read_only=True, allow_null=True, help_text="Null where only the office is public.")
    country = CountryBriefSerializer(read_only=True, allow_null=True)
    signed_on = ReducedDate(deed=True)

    class Meta:
        model = Signature
        fields = ["person", "capacity", "signed_on", "place", "country"]


class PartySerializer(LeanSerializer):
    """An organization's place in an agreement, and who signed for it."""

    organization = BriefSerializer(read_only=True)
    joined_on = ReducedDate("Null for a party from the beginning.")
    withdrew_on = ReducedDate(deed=True)
    signatures = SignatureSerializer(many=True, read_only=True)

    class Meta:
        model = Party
        fields = ["organization", "joined_on", "withdrew_on", "note", "signatures"]


class CommitmentSerializer(LeanSerializer):
    """Something that the agreement promises."""

    responsible = BriefSerializer(read_only=True, allow_null=True)
    due_on = ReducedDate()
    met_on = ReducedDate(deed=True)

    class Meta:
        model = Commitment
        fields = ["id", "text", "responsible", "due_on", "met_on"]


class AgreementDocumentSerializer(LeanSerializer):
    """Where the agreement's text can be read."""

    class Meta:
        model = AgreementDocument
        fields = ["title", "url", "language"]


class AgreementRowSerializer(RecordSerializer):
    """An agreement, with its parties, who signed, and its areas of cooperation."""

    kind_label = label("get_kind_display")
    status = serializers.ChoiceField(Status.choices, read_only=True, help_text=TODAY)
    status_label = label("status.label")
    signed_on = ReducedDate(deed=True)
    entered_into_force_on = ReducedDate("Only where it differs from the signature.", deed=True)
    ends_on = ReducedDate("Null: open-ended.")
    terminated_on = ReducedDate(deed=True)
    parties = PartySerializer(many=True, read_only=True)
    areas = serializers.SerializerMethodField(help_text="Areas of cooperation.")
    parent = BriefSerializer(read_only=True, allow_null=True, help_text="The agreement that this one is made under.")
    superseded_by = BriefSerializer(many=True, read_only=True)
    countries = CountryBriefSerializer(many=True, read_only=True)
    regions = RegionBriefSerializer(many=True, read_only=True)

    needs = {"status": ["superseded_by"], "status_label": ["superseded_by"]}

    class Meta:
        model = Agreement
        fields = [
            *RECORD,
            "title",
            "short_title",
            "kind",
            "kind_label",
            "reference",
            "status",
            "status_label",
            "signed_on",
            "place",
            "entered_into_force_on",
            "ends_on",
            "terminated_on",
            "parties",
            "areas",
            "parent",
            "superseded_by",
            "countries",
            "regions",
        ]

    def get_areas(self, agreement) -> list[str]:
        return [area.text for area in agreement.areas.all()]


class AgreementSerializer(AgreementRowSerializer, EvidencedSerializer):
    """An agreement, with what it promises, and the stories that prove it."""

    plans = BriefSerializer(many=True, read_only=True, help_text="The agreements made under this one.")
    supersedes = BriefSerializer(many=True, read_only=True)
    commitments = CommitmentSerializer(many=True, read_only=True)
    documents = AgreementDocumentSerializer(many=True, read_only=True, help_text="Where else its text is.")
    files = DocumentSerializer(many=True, read_only=True, help_text="The documents that the register keeps.")
    goals = GoalSerializer(many=True, read_only=True)

    class Meta(AgreementRowSerializer.Meta):
        fields = [
            *AgreementRowSerializer.Meta.fields,
            "description",
            "plans",
            "supersedes",
            "commitments",
            "documents",
            "files",
            "goals",
            "evidence",
        ]
