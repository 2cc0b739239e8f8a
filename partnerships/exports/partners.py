"""The columns of those who work together, and of what they have agreed."""

from partnerships.models import (
    Agreement,
    AreaOfCooperation,
    Country,
    Office,
    Organization,
    OrganizationName,
    OrganizationType,
    Party,
    Status,
)

from .columns import Called, Dated, Part, Parts, Value, coded, linked, many, status, written
from .records import record, span


def organization():
    names = Parts(
        lambda batch: (
            OrganizationName.objects.using(batch.using)
            .on(batch.on)
            .filter(organization__in=batch.among_ids())
            .values_list("organization_id", "kind", "name", "language")
        )
    )
    return record(
        "partnerships:organization-detail",
        Called("name", "called"),
        Called("acronym", "acronym"),
        coded("type", OrganizationType),
        linked("parent", Organization),
        linked("country", Country),
        Part("other_names", names, lambda kind, name, language: f"{name} ({kind}{', ' if language else ''}{language})"),
        Value("website"),
        Value("description"),
    )


def agreement():
    parties = Parts(_parties)
    areas = Parts(
        lambda batch: (
            AreaOfCooperation.objects.using(batch.using)
            .filter(agreement__in=batch.among_ids())
            .values_list("agreement_id", "text")
        )
    )
    return record(
        "partnerships:agreement-detail",
        Value("title"),
        Value("short_title"),
        coded("kind", Agreement.Kind),
        Value("reference"),
        status(Status),
        Dated("signed", deed=True),
        Value("place"),
        Dated("entered_into_force", deed=True),
        Dated("ends"),
        Dated("terminated", deed=True),
        Part("parties", parties, lambda slug, name, *dates: slug + span(("joined", "withdrew"), *dates)),
        Part("party_names", parties, lambda slug, name, *dates: name),
        Part("areas", areas, lambda text: text),
        linked("parent", Agreement),
        many("supersedes", Agreement),
        many("countries", Agreement, "country_names"),
        many("regions", Agreement, "region_names"),
        many("goals", Agreement, codes="sdgs"),
        Value("description"),
    )


def _parties(batch):
    """(agreement, slug, name, when it joined, when it withdrew) of each party."""
    parties = (
        Party.objects.using(batch.using).visible_to(batch.user).on(batch.on).filter(agreement__in=batch.among_ids())
    )
    rows = parties.values_list(
        "agreement_id",
        "organization_id",
        "organization__slug",
        "organization__name",
        "joined_on",
        "joined_on_precision",
        "withdrew_on",
        "withdrew_on_precision",
    )
    for agreement, pk, slug, name, joined, joined_as, withdrew, withdrew_as in rows:
        dates = written(joined, joined_as), written(withdrew, withdrew_as, batch.on)
        yield agreement, slug, batch.directory.called(pk, name), *dates


def person():
    offices = Parts(
        lambda batch: (
            Office.objects.using(batch.using)
            .visible_to(batch.user)
            .on(batch.on)
            .filter(person__in=batch.among_ids())
            .values_list(
                "person_id",
                "title",
                "organization__slug",
                "held_from_on",
                "held_from_on_precision",
                "held_to_on",
                "held_to_on_precision",
            )
        )
    )

    def office(title, slug, *dates):
        return (f"{title}, {slug}" if slug else title) + span(("from", "to"), written(*dates[:2]), written(*dates[2:]))

    return record(
        "partnerships:person-detail",
        Value("name"),
        Value("sort_name"),
        Value("honorific"),
        Part("offices", offices, office),
    )
