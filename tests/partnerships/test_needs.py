"""What a record needs to go out, and keeps while it is public: at the desk, by action, by file, over the API; a draft may lack it."""

import pytest

from partnerships import actions
from partnerships.dates import PartialDate
from partnerships.models import Agreement, Event, PublicationState
from partnerships.publication import lacking
from partnerships.versions import Refused
from partnerships.versions.putting import put
from partnerships.versions.whole import whole_of
from tests.api.writing.conftest import make_token
from tests.factories import (
    make_agreement,
    make_event,
    make_indicator,
    make_organization,
    make_project,
    make_story,
    make_user,
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


def test_what_is_public_keeps_what_it_has_of_it_at_the_desk(as_publisher):
    event = make_event("Meeting", starts="2020")
    page = address(event, "change")
    answer = as_publisher.post(page, posted(as_publisher.get(page)) | {"starts": "", "place": "Vienna"})
    assert DATE in errors(answer)
    event.refresh_from_db()
    assert (event.starts.isoformat(), event.place, event.version) == ("2020", "", 1)
    project = make_project(description="Ports", participants=[(make_organization(), "funding")])
    page = address(project, "change")
    answer = as_publisher.post(page, posted(as_publisher.get(page)) | {"participations-0-DELETE": "on"})
    assert "Say who takes part: add at least one participation." in errors(answer)
    assert project.participations.count() == 1
    archived = make_event("Another", starts="2020", state="archived")
    page = address(archived, "change")
    assert as_publisher.post(page, posted(as_publisher.get(page)) | {"starts": ""}).status_code == 302


def test_what_is_public_keeps_what_it_has_of_it_over_the_api(client):
    event, bare = make_event("Meeting", slug="meeting", starts="2020"), make_event("Bare", slug="bare")
    headers = {"Authorization": make_token(make_user("program", is_superuser=True))[1]}

    def change(record, body):
        return client.patch(
            f"/api/v1/events/{record.slug}/",
            body,
            content_type="application/json",
            headers=headers | {"If-Match": f'"event-{record.pk}-v{record.version}"'},
        )

    answer = change(event, {"starts_on": None, "place": "Vienna"})
    assert answer.status_code == 400
    assert [(one["parameter"], one["message"]) for one in answer.json()["errors"]] == [("starts_on", DATE)]
    operations = [{"op": "update", "at": "meeting", "version": 1, "record": {"starts_on": None}}]
    answer = client.post(
        "/api/v1/events/bulk/", {"operations": operations}, content_type="application/json", headers=headers
    )
    assert answer.status_code == 400
    assert [one["parameter"] for one in answer.json()["errors"]] == ["operations.0.record.starts_on"]
    event.refresh_from_db()
    assert (event.starts.isoformat(), event.place, event.version) == ("2020", "", 1)
    # What never had a date is corrected without one.
    assert change(bare, {"place": "Vienna"}).status_code == 200


def test_no_version_comes_back_without_it_to_what_is_public(publisher):
    event = make_event("Meeting", state="draft")
    undated = whole_of(event)
    event.starts = PartialDate.parse("2020")
    event.state = "published"
    event.save()
    with pytest.raises(Refused, match="Say when it is or was held"):
        put(event, undated, publisher, "restored", event.version)
    assert Event.objects.get().starts.isoformat() == "2020"


def test_no_file_takes_it_from_what_is_public(publisher):
    make_event("Dated", slug="dated", starts="2020")
    make_event("Undated", slug="undated")
    emptied = planned(Event, publisher, {"slug": "dated", "starts_on": ""}, {"slug": "undated", "place": "Vienna"})
    assert [(row.slug, row.errors) for row in emptied.rows] == [("dated", [("starts_on", DATE)]), ("undated", [])]


def test_a_file_publishes_what_is_ready_only(publisher):
    make_event("Undated", slug="undated", state="draft")
    lacks = planned(Event, publisher, {"slug": "undated", "state": "published"})
    assert [row.errors for row in lacks.rows] == [[("starts_on", DATE)]]
    ready = planned(Event, publisher, {"slug": "undated", "state": "published", "starts_on": "2020"})
    assert ready.is_possible
