"""What the record pages of the register say, noun by noun."""

import pytest

from partnerships.models import Commitment, OrganizationName
from tests import factories as make

from .test_pages import text_of
from .world import make_world

pytestmark = pytest.mark.django_db


def page(client, record):
    return text_of(client.get(record.get_absolute_url()))


def test_an_agreement_says_since_when_and_who_is_bound(client):
    world = make_world(1)
    shown = page(client, world.agreement)
    assert "In force since 21 May 2019. No end date is stated." in shown
    assert "Party Since Signed by World Harbour Office The beginning not recorded" in shown
    assert "they signed" in shown
    assert "Dock story 0 21 May 2019" in shown
    assert "Promise 0 Unit 0 no date is stated not recorded as met" in shown
    for heading in ("Made under it 1", "Projects under it 2", "Contributions 3", "Events 2", "Stories 2"):
        assert heading in shown


def test_a_superseded_agreement_names_its_successor(client):
    old = make.make_agreement("Old plan", signed="1999")
    make.make_agreement("New plan", signed="2013", supersedes=[old])
    assert "Superseded by “New plan”, which took effect in 2013." in page(client, old)


def test_a_signature_of_a_draft_person_shows_the_office_only(client):
    unodc = make.make_organization()
    agreement = make.make_agreement(parties=[unodc], signed="2019")
    person = make.make_person("Hidden Person", state="draft")
    make.make_signature(agreement, unodc, person=person, capacity="Director")
    shown = page(client, agreement)
    assert "Hidden Person" not in shown
    assert "Director" in shown


def test_a_former_party_stands_last_with_its_withdrawal(client):
    one, other = make.make_organization("Ahead"), make.make_organization("Behind")
    agreement = make.make_agreement(parties=[one, other], signed="1993")
    agreement.parties.filter(organization=one).update(withdrew_on="2001-03-04")
    shown = page(client, agreement)
    assert shown.index("Behind The beginning") < shown.index("Ahead The beginning withdrew 4 March 2001")


def test_a_commitment_met_says_when(client):
    agreement = make.make_agreement(signed="2019")
    make.make(Commitment, agreement=agreement, text="Train staff", due="2020", met="2019-12")
    assert "Train staff due 2020 · met December 2019".replace(" ·", "") in page(client, agreement)


def test_a_project_tells_roles_money_and_results(client):
    world = make_world(1)
    shown = page(client, world.project)
    assert "Running since 2017. No end date is stated." in shown
    assert "Implementing World Harbour Office" in shown
    assert "EUR\xa06.5\xa0million".replace("\xa0", " ") in shown
    assert "2 of" not in shown
    assert "Baseline 2017 1,600 persons" in shown
    assert "Actual 2019 842 persons" in shown
    html = client.get(world.project.get_absolute_url()).content.decode()
    assert '<line x1="100.00%" x2="52.62%" y1="54" y2="54" class="way"/>' in html
    assert '<data value="6500000.00" title="EUR\xa06,500,000">' in html


def test_amounts_that_nobody_stated_are_not_zero(client):
    project = make.make_project(starts="2019")
    make.make_contribution(project=project)
    make.make_contribution(project=project, in_kind=True)
    known = make.make_contribution(
        project=project, funders=[make.make_funder(), make.make_funder()], amount="5.50", currency="USD"
    )
    shown = page(client, project)
    assert "2 of these 3 contributions state no amount." in shown
    assert "given together, not split" in shown
    assert "in kind" in shown
    assert "USD 5.50" in page(client, known)
    assert "nobody has said how much is whose" in page(client, known)


def test_a_contribution_without_an_amount_says_so(client):
    assert "It is unknown, not zero." in page(client, make.make_contribution())


def test_an_organization_shows_its_units_names_and_roles(client):
    world = make_world(1)
    make.make(OrganizationName, organization=world.organization, name="مكتب", kind="translation", language="ar")
    shown = page(client, world.organization)
    for heading in ("Units 1", "Agreements 2", "Projects 2", "Contributions given 3", "Contributions received 3"):
        assert heading in shown
    assert "Role: implementing" in shown
    assert "Role: organizer" in shown
    assert "Former name Old harbour 0" in shown
    html = client.get(world.organization.get_absolute_url()).content.decode()
    assert '<span lang="ar" dir="rtl">مكتب</span>' in html


def test_what_is_missing_is_said(client):
    shown = page(client, make.make_organization("Lonely"))
    assert (
        "Nothing is recorded here yet under: agreements, projects, contributions given, contributions received, "
        "events, and people." in shown
    )


def test_an_indicator_shows_every_figure_in_time(client):
    world = make_world(1)
    shown = page(client, world.indicator)
    assert "1,600 → to 842 persons" in shown
    assert "Figures 2" in shown


def test_an_event_tells_when_where_and_who(client):
    austria = make.make_country("AT", "Austria")
    host = make.make_organization("City of Vienna")
    event = make.make_event(
        "Meeting",
        starts="2020-09-08",
        ends="2020-09-09",
        place="Vienna",
        countries=[austria],
        participants=[(host, "host")],
    )
    shown = page(client, event)
    assert "Held 8–9 September 2020. Vienna." in shown
    assert "Host City of Vienna" in shown


def test_an_announced_event_is_no_fact_yet(client):
    event = make.make_event("Autumn series", starts="2020-10", ends="2020-12", is_planned=True)
    assert "Announced for October 2020 – December 2020; the register has no proof yet" in page(client, event)


def test_a_person_has_offices_signatures_and_stories(client):
    world = make_world(1)
    signature = make.make_signature(
        world.agreement, world.organization, person=world.person, capacity="Director", signed="2019-05-21"
    )
    shown = page(client, world.person)
    assert "Director, World Harbour Office known by 1 May 2019" in shown
    assert f"Signed 1 21 May 2019 {signature.party.agreement} for WHO-A Director" in shown
    assert "Stories in which this person speaks or acts 2" in shown


def test_places_show_what_names_them(client):
    world = make_world(1)
    country, region = page(client, world.country), page(client, world.region)
    for shown in (country, region):
        for heading in ("Agreements 2", "Projects 2", "Contributions 3", "Events 2", "Stories 2"):
            assert heading in shown
    assert "The ten countries of the strategy" in region
    assert "Coast-0" in region


def test_a_caveat_stands_beside_the_title(client):
    project = make.make_project(caveat="The documents give this project no name.")
    assert "To be read with care. The documents give this project no name." in page(client, project)


def test_the_internal_note_is_never_shown(client):
    project = make.make_project(internal_note="Only for us")
    client.force_login(make.make_user(is_superuser=True))
    assert "Only for us" not in page(client, project)


def test_who_looks_after_an_agreement_is_never_shown(client):
    colleague = make.make_user("whisper", is_superuser=True, first_name="Whisper", email="whisper@example.org")
    agreement = make.make_agreement()
    agreement.focal_points.add(colleague)
    client.force_login(colleague)
    assert "whisper" not in page(client, agreement).lower()


def test_long_sections_end_with_a_link_to_their_list(client):
    unodc = make.make_organization(acronym="UNODC", slug="unodc")
    for _number in range(12):
        make.make_agreement(parties=[unodc])
    response = client.get(unodc.get_absolute_url())
    assert "Agreements 12" in text_of(response)
    assert '<a href="/agreements/?partner=unodc">' in response.content.decode()
    assert "All 12 agreements" in text_of(response)
