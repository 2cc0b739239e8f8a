"""A small register with one of everything, and what may never be seen beside it."""

from types import SimpleNamespace

import pytest

from partnerships.models import AgreementDocument, AreaOfCooperation, Commitment, Goal
from stories.models import StoryImage, StoryLink
from tests.factories import (
    make,
    make_agreement,
    make_contribution,
    make_country,
    make_document,
    make_event,
    make_evidence,
    make_funder,
    make_indicator,
    make_organization,
    make_person,
    make_project,
    make_region,
    make_signature,
    make_story,
)
from tests.remembered import remembered

ROOT = "/api/v1/"


@pytest.fixture
def ask(client):
    """Ask the API; gives the response, with its JSON parsed as `.answer`."""

    def ask(address, status=200, /, **parameters):
        response = client.get(address if address.startswith("/") else ROOT + address, parameters)
        assert response.status_code == status, response.content[:800]
        response.answer = response.json() if response.content else None
        return response

    return ask


@pytest.fixture
def slugs(ask):
    """The slugs of a list, in its order."""

    def slugs(address, /, **parameters):
        return [row["slug"] for row in ask(address, **parameters).answer["results"]]

    return slugs


@remembered
def fill(suffix=""):
    """One record of each noun, all tied together; `suffix` tells one filling from another."""
    one = SimpleNamespace()
    one.goal = Goal.objects.get_or_create(number=16, defaults={"title": "Peace, justice and strong institutions"})[0]
    one.region = make_region(f"sahel{suffix}")
    letter = chr(ord("A") + int(suffix or 0))
    one.country = make_country(f"N{letter}", f"Niger{suffix}", regions=[one.region])
    one.partner = make_organization(f"Partner{suffix}", acronym=f"PA{suffix}", country=one.country)
    one.unit = make_organization(f"Unit{suffix}", acronym=f"UN{suffix}", parent=one.partner)
    one.person = make_person(
        f"Ada Signer{suffix}", offices=[{"title": "Director", "organization": one.partner, "held_from": "2015"}]
    )
    one.framework = make_agreement(f"Framework{suffix}", kind="framework", signed="2010", ends="2020")
    one.agreement = make_agreement(
        f"Memorandum{suffix}",
        parties=[one.partner, one.unit],
        countries=[one.country],
        regions=[one.region],
        goals=[one.goal],
        supersedes=[one.framework],
        parent=one.framework,
        signed="2013-05",
        ends="2030",
    )
    make_signature(
        one.agreement, one.partner, person=one.person, capacity="Director", signed="../2013-05-20", country=one.country
    )
    make(AreaOfCooperation, agreement=one.agreement, text="Training")
    one.commitment = make(
        Commitment, agreement=one.agreement, text="Meet once a year", responsible=one.unit, due="2014"
    )
    make(AgreementDocument, agreement=one.agreement, title="Text", url="https://example.org/text.pdf", language="en")
    make_document(agreement=one.agreement, title=f"Signed text{suffix}", language="en", dated="2013-05")
    one.programme = make_project(f"Programme{suffix}", starts="2012")
    one.project = make_project(
        f"Project{suffix}",
        participants=[(one.partner, "funding"), (one.unit, "implementing")],
        countries=[one.country],
        regions=[one.region],
        agreements=[one.agreement],
        goals=[one.goal],
        parent=one.programme,
        starts="2016",
        ends="2019-06-30",
    )
    make_project(f"Component{suffix}", parent=one.project, starts="2017")
    make_document(project=one.project, title=f"Report{suffix}", category="A08")
    one.event = make_event(
        f"Meeting{suffix}",
        participants=[(one.partner, "organizer")],
        countries=[one.country],
        regions=[one.region],
        projects=[one.project],
        agreements=[one.agreement],
        starts="2018-03-01",
        ends="2018-03-02",
    )
    make_document(event=one.event, title=f"Minutes{suffix}", category="A08")
    one.funder = make_funder(f"Fund{suffix}", organization=one.partner, acronym=f"FU{suffix}", kind="trust_fund")
    one.contribution = make_contribution(
        funders=[one.funder, make_funder(f"Second fund{suffix}", organization=one.partner)],
        project=one.project,
        agreement=one.agreement,
        recipient=one.unit,
        amount="1000000",
        currency="EUR",
        dated="2017-02",
    )
    make_contribution(funders=[one.funder], event=one.event, in_kind=True, dated="2018")
    one.indicator = make_indicator(
        f"Detainees{suffix}",
        project=one.project,
        country=one.country,
        measurements=[
            {"kind": "baseline", "value": "1600", "measured": "2017"},
            {"kind": "actual", "value": "842.5", "measured": "2019-12-31", "at_least": True},
        ],
    )
    one.story = make_story(
        f"Story{suffix}",
        body="<p>BODY OF THE STORY</p>",
        summary="A summary",
        published_on="2019-07-01",
        event_start="2019-06",
        organizations=[one.partner],
        countries=[one.country],
        regions=[one.region],
        agreements=[one.agreement],
        projects=[one.project],
        events=[one.event],
        goals=[one.goal],
        speakers=[one.person],
    )
    make_story(f"Récit{suffix}", language="fr", same_story_as=one.story, event_start="2019-06")
    make(StoryImage, story=one.story, credit="© Somebody", alt_text="A handshake")
    make(StoryLink, story=one.story, title="More", url="https://example.org/more")
    for target in (
        {"agreement": one.agreement},
        {"project": one.project, "claim": "delivered"},
        {"contribution": one.contribution, "claim": "committed"},
        {"measurement": one.indicator.measurements.first(), "claim": "measured"},
        {"commitment": one.commitment, "claim": "met"},
    ):
        make_evidence(one.story, **target)
    return one


@pytest.fixture
def one(db):
    return fill()
