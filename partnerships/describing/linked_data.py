"""A record in the words of schema.org, for search engines and for whoever collects facts from pages.

`linked_data(record, absolute)` gives a dictionary; `absolute` makes a full address of a path. What is unknown is left out,
and a date is as exact as it is known (ISO 8601).
"""

from functools import singledispatch

from partnerships.dates import Precision
from partnerships.models import (
    Agreement,
    Contribution,
    Country,
    Event,
    EventParticipation,
    Funder,
    Indicator,
    Organization,
    OrganizationType,
    Participation,
    Person,
    Project,
    Region,
)

from .summaries import summary

ORGANIZATION_TYPES = {
    OrganizationType.GOVERNMENT: "GovernmentOrganization",
    OrganizationType.LOCAL_GOVERNMENT: "GovernmentOrganization",
    OrganizationType.INTERNATIONAL_NGO: "NGO",
    OrganizationType.NATIONAL_NGO: "NGO",
    OrganizationType.REGIONAL_NGO: "NGO",
    OrganizationType.PARTNER_NGO: "NGO",
    OrganizationType.ACADEMIC: "EducationalOrganization",
}
FUNDER_TYPES = {
    Funder.Kind.GOVERNMENT: "GovernmentOrganization",
    Funder.Kind.MINISTRY: "GovernmentOrganization",
    Funder.Kind.TRUST_FUND: "FundingScheme",
    Funder.Kind.BUDGET_LINE: "FundingScheme",
}


@singledispatch
def linked_data(record, absolute):
    raise NotImplementedError(f"Nobody has said what {type(record).__name__} is in the words of schema.org.")


def thing(kind, record, absolute, **facts):
    """What every record has, and those of the facts that are known."""
    address = absolute(record.get_absolute_url())
    described = {"@type": kind, "@id": address, "url": address, "name": str(record), "description": summary(record)}
    return known({**described, **facts})


def known(facts):
    """Those of the facts that say something."""
    return {name: value for name, value in facts.items() if value not in (None, False, "", [], {})}


def brief(kind, record, absolute):
    """Another record by its type, address and name; None for none."""
    return record and {"@type": kind, "@id": absolute(record.get_absolute_url()), "name": str(record)}


def briefs(records, absolute):
    """Organizations or places, each once."""
    kinds = {Organization: "Organization", Country: "Country", Region: "Place", Funder: "Organization"}
    return [brief(kinds[type(one)], one, absolute) for one in dict.fromkeys(records)]


def iso(partial):
    """A PartialDate, or None; “by that day” is no date."""
    return partial.isoformat() if partial and partial.precision != Precision.BY else None


def interval(start, end):
    """ISO 8601 from one PartialDate to another; “..” stands for an end that is not known."""
    start, end = iso(start), iso(end)
    return f"{start or '..'}/{end or '..'}" if start or end else None


def with_role(participations, *roles):
    return [one.organization for one in participations if one.role in roles]


@linked_data.register
def of_organization(record: Organization, absolute):
    return thing(
        ORGANIZATION_TYPES.get(record.type, "Organization"),
        record,
        absolute,
        alternateName=list(dict.fromkeys(filter(None, [record.acronym, *(one.name for one in record.names.all())]))),
        sameAs=record.website,
        parentOrganization=brief("Organization", record.parent, absolute),
        address=record.country and {"@type": "PostalAddress", "addressCountry": record.country.alpha2},
    )


@linked_data.register
def of_agreement(record: Agreement, absolute):
    """Its parties are its creators; the time in which it binds is what it covers."""
    return thing(
        "CreativeWork",
        record,
        absolute,
        alternateName=record.short_title,
        genre=record.get_kind_display(),
        identifier=record.reference,
        creator=briefs((party.organization for party in record.parties.all()), absolute),
        dateCreated=iso(record.signed),
        dateModified=record.updated_at.isoformat(),
        expires=iso(record.terminated or record.ends),
        temporalCoverage=interval(record.effective, record.terminated or record.ends),
        spatialCoverage=briefs([*record.countries.all(), *record.regions.all()], absolute),
        locationCreated=record.place and {"@type": "Place", "name": record.place},
        isPartOf=brief("CreativeWork", record.parent, absolute),
        encoding=[
            known({"@type": "MediaObject", "name": one.title, "contentUrl": one.url, "inLanguage": one.language})
            for one in record.documents.all()
        ],
    )


@linked_data.register
def of_project(record: Project, absolute):
    roles, participations = Participation.Role, list(record.participations.all())
    others = (roles.ACCOUNTABLE, roles.EXTENDING, roles.IMPLEMENTING)
    return thing(
        "Project",
        record,
        absolute,
        alternateName=record.short_title,
        identifier=record.reference,
        foundingDate=iso(record.starts),
        dissolutionDate=iso(record.ends),
        funder=briefs(with_role(participations, roles.FUNDING), absolute),
        member=briefs(with_role(participations, *others), absolute),
        parentOrganization=brief("Project", record.parent, absolute),
        areaServed=briefs([*(one.country for one in record.project_countries.all()), *record.regions.all()], absolute),
    )


@linked_data.register
def of_funder(record: Funder, absolute):
    return thing(
        FUNDER_TYPES.get(record.kind, "Organization"),
        record,
        absolute,
        alternateName=record.acronym,
        parentOrganization=brief("Organization", record.organization, absolute),
    )


@linked_data.register
def of_contribution(record: Contribution, absolute):
    """A grant; one of a known amount of money is a MonetaryGrant."""
    amount = record.amount is not None and {
        "@type": "MonetaryAmount",
        "currency": record.currency,
        "value": f"{record.amount:f}",
    }
    purpose = brief("Project", record.project, absolute) or brief("Event", record.event, absolute)
    facts = {"funder": briefs(record.funders.all(), absolute), "fundedItem": purpose}
    if amount and not record.in_kind:
        return thing("MonetaryGrant", record, absolute, amount=amount, **facts)
    return thing("Grant", record, absolute, **facts)


@linked_data.register
def of_indicator(record: Indicator, absolute):
    """A small table of figures; the API has it as a file."""
    return thing(
        "Dataset",
        record,
        absolute,
        dateModified=record.updated_at.isoformat(),
        variableMeasured={"@type": "PropertyValue", "name": record.title, "unitText": record.unit},
        spatialCoverage=brief("Country", record.country, absolute),
        about=brief("Project", record.project, absolute),
        distribution={
            "@type": "DataDownload",
            "encodingFormat": "application/json",
            "contentUrl": absolute(f"/api/v1/indicators/{record.slug}/"),
        },
    )


@linked_data.register
def of_event(record: Event, absolute):
    roles, participations = EventParticipation.Role, list(record.participations.all())
    here = record.place or record.countries.all() or record.regions.all()
    modes = {(True, True): "Mixed", (True, False): "Offline", (False, True): "Online"}
    mode = modes.get((bool(here), record.is_online))
    places = [{"@type": "Place", "name": record.place}] if record.place else []
    places = places or briefs([*record.countries.all(), *record.regions.all()], absolute)
    online = [{"@type": "VirtualLocation", "url": absolute(record.get_absolute_url())}] if record.is_online else []
    return thing(
        "Event",
        record,
        absolute,
        startDate=iso(record.starts),
        endDate=iso(record.ends),
        eventStatus="https://schema.org/EventScheduled" if record.starts else None,
        eventAttendanceMode=mode and f"https://schema.org/{mode}EventAttendanceMode",
        location=places + online,
        organizer=briefs(with_role(participations, roles.ORGANIZER, roles.HOST), absolute),
        attendee=briefs(with_role(participations, roles.PARTICIPANT), absolute),
    )


@linked_data.register
def of_person(record: Person, absolute):
    """The offices are roles with their dates, so that nobody is said to hold today what was held once."""
    return thing(
        "Person",
        record,
        absolute,
        honorificPrefix=record.honorific,
        affiliation=[
            known(
                {
                    "@type": "OrganizationRole",
                    "roleName": office.title,
                    "startDate": iso(office.held_from),
                    "endDate": iso(office.held_to),
                    "affiliation": brief("Organization", office.organization, absolute),
                }
            )
            for office in record.offices.all()
        ],
    )


@linked_data.register
def of_country(record: Country, absolute):
    found = record.latitude is not None and record.longitude is not None
    return thing(
        "Country",
        record,
        absolute,
        alternateName=other_names(record),
        identifier=[record.alpha2, record.alpha3],
        geo=found
        and {"@type": "GeoCoordinates", "latitude": float(record.latitude), "longitude": float(record.longitude)},
    )


@linked_data.register
def of_region(record: Region, absolute):
    return thing(
        "Place",
        record,
        absolute,
        alternateName=other_names(record),
        identifier=record.code,
        containedInPlace=brief("Place", record.parent, absolute),
    )


def other_names(place):
    return list(dict.fromkeys(name for name in place.names.values() if name != place.name))
