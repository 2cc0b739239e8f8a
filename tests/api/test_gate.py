"""What is not public is not there: the same addresses give the same bytes, whether or not there are drafts beside them."""

import pytest
from django.db import connection

from api.urls import NOUNS
from partnerships.filters import RecordFilter
from partnerships.models import Office, Organization, Party
from tests.factories import (
    make,
    make_agreement,
    make_contribution,
    make_event,
    make_evidence,
    make_funder,
    make_indicator,
    make_organization,
    make_person,
    make_project,
    make_story,
    make_user,
)

from .conftest import ROOT, fill
from .test_answers import NAMES

# Names of drafts, as filters, as addresses and as words; some of them nearly right.
SECRETS = ["secret", "secret-body", "secre-body", "secretbody", "SB", "old-secret", "Secret body", "99999"]


def everything(client):
    """Each address that a visitor can come upon, and what is answered there."""
    answers = {}

    def visit(address):
        if address not in answers:
            response = client.get(address)
            headers = [response.get(name) for name in ("Location", "ETag", "Cache-Control", "Vary")]
            answers[address] = (response.status_code, response.content, *headers)
            return response

    visit(ROOT)
    for noun in NAMES:
        for words in (
            "",
            "count=true",
            "ordering=-name",
            "ordering=-title",
            "ordering=-updated",
            "page_size=1",
            "q=sec",
        ):
            response = visit(f"{ROOT}{noun}/?{words}")
            for row in response.json().get("results", []):
                for address in (row["slug"], row["id"]):
                    visit(f"{ROOT}{noun}/{address}/")
        for secret in SECRETS:
            visit(f"{ROOT}{noun}/{secret}/")
            visit(f"{ROOT}{noun}/?q={secret}")
        filters = NOUNS[noun].filterset_class.base_filters
        for name in [name for name, found in filters.items() if isinstance(found, RecordFilter)]:
            for secret in SECRETS[1:5]:
                visit(f"{ROOT}{noun}/?{name}={secret}")
        for name in ("partner=pa", "partner=un", "country=NA", "region=sahel", "year=2018", "status=superseded"):
            visit(f"{ROOT}{noun}/?{name}&count=true")
    for secret in SECRETS:
        visit(f"{ROOT}search/?q={secret}")
    visit(f"{ROOT}search/?q=project")
    visit(f"{ROOT}changes/?page_size=1000")
    return answers


def add_drafts(one):
    """Beside every public record something that is not, tied to it in every way there is."""
    draft = {"state": "draft", "description": "Secret"}
    body = make_organization("Secret body", acronym="SB", slug="secret-body", parent=one.partner, **draft)
    body.names.create(name="Secretbody", kind="alias")
    body.slug = "old-secret"
    body.save()
    body.slug = "secret-body"
    body.save()
    person = make_person("Secret person", state="in_review")
    make(Office, person=person, organization=one.partner, title="Secret director", held_from="2010")
    make(Office, person=one.person, organization=body, title="Secret adviser", held_from="2010")
    make(Party, agreement=one.agreement, organization=body)
    agreement = make_agreement(
        "Secret agreement",
        parties=[one.partner, one.unit, body],
        countries=[one.country],
        regions=[one.region],
        supersedes=[one.agreement],
        parent=one.agreement,
        signed="2014",
        **draft,
    )
    project = make_project(
        "Secret project",
        participants=[(one.partner, "funding"), (body, "implementing")],
        countries=[one.country],
        agreements=[one.agreement, agreement],
        parent=one.project,
        starts="2018",
        **draft,
    )
    one.project.participations.create(organization=body, role="implementing")
    one.project.agreements.add(agreement)
    one.event.participations.create(organization=body, role="host")
    one.event.projects.add(project)
    one.event.agreements.add(agreement)
    event = make_event(
        "Secret meeting", participants=[(one.partner, "host")], projects=[one.project], starts="2018", **draft
    )
    fund = make_funder("Secret fund", organization=one.partner, **draft)
    hidden_fund = make_funder("Hidden fund", organization=body)  # published, but of an organization that is not
    one.contribution.funders.add(fund, hidden_fund)
    gift = make_contribution(funders=[one.funder], project=one.project, amount="7", currency="EUR", **draft)
    make_contribution(funders=[one.funder], project=project, amount="8", currency="EUR", recipient=one.unit)
    make_contribution(funders=[one.funder], event=event, in_kind=True, agreement=one.agreement)
    make_indicator("Secret count", project=one.project, measurements=[{"value": 1, "measured": "2018"}], **draft)
    indicator = make_indicator("Count of a secret", project=project, measurements=[{"value": 1, "measured": "2018"}])
    story = make_story(
        "Secret story",
        state="draft",
        organizations=[one.partner],
        agreements=[one.agreement],
        projects=[one.project],
        events=[one.event],
        countries=[one.country],
        same_story_as=one.story,
        event_start="2018",
        speakers=[one.person],
    )
    one.story.organizations.add(body)
    one.story.agreements.add(agreement)
    one.story.projects.add(project)
    one.story.events.add(event)
    one.story.speakers.create(person=person)
    make_evidence(story, agreement=one.agreement)
    make_evidence(story, project=one.project)
    for target in (
        {"agreement": agreement},
        {"project": project},
        {"contribution": gift},
        {"measurement": indicator.measurements.get()},
    ):
        make_evidence(one.story, **target)
    make_agreement("Archived agreement", parties=[one.partner], state="archived")


@pytest.mark.parametrize("signed_in", [False, True])
def test_a_register_with_drafts_looks_like_one_without(signed_in, one, client):
    if signed_in:
        client.force_login(make_user(is_staff=False))
    before = everything(client)
    add_drafts(one)
    after = everything(client)
    assert before.keys() == after.keys()
    assert {address for address in before if before[address] != after[address]} == set()
    assert not any(status >= 500 for status, *_rest in before.values())


@pytest.mark.skipif(connection.vendor == "postgresql", reason="It tests the walk, not the register.")
def test_the_walk_would_see_a_difference(one, client):
    before = everything(client)
    fill("1")
    after = everything(client)
    assert sum(before[address] != after[address] for address in before) > 20


def test_a_draft_is_answered_like_nothing(db, ask):
    make_agreement("Secret", state="draft")
    draft, nothing = ask("agreements/secret/", 404), ask("agreements/nothin/", 404)
    assert draft.content.replace(b"secret", b"nothin") == nothing.content
    assert sorted(draft.items()) == sorted(nothing.items())


def test_a_drafts_slug_in_a_filter_is_answered_like_an_unknown_one(db, ask):
    make_organization("Secret", state="draft")
    draft, nothing = ask("agreements/", 400, partner="secret"), ask("agreements/", 400, partner="nothin")
    assert draft.content.replace(b"secret", b"nothin") == nothing.content


def test_an_old_slug_leads_to_todays(db, client):
    body = make_organization("European Commission", slug="ec")
    body.slug = "european-commission"
    body.save()
    response = client.get(f"{ROOT}organizations/ec/?format=json")
    assert response.status_code == 301
    assert response["Location"] == f"http://testserver{ROOT}organizations/european-commission/?format=json"
    assert client.get(f"{ROOT}organizations/ec/?yaer=1").status_code == 400


def test_an_old_slug_of_a_draft_leads_nowhere(db, ask):
    body = make_organization("European Commission", slug="ec")
    Organization.objects.filter(pk=body.pk).update(slug="secret-name", state="draft")
    ask("organizations/ec/", 404)
