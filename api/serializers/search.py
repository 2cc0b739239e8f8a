"""The hits of the site search."""

from rest_framework import serializers

from api.links import NAMES, WORDS

from .base import BriefSerializer


class HitSerializer(BriefSerializer):
    """A record that was found, and of which kind it is."""

    type = serializers.ChoiceField(WORDS, read_only=True)

    def to_representation(self, record):
        return {"type": NAMES[type(record)]} | super().to_representation(record)


class SearchSerializer(serializers.Serializer):
    """The best hits, and how many there are of each kind."""

    counts = serializers.DictField(child=serializers.IntegerField(), help_text="How many there are in all, by type.")
    results = HitSerializer(many=True)
