"""What a record's form does for the person at it: a summary, defaults, and staying where one is."""

import json

import pytest
from django.core.cache import cache
from django.urls import reverse

from partnerships.admin import presence
from partnerships.models import Agreement, Organization
from tests.factories import (
    make_agreement,
    make_contribution,
    make_country,
    make_evidence,
    make_funder,
    make_organization,
    make_project,
    make_region,
    make_story,
)

from .desk import address, posted, row

pytestmark = pytest.mark.django_db


def facts(client, record):
    return {fact.label: fact.words for fact in client.get(address(record, "change")).context["facts"]}


class TestTheSummary:
    def test_of_an_agreement(self, as_chief):
        agreement = make_agreement(signed="2013", parties=[make_organization("FIFA"), make_organization("UNV")])
        agreement.parties.create(organization=make_organization("Gone"), withdrew="2015")
        funder = make_funder()
        for amount in (5, 7):
            make_contribution(agreement=agreement, funders=[funder], amount=amount, currency="EUR", stage="commitment")
        make_contribution(agreement=agreement, funders=[funder])
        make_evidence(make_story(), agreement=agreement)
        found = facts(as_chief, agreement)
        assert found["Today"] == "In force, since 2013"
        assert found["Parties"] == "FIFA, UNV"
        assert found["Money"].startswith("commitment: EUR\N{NO-BREAK SPACE}12; 1 of these 3 contributions")
        assert found["Evidence"] == "2 passages" if found["Evidence"].startswith("2") else "1 passage"

    def test_of_a_project_with_nothing(self, as_chief):
        found = facts(as_chief, make_project())
        assert (found["Who"], found["Money"], found["Evidence"]) == ("nobody yet", "no contribution", "none yet")

    def test_of_an_organization(self, as_chief):
        fifa = make_organization("FIFA")
        make_agreement(parties=[fifa]), make_project(participants=[(fifa, "funding"), (fifa, "implementing")])
        assert facts(as_chief, fifa) == {"Takes part in": "1 agreement, 1 project"}

    def test_a_new_record_has_none(self, as_chief):
        assert "facts" not in as_chief.get(address(Agreement, "add")).context


class TestAPlan:
    def add(self, client, parent, **more):
        where = f"{address(Agreement, 'add')}?parent={parent.pk}&kind=joint_action_plan"
        page = client.get(where)
        assert page.context["adminform"].form["kind"].value() == "joint_action_plan"
        client.post(where, posted(page) | {"title": "Plan", **more})
        return Agreement.objects.get(title="Plan")

    @pytest.fixture
    def memorandum(self):
        made = make_agreement("Memorandum", parties=[make_organization("FIFA"), make_organization("UNV")])
        made.parties.create(organization=make_organization("Gone"), withdrew="2015")
        return made

    def test_has_the_parties_of_its_memorandum(self, as_chief, memorandum, chief):
        plan = self.add(as_chief, memorandum)
        assert [party.organization.name for party in plan.parties.all()] == ["FIFA", "UNV"]
        assert {party.history.get().history_user for party in plan.parties.all()} == {chief}

    def test_has_its_own_where_some_are_named(self, as_chief, memorandum):
        who = make_organization("WHO")
        plan = self.add(
            as_chief, memorandum, **{"parties-TOTAL_FORMS": "1"}, **row("parties", 0, organization=str(who.pk))
        )
        assert [party.organization for party in plan.parties.all()] == [who]

    def test_leads_there_from_its_memorandum(self, as_chief, memorandum):
        page = as_chief.get(address(memorandum, "change")).content.decode()
        assert f"{address(Agreement, 'add')}?parent={memorandum.pk}&amp;kind=joint_action_plan" in page


class TestSaving:
    def test_keeps_you_where_you_are(self, as_chief):
        agreement = make_agreement()
        data = posted(as_chief.get(address(agreement, "change")))
        assert as_chief.post(address(agreement, "change"), data | {"_save": "Save"}).url == address(agreement, "change")
        data["seen_version"] = "2"
        closed = as_chief.post(address(agreement, "change"), data | {"_close": "Save and close"})
        assert closed.url == address(Agreement, "changelist")

    def test_a_new_record_stays_open(self, as_chief):
        data = posted(as_chief.get(address(Organization, "add"))) | {"name": "FIFA", "type": "40", "_save": "Save"}
        assert as_chief.post(address(Organization, "add"), data).url == address(Organization.objects.get(), "change")

    def test_the_buttons(self, as_chief):
        page = as_chief.get(address(make_agreement(), "change")).content.decode()
        names = [name for name in ("_save", "_close", "_addanother", "_continue") if f'name="{name}"' in page]
        assert names == ["_save", "_close", "_addanother"]


class TestJumping:
    def ask(self, client, text, **headers):
        return client.get(reverse("admin:jump"), {"q": text}, headers=headers)

    def test_to_any_record_by_any_name(self, as_chief):
        fifa = make_organization("Fédération Internationale de Football Association", acronym="FIFA", state="draft")
        fifa.names.create(name="World Football", kind="former")
        agreement = make_agreement("Football memorandum")
        for text in ("fifa", "federation int", "world foot"):
            [found] = json.loads(self.ask(as_chief, text, accept="application/json").content)["names"]
            assert found == {
                "name": f"{fifa.name} [draft]",
                "short": "FIFA",
                "kind": "Organization",
                "address": address(fifa, "change"),
            }
        page = self.ask(as_chief, "football")
        assert {one["address"] for one in page.context["found"]} == {
            address(fifa, "change"),
            address(agreement, "change"),
        }

    def test_to_a_country_and_a_region(self, as_chief):
        sahel = make_region("sahel", "Sahel")
        niger = make_country("NE", "Niger", regions=[sahel])
        for text, record in (("sahel", sahel), ("niger", niger)):
            [found] = self.ask(as_chief, text).context["found"]
            assert (found["name"], found["address"]) == (str(record), address(record, "change"))

    def test_nothing_found_is_said(self, as_chief):
        assert "No record has “zzz” in its name." in self.ask(as_chief, "zzz").content.decode()
        assert self.ask(as_chief, "\0").status_code == 200

    def test_is_for_the_desk(self, client):
        assert self.ask(client, "fifa").status_code == 302


class TestPresence:
    def ask(self, client, record, seen="1"):
        answer = client.post(address(record, "presence", record.pk), {"seen": seen})
        return answer.json()["words"]

    @pytest.fixture(autouse=True)
    def nobody(self):
        cache.clear()

    def test_who_else_has_it_open(self, client, chief, editor):
        agreement = make_agreement(state="draft")
        client.force_login(chief)
        assert self.ask(client, agreement) == ""
        client.force_login(editor)
        assert self.ask(client, agreement) == "Ada Chief has this record open, too."
        assert self.ask(client, make_agreement(state="draft")) == ""

    def test_that_somebody_has_saved_it(self, as_chief):
        agreement = make_agreement()
        agreement.save()
        assert self.ask(as_chief, agreement).startswith("Somebody has saved this record since you opened it")
        assert self.ask(as_chief, agreement, seen="2") == ""
        assert self.ask(as_chief, agreement, seen="x") == ""

    def test_whoever_closes_the_page_is_gone(self, chief, editor):
        assert presence.enter("presence:a", chief, now=1000) == []
        assert presence.enter("presence:a", editor, now=1000 + presence.GONE_AFTER - 1) == ["Ada Chief"]
        assert presence.enter("presence:a", editor, now=1000 + presence.GONE_AFTER) == []

    def test_only_for_whoever_may_change_it(self, client, editor):
        agreement = make_agreement()
        client.force_login(editor)
        assert client.post(address(agreement, "presence", agreement.pk)).status_code == 403
        assert client.post(address(agreement, "presence", 999)).status_code == 404
