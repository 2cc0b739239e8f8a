"""Projects: who takes part, where, under which agreements, with whose money, and to what result."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from partnerships.models import Country, Funder, Participation, Project, ProjectCountry, ProjectStatus

from .base import RECORD, TODAY, BriefSerializer, LeanSerializer, RecordSerializer, ReducedDate, label
from .evidence import EvidencedSerializer
from .file import DocumentSerializer
from .funding import MoneySerializer
from .geography import CountryBriefSerializer, GoalSerializer, RegionBriefSerializer
from .result import FiguresSerializer


class ParticipationSerializer(LeanSerializer):
    """An organization's role in a project."""

    organization = BriefSerializer(read_only=True)
    role_label = label("get_role_display")

    class Meta:
        model = Participation
        fields = ["organization", "role", "role_label", "note"]


class ProjectCountrySerializer(CountryBriefSerializer):
    """A country in which the project works."""

    percentage = serializers.DecimalField(
        max_digits=5, decimal_places=2, read_only=True, allow_null=True, help_text="Its share, where one is stated."
    )

    def to_representation(self, row):
        share = None if row.percentage is None else str(row.percentage)
        return super().to_representation(row.country) | {"percentage": share}

    names_a = Country

    class Meta:
        model = ProjectCountry


class FunderBriefSerializer(BriefSerializer):
    """A funder as records name it."""

    names_a = Funder


class ProjectRowSerializer(RecordSerializer):
    """A project or programme, with its participants, countries, funders and results."""

    status = serializers.ChoiceField(ProjectStatus.choices, read_only=True, help_text=TODAY)
    status_label = label("status.label")
    starts_on = ReducedDate()
    ends_on = ReducedDate("Null where no end is known.")
    parent = BriefSerializer(read_only=True, allow_null=True, help_text="The programme that this is a part of.")
    participations = ParticipationSerializer(many=True, read_only=True)
    countries = ProjectCountrySerializer(source="project_countries", many=True, read_only=True)
    regions = RegionBriefSerializer(many=True, read_only=True)
    funders = serializers.SerializerMethodField(help_text="Whose contributions the register knows.")
    indicators = FiguresSerializer(many=True, read_only=True)

    needs = {"funders": ["contributions"]}
    made_of = {"funders": FunderBriefSerializer}

    class Meta:
        model = Project
        fields = [
            *RECORD,
            "title",
            "short_title",
            "reference",
            "status",
            "status_label",
            "starts_on",
            "ends_on",
            "parent",
            "participations",
            "countries",
            "regions",
            "funders",
            "indicators",
        ]

    @extend_schema_field(FunderBriefSerializer(many=True))
    def get_funders(self, project):
        funders = {funder.pk: funder for gift in project.contributions.all() for funder in gift.funders.all()}
        render = BriefSerializer(context=self.context).to_representation
        return [render(funder) for funder in funders.values()]


class ProjectSerializer(ProjectRowSerializer, EvidencedSerializer):
    """A project or programme, with its money, and the stories that prove it."""

    agreements = BriefSerializer(many=True, read_only=True, help_text="The agreements it runs under.")
    components = BriefSerializer(many=True, read_only=True, help_text="The projects that are parts of this one.")
    contributions = MoneySerializer(many=True, read_only=True)
    events = BriefSerializer(many=True, read_only=True)
    files = DocumentSerializer(many=True, read_only=True, help_text="The documents that the register keeps.")
    goals = GoalSerializer(many=True, read_only=True)

    class Meta(ProjectRowSerializer.Meta):
        fields = [
            *ProjectRowSerializer.Meta.fields,
            "description",
            "agreements",
            "components",
            "contributions",
            "events",
            "files",
            "goals",
            "evidence",
        ]
