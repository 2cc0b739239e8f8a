"""What a record needs to go out: noun by noun, at the desk, by action, by file; and that a draft may lack it."""

import pytest

from partnerships import actions
from partnerships.models import Agreement, Event, PublicationState
from partnerships.publication import lacking
from tests.factories import (
    make_agreement,
    make_event,
    make_indicator,
    make_organization,
    make_project,
    make_story,
)

from .admin.desk import address, errors, posted, rows
from .importers.test_round_trip import planned

pytestmark = pytest.mark.django_db
PARTIES = "An agreement of this kind is made between parties: add at least one of them."
DATE = "Say when it is or was held; a year is enough."


def names(record):
    return [need.name for need in lacking(record)]


def test_noun_by_noun():
    unodc = make_organization()
    assert names(make_agreement(kind="mou")) == ["parties"]
    assert names(make_agreement(kind="mou", parties=[unodc])) == []
    assert names(make_agreement(kind="convention")) == []
    assert names(make_project()) == ["description", "participations"]
    assert names(make_project(description="Ports", participants=[(unodc, "funding")])) == []
    assert names(make_event()) == ["starts_on"]
    assert names(make_event(starts="2020")) == []
    assert names(make_indicator()) == ["measurements"]
    assert names(make_indicator(measurements=[{"value": 3}])) == []
    assert names(make_story()) == ["summary"]
    assert names(make_story(summary="Two sentences. Or one.")) == []
    assert names(unodc) == []


def test_what_is_not_ready_is_refused_and_the_rest_goes_out(publisher):
    ready, lacks = make_event(starts="2020", state="in_review"), make_event(state="in_review")
    moved = actions.publish(records=[ready, lacks], by=publisher)
    assert (moved.done, moved.refused) == ([ready], [(lacks, [DATE])])
    assert set(Event.objects.values_list("pk", "state")) == {(ready.pk, "published"), (lacks.pk, "in_review")}
    assert not lacks.history.filter(state="published").exists()


def test_an_editor_saves_a_draft_without(as_editor):
    page = as_editor.get(address(Agreement, "add"))
    data = posted(page) | {"title": "Only a title", "kind": "mou", "state": "in_review"}
    assert as_editor.post(address(Agreement, "add"), data).status_code == 302
    assert Agreement.objects.get().state == "in_review"


def test_the_form_counts_the_rows_that_it_brings(as_publisher):
    fifa = make_organization("FIFA")
    data = posted(as_publisher.get(address(Agreement, "add"))) | {"title": "Plan", "kind": "mou", "state": "published"}
    answer = as_publisher.post(address(Agreement, "add"), data)
    assert answer.status_code == 200
    assert PARTIES in errors(answer)
    assert not Agreement.objects.exists()
    assert not Agreement.history.exists()
    with_party = data | rows("parties", {"organization": str(fifa.pk)})
    assert as_publisher.post(address(Agreement, "add"), with_party).status_code == 302
    assert Agreement.objects.get().state == PublicationState.PUBLISHED


def test_the_form_refuses_a_draft_that_lacks_it_and_keeps_what_was_typed(as_publisher):
    event = make_event("Meeting", state="draft")
    data = posted(as_publisher.get(address(event, "change"))) | {"state": "published", "place": "Vienna"}
    answer = as_publisher.post(address(event, "change"), data)
    assert DATE in errors(answer)
    assert "Vienna" in answer.content.decode()
    event.refresh_from_db()
    assert (event.state, event.place, event.version) == ("draft", "", 1)
    assert as_publisher.post(address(event, "change"), data | {"starts": "2020"}).status_code == 302


def test_what_is_public_already_can_be_corrected_without(as_publisher):
    event = make_event("Meeting")
    data = posted(as_publisher.get(address(event, "change"))) | {"place": "Vienna"}
    assert as_publisher.post(address(event, "change"), data).status_code == 302


def test_a_file_publishes_what_is_ready_only(publisher):
    make_event("Undated", slug="undated", state="draft")
    lacks = planned(Event, publisher, {"slug": "undated", "state": "published"})
    assert [row.errors for row in lacks.rows] == [[("starts_on", DATE)]]
    ready = planned(Event, publisher, {"slug": "undated", "state": "published", "starts_on": "2020"})
    assert ready.is_possible
