"""Stories: dated, about somebody and somewhere, and proving something."""

from rest_framework import serializers

from stories.models import NewsItem, Speaker, StoryImage, StoryLink

from .base import RECORD, BriefSerializer, LeanSerializer, RecordSerializer, ReducedDate
from .evidence import StoryEvidenceSerializer
from .geography import CountryBriefSerializer, GoalSerializer, RegionBriefSerializer


class StoryImageSerializer(LeanSerializer):
    """A picture of the story."""

    class Meta:
        model = StoryImage
        fields = ["credit", "caption", "alt_text", "source_url"]


class StoryLinkSerializer(LeanSerializer):
    """A further link."""

    class Meta:
        model = StoryLink
        fields = ["title", "url"]


class SpeakerSerializer(LeanSerializer):
    """Somebody who speaks or acts in the story."""

    person = BriefSerializer(read_only=True)

    class Meta:
        model = Speaker
        fields = ["person", "capacity"]


class NewsItemRowSerializer(RecordSerializer):
    """A story, with whom and where it is about; without its text."""

    event_start_on = ReducedDate("When it happened.")
    event_end_on = ReducedDate("Null: one day.")
    organizations = BriefSerializer(many=True, read_only=True)
    countries = CountryBriefSerializer(many=True, read_only=True)
    regions = RegionBriefSerializer(many=True, read_only=True)

    class Meta:
        model = NewsItem
        fields = [
            *RECORD,
            "title",
            "language",
            "summary",
            "published_on",
            "event_start_on",
            "event_end_on",
            "organizations",
            "countries",
            "regions",
            "source_url",
        ]


class NewsItemSerializer(NewsItemRowSerializer):
    """A story with its text, and what it proves."""

    body = serializers.CharField(
        source="safe_body", read_only=True, help_text="HTML: paragraphs, lists and links only."
    )
    images = StoryImageSerializer(many=True, read_only=True)
    links = StoryLinkSerializer(many=True, read_only=True)
    speakers = SpeakerSerializer(many=True, read_only=True)
    agreements = BriefSerializer(many=True, read_only=True)
    projects = BriefSerializer(many=True, read_only=True)
    events = BriefSerializer(many=True, read_only=True)
    goals = GoalSerializer(many=True, read_only=True)
    evidence = StoryEvidenceSerializer(many=True, read_only=True)
    same_story_as = BriefSerializer(read_only=True, allow_null=True, help_text="The original of this translation.")
    versions = BriefSerializer(many=True, read_only=True, help_text="Translations and republications of this story.")

    class Meta(NewsItemRowSerializer.Meta):
        fields = [
            *NewsItemRowSerializer.Meta.fields,
            "body",
            "images",
            "links",
            "speakers",
            "agreements",
            "projects",
            "events",
            "goals",
            "evidence",
            "same_story_as",
            "versions",
        ]
