"""Stories: dated, about somebody and somewhere, and proving something."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from stories.models import NewsItem, Speaker, StoryImage, StoryLink

from .base import RECORD, BriefSerializer, LeanSerializer, RecordSerializer, ReducedDate
from .evidence import StoryEvidenceSerializer
from .file import FileField
from .geography import CountryBriefSerializer, GoalSerializer, RegionBriefSerializer


class PictureSerializer(serializers.Serializer):
    """One width of a picture, as WebP."""

    url = FileField("Where the picture is to be had.")
    width = serializers.IntegerField(read_only=True, help_text="In pixels.")
    height = serializers.IntegerField(read_only=True, help_text="In pixels.")
    size = serializers.IntegerField(read_only=True, help_text="In bytes.")
    sha256 = serializers.CharField(read_only=True, help_text="The SHA-256 of the file's bytes, in hexadecimal.")

    def to_representation(self, picture):
        sides = {"width": picture.width, "height": picture.height}
        address = self.context["links"].root + picture.url
        return {"url": address, **sides, "size": picture.size, "sha256": picture.sha256}


class StoryImageSerializer(LeanSerializer):
    """A picture of the story."""

    pictures = serializers.SerializerMethodField(
        help_text="The picture in a few widths, narrowest first; empty where the register does not keep it."
    )

    made_of = {"pictures": PictureSerializer}

    class Meta:
        model = StoryImage
        fields = ["id", "credit", "caption", "alt_text", "source_url", "pictures"]

    @extend_schema_field(PictureSerializer(many=True))
    def get_pictures(self, image):
        render = PictureSerializer(context=self.context).to_representation
        return [render(one) for one in image.pictures]


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
