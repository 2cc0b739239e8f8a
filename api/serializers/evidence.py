"""What proves a record: the story, the claim, and the words."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from stories.models import Evidence

from .base import BriefSerializer, LeanSerializer, RecordSerializer, label

# A measurement and a commitment have no address of their own: they are found at that of their indicator or agreement.
HOMES = {"measurement": "indicator", "commitment": "agreement"}


class TargetSerializer(BriefSerializer):
    """What a passage proves. A measurement gives the address of its indicator, a commitment that of its agreement."""

    type = serializers.ChoiceField(
        ["agreement", "project", "contribution", "measurement", "commitment"], read_only=True
    )

    def to_representation(self, target):
        kind = target._meta.model_name
        home = getattr(target, HOMES[kind]) if kind in HOMES else target
        named = {"id": target.pk, "display": str(target)}
        return {"type": kind} | super().to_representation(home) | named


class EvidenceSerializer(LeanSerializer):
    """A passage of a story that proves something in the register."""

    story = BriefSerializer(read_only=True)
    claim_label = label("get_claim_display")
    target = TargetSerializer(read_only=True)

    class Meta:
        model = Evidence
        fields = ["story", "claim", "claim_label", "excerpt", "target"]


class StoryEvidenceSerializer(EvidenceSerializer):
    """What a passage of this story proves."""

    class Meta(EvidenceSerializer.Meta):
        fields = ["claim", "claim_label", "excerpt", "target"]


class EvidencedSerializer(RecordSerializer):
    """A record with the passages that prove it, its money and its results."""

    evidence = serializers.SerializerMethodField(help_text="The passages of stories that prove it.")

    made_of = {"evidence": EvidenceSerializer}

    @extend_schema_field(EvidenceSerializer(many=True))
    def get_evidence(self, record):
        user = self.context["request"].user
        found = Evidence.objects.visible_to(user).proving(record).with_story().with_target(user)
        render = EvidenceSerializer(context=self.context).to_representation
        return [render(evidence) for evidence in found]
