"""A small register in which everything is tied to everything, so that every section of every page has rows."""

from types import SimpleNamespace

from partnerships.models import AgreementDocument, AreaOfCooperation, Commitment, OrganizationName
from tests import factories as make
from tests.remembered import remembered


@remembered
def make_world(rows):
    """One main record of each noun, and `rows` more of each that are tied to it."""
    world = SimpleNamespace()
    world.region = make.make_region("sahel", "Sahel", note="The ten countries of the strategy")
    world.country = make.make_country("NE", "Niger", "NER", regions=[world.region])
    world.organization = make.make_organization(
        "World Harbour Office",
        acronym="WHO-A",
        slug="harbour",
        country=world.country,
        website="https://harbour.example",
    )
    ties = {"countries": [world.country], "regions": [world.region]}
    offices = [{"title": "Director", "organization": world.organization, "held_from": "../2019-05-01"}]
    world.person = make.make_person("Ada Harbour", honorific="Ms.", offices=offices, slug="ada")
    world.agreement = make.make_agreement(
        "Memorandum on harbours",
        short_title="Harbour MoU",
        slug="harbour-mou",
        parties=[world.organization],
        signed="2019-05-21",
        place="Vienna",
        **ties,
    )
    world.project = _project(world, "Harbours for all", slug="harbours-for-all", starts="2017", **ties)
    world.event = _event(world, "Harbour day", slug="harbour-day", starts="2019-09-08", ends="2019-09-09", **ties)
    world.funder = make.make_funder("Harbour Fund", organization=world.organization, slug="harbour-fund")
    world.contribution = _contribution(world, amount="6500000", currency="EUR", slug="harbour-money")
    world.indicator = _indicator(world, "Ships repaired")
    world.story = _story(world, "Two harbours open", slug="two-harbours-open", **ties)
    for number in range(rows):
        _one_more(world, number, ties)
    return world


def _project(world, title, **values):
    participants = [(world.organization, "implementing")]
    return make.make_project(title, participants=participants, agreements=[world.agreement], **values)


def _event(world, name, **values):
    return make.make_event(
        name,
        participants=[(world.organization, "organizer")],
        projects=[world.project],
        agreements=[world.agreement],
        **values,
    )


def _contribution(world, **values):
    values = {"project": world.project, **values}
    return make.make_contribution(
        funders=[world.funder], agreement=world.agreement, recipient=world.organization, dated="2019-06", **values
    )


def _indicator(world, title):
    measurements = [
        {"kind": "baseline", "value": 1600, "measured": "2017"},
        {"kind": "actual", "value": 842, "measured": "2019"},
    ]
    return make.make_indicator(title, project=world.project, country=world.country, measurements=measurements)


def _story(world, title, **values):
    story = make.make_story(
        title,
        event_start="2019-05-21",
        body="<p>The harbours are open.</p>",
        organizations=[world.organization],
        agreements=[world.agreement],
        projects=[world.project],
        events=[world.event],
        speakers=[world.person],
        **values,
    )
    make.make_evidence(story, agreement=world.agreement, excerpt=f"{title}: they signed")
    make.make_evidence(story, project=world.project, claim="exists", excerpt=f"{title}: the project")
    make.make_evidence(story, contribution=world.contribution, claim="pledged", excerpt=f"{title}: the money")
    figure = world.indicator.measurements.first()
    make.make_evidence(story, measurement=figure, claim="measured", excerpt=f"{title}: fewer ships")
    return story


def _one_more(world, number, ties):
    unit = make.make_organization(f"Unit {number}", parent=world.organization, country=world.country)
    make.make(OrganizationName, organization=world.organization, name=f"Old harbour {number}", kind="former")
    make.make_region(f"coast-{number}", parent=world.region)
    make.make_country(f"A{number}", regions=[world.region])
    person = make.make_person(f"Bo Quay{number}", offices=[{"title": "Chief", "organization": unit}])
    under = {"parties": [world.organization, unit], "parent": world.agreement, "signed": "2020", **ties}
    make.make_agreement(f"Plan {number}", **under)
    make.make_signature(world.agreement.plans.first(), unit, person=person, capacity="Chief", signed="2020")
    make.make(AreaOfCooperation, agreement=world.agreement, text=f"Area {number}")
    make.make(AgreementDocument, agreement=world.agreement, title=f"Text {number}", url="https://texts.example/")
    make.make(Commitment, agreement=world.agreement, text=f"Promise {number}", responsible=unit)
    partner = make.make_organization(f"Partner {number}")
    later = _project(world, f"Dock {number}", parent=world.project, starts="2019", **ties)
    later.participations.create(organization=partner, role="funding")
    event = _event(world, f"Quay day {number}", starts="2020-01-01", **ties)
    make.make_funder(f"Quay Fund {number}", organization=world.organization)
    _contribution(world)
    _contribution(world, project=None, event=world.event)
    _indicator(world, f"Docks built {number}")
    story = _story(world, f"Dock story {number}", **ties)
    story.events.add(event)
