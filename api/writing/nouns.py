"""What each noun of the register takes in a body."""

from api import serializers
from partnerships.models import (
    Agreement,
    AgreementDocument,
    AreaOfCooperation,
    Commitment,
    Contribution,
    Event,
    EventParticipation,
    Funder,
    Indicator,
    Measurement,
    Office,
    Organization,
    OrganizationName,
    Participation,
    Party,
    Person,
    Project,
    ProjectCountry,
    Signature,
)
from stories.models import Evidence, NewsItem, Speaker, StoryImage, StoryLink

from .proof import Claims
from .shape import Rows, Shape, Texts

SHAPES = {
    shape.model: shape
    for shape in (
        Shape(
            Organization,
            serializers.OrganizationSerializer,
            ["name", "acronym", "type", "parent", "country", "description", "website"],
            [Rows("names", OrganizationName, ["name", "kind", "language", "used_from_on", "used_to_on"], ["name"])],
        ),
        Shape(
            Agreement,
            serializers.AgreementSerializer,
            [
                "title",
                "short_title",
                "kind",
                "reference",
                "description",
                "signed_on",
                "place",
                "entered_into_force_on",
                "ends_on",
                "terminated_on",
                "parent",
                "supersedes",
                "countries",
                "regions",
                "goals",
            ],
            [
                Rows(
                    "parties",
                    Party,
                    ["organization", "joined_on", "withdrew_on", "note"],
                    ["organization"],
                    [
                        Rows(
                            "signatures",
                            Signature,
                            ["person", "capacity", "signed_on", "place", "country"],
                            ["person", "capacity"],
                        )
                    ],
                ),
                Texts("areas", AreaOfCooperation),
                Rows(
                    "commitments",
                    Commitment,
                    ["text", "responsible", "due_on", "met_on"],
                    ["text"],
                    identified=True,
                ),
                Rows("documents", AgreementDocument, ["title", "url", "language"], ["url"]),
            ],
        ),
        Shape(
            Project,
            serializers.ProjectSerializer,
            [
                "title",
                "short_title",
                "reference",
                "description",
                "starts_on",
                "ends_on",
                "parent",
                "regions",
                "agreements",
                "goals",
            ],
            [
                Rows("participations", Participation, ["organization", "role", "note"], ["organization", "role"]),
                Rows(
                    "countries",
                    ProjectCountry,
                    ["country", "percentage"],
                    ["country"],
                    accessor="project_countries",
                    flat="country",
                ),
            ],
        ),
        Shape(
            Funder,
            serializers.FunderSerializer,
            ["name", "acronym", "kind", "organization", "description"],
        ),
        Shape(
            Contribution,
            serializers.ContributionSerializer,
            [
                "funders",
                "project",
                "event",
                "agreement",
                "recipient",
                "stage",
                "in_kind",
                "amount",
                "currency",
                "dated_on",
                "description",
            ],
        ),
        Shape(
            Indicator,
            serializers.IndicatorSerializer,
            ["project", "title", "unit", "country", "fewer_is_better", "description"],
            [
                Rows(
                    "measurements",
                    Measurement,
                    ["kind", "value", "at_least", "measured_on", "note"],
                    ["kind", "measured_on"],
                    identified=True,
                )
            ],
        ),
        Shape(
            Event,
            serializers.EventSerializer,
            [
                "name",
                "kind",
                "starts_on",
                "ends_on",
                "is_online",
                "is_planned",
                "place",
                "description",
                "countries",
                "regions",
                "projects",
                "agreements",
            ],
            [Rows("participations", EventParticipation, ["organization", "role"], ["organization", "role"])],
        ),
        Shape(
            Person,
            serializers.PersonSerializer,
            ["name", "sort_name", "honorific"],
            [
                Rows(
                    "offices",
                    Office,
                    ["title", "organization", "held_from_on", "held_to_on"],
                    ["title", "organization"],
                )
            ],
        ),
        Shape(
            NewsItem,
            serializers.NewsItemSerializer,
            [
                "title",
                "language",
                "summary",
                "body",
                "published_on",
                "event_start_on",
                "event_end_on",
                "source_url",
                "same_story_as",
                "organizations",
                "countries",
                "regions",
                "agreements",
                "projects",
                "events",
                "goals",
            ],
            [
                Rows(
                    "images",
                    StoryImage,
                    ["credit", "caption", "alt_text", "source_url"],
                    ["source_url", "credit"],
                    identified=True,
                ),
                Rows("links", StoryLink, ["title", "url"], ["title"]),
                Rows("speakers", Speaker, ["person", "capacity"], ["person"]),
                Claims("evidence", Evidence),
            ],
        ),
    )
}
