"""Events: who organized them, who came, and who paid."""

from partnerships.models import Event, EventParticipation

from .base import RECORD, BriefSerializer, LeanSerializer, RecordSerializer, ReducedDate, label
from .file import DocumentSerializer
from .funding import MoneySerializer
from .geography import CountryBriefSerializer, RegionBriefSerializer


class EventParticipationSerializer(LeanSerializer):
    """An organization's part in an event."""

    organization = BriefSerializer(read_only=True)
    role_label = label("get_role_display")

    class Meta:
        model = EventParticipation
        fields = ["organization", "role", "role_label"]


class EventRowSerializer(RecordSerializer):
    """A meeting, webinar, workshop, signing or campaign day."""

    kind_label = label("get_kind_display")
    starts_on = ReducedDate()
    ends_on = ReducedDate("Null: one day.")
    participations = EventParticipationSerializer(many=True, read_only=True)
    countries = CountryBriefSerializer(many=True, read_only=True)
    regions = RegionBriefSerializer(many=True, read_only=True)

    class Meta:
        model = Event
        fields = [
            *RECORD,
            "name",
            "kind",
            "kind_label",
            "starts_on",
            "ends_on",
            "is_online",
            "is_planned",
            "place",
            "participations",
            "countries",
            "regions",
        ]


class EventSerializer(EventRowSerializer):
    """A meeting, webinar, workshop, signing or campaign day, with who paid for it and what it belongs to."""

    contributions = MoneySerializer(many=True, read_only=True)
    projects = BriefSerializer(many=True, read_only=True)
    agreements = BriefSerializer(many=True, read_only=True, help_text="Signed or discussed there.")
    files = DocumentSerializer(many=True, read_only=True, help_text="The documents that the register keeps.")

    class Meta(EventRowSerializer.Meta):
        fields = [*EventRowSerializer.Meta.fields, "description", "contributions", "projects", "agreements", "files"]
