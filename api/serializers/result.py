"""Results: indicators with their dated figures."""

from rest_framework import serializers

from partnerships.models import Indicator, Measurement

from .base import (
    BRIEF,
    RECORD,
    BriefSerializer,
    Figure,
    LeanSerializer,
    RecordSerializer,
    ReducedDate,
    ResourceField,
    label,
)
from .evidence import EvidencedSerializer
from .geography import CountryBriefSerializer

FIGURES = ["unit", "fewer_is_better", "baseline", "target", "actual"]


class MeasurementSerializer(LeanSerializer):
    """One dated figure of an indicator."""

    kind_label = label("get_kind_display")
    value = Figure(read_only=True)
    measured_on = ReducedDate()

    class Meta:
        model = Measurement
        fields = ["id", "kind", "kind_label", "value", "at_least", "measured_on", "note"]


class FiguresSerializer(LeanSerializer):
    """An indicator of a project, with the latest figure of each kind."""

    url = ResourceField()
    display = serializers.CharField(source="__str__", read_only=True)
    baseline = MeasurementSerializer(read_only=True, allow_null=True)
    target = MeasurementSerializer(read_only=True, allow_null=True)
    actual = MeasurementSerializer(read_only=True, allow_null=True, help_text="The latest one; null if none is known.")

    needs = {name: ["measurements"] for name in ("baseline", "target", "actual")}

    class Meta:
        model = Indicator
        fields = [*BRIEF, *FIGURES]


class IndicatorRowSerializer(RecordSerializer, FiguresSerializer):
    """What a project counts, with the latest figure of each kind."""

    project = BriefSerializer(read_only=True)
    country = CountryBriefSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Indicator
        fields = [*RECORD, "title", "project", "country", *FIGURES]


class IndicatorSerializer(IndicatorRowSerializer, EvidencedSerializer):
    """What a project counts, with all its figures and the stories that prove them."""

    measurements = MeasurementSerializer(many=True, read_only=True)

    class Meta(IndicatorRowSerializer.Meta):
        fields = [*IndicatorRowSerializer.Meta.fields, "description", "measurements", "evidence"]
