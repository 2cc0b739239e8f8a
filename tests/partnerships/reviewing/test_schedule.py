"""Records come and go at the time that a publisher chose, once, however often the command runs."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from partnerships.models import Agreement, Event, ScheduledMove
from partnerships.reviewing import schedule
from tests.factories import make_agreement, make_event, make_organization, make_user
from tests.partnerships.admin.desk import address

pytestmark = pytest.mark.django_db
PUBLISHED, ARCHIVED = "published", "archived"


def hours(number):
    return timezone.now() + timedelta(hours=number)


def local(time):
    return timezone.localtime(time).strftime("%Y-%m-%dT%H:%M")


def due(record, by, state=PUBLISHED):
    return ScheduledMove.objects.create(**ScheduledMove.named(record), state=state, due_at=hours(-1), scheduled_by=by)


def run(*args):
    out = StringIO()
    call_command("publish_scheduled", *args, stdout=out)
    return out.getvalue()


def state(record):
    return type(record).objects.get(pk=record.pk).state


def test_what_is_due_goes_out_once_in_the_name_of_who_scheduled_it(publisher):
    event, later = make_event(starts="2030", state="draft"), make_event(starts="2030", state="draft")
    move = due(event, publisher)
    schedule.schedule(later, {PUBLISHED: hours(2)}, publisher)
    assert "1 record moved." in run()
    assert (state(event), state(later)) == ("published", "draft")
    entry = event.history.latest()
    when = timezone.localtime(move.due_at).strftime("%Y-%m-%d %H:%M")
    assert (entry.history_user, entry.history_change_reason) == (publisher, f"published (scheduled for {when})")
    count = event.history.count()
    assert "0 records moved." in run()
    assert event.history.count() == count


def test_what_is_not_ready_is_kept_told_and_tried_again(publisher, client):
    event = make_event("Meeting", state="draft")
    move = due(event, publisher)
    for _again in range(2):
        with pytest.raises(CommandError, match="Say when it is or was held"):
            run()
    move.refresh_from_db()
    assert (state(event), move.done_at) == ("draft", None)
    client.force_login(publisher)
    lines = {str(line["title"]): line for _theme, found in client.get("/admin/").context["themes"] for line in found}
    line = lines["scheduled publications that could not be done"]
    assert line["count"] == 1
    assert "Say when it is or was held" in client.get(line["address"]).content.decode()
    event.starts = "2030"
    event.save()
    assert "1 record moved." in run()
    assert state(event) == "published"


def test_one_that_fails_does_not_hold_up_the_others(publisher, editor):
    gone, own, ready = make_event(starts="2030", state="draft"), make_event(starts="2030"), make_agreement()
    due(gone, publisher)
    due(own, editor, ARCHIVED)  # who does not publish any more
    due(make_event(starts="2030", state="draft"), None)
    due(ready, publisher, ARCHIVED)
    gone.delete()
    with pytest.raises(CommandError, match="3 records not moved"):
        run()
    assert (state(ready), state(own)) == ("archived", "published")


def test_a_dry_run_says_and_does_nothing(publisher):
    event = make_event("Meeting", starts="2030", state="draft")
    due(event, publisher)
    said = run("--dry-run")
    assert "published: Meeting" in said
    assert "Nothing was written" in said
    assert state(event) == "draft"


def test_a_publisher_chooses_the_times_at_the_record(client, publisher):
    event = make_event("Meeting", starts="2030", state="draft")
    client.force_login(publisher)
    where, first, last = address(event, "schedule", event.pk), hours(24), hours(48)
    answer = client.post(where, {"publish_at": local(first), "archive_at": local(last)})
    assert answer.status_code == 302
    moves = schedule.waiting_for(event)
    assert {key: local(move.due_at) for key, move in moves.items()} == {PUBLISHED: local(first), ARCHIVED: local(last)}
    assert "To be published on" in client.get(address(event, "change")).content.decode()
    assert "public from" in client.get(address(Event, "changelist")).content.decode()
    assert client.post(where, {"publish_at": "", "archive_at": local(last)}).status_code == 302
    assert set(schedule.waiting_for(event)) == {ARCHIVED}


@pytest.mark.parametrize(
    ("times", "said"),
    [
        ({"publish_at": -1}, "in the past"),
        ({"publish_at": 48, "archive_at": 24}, "archived before it is published"),
    ],
)
def test_times_that_cannot_be_meant(times, said, client, publisher):
    event = make_event(starts="2030", state="draft")
    client.force_login(publisher)
    data = {name: local(hours(number)) for name, number in times.items()}
    answer = client.post(address(event, "schedule", event.pk), data)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert not ScheduledMove.objects.exists()


def test_a_time_that_is_none_is_named(client, publisher):
    event = make_event(starts="2030", state="draft")
    client.force_login(publisher)
    assert client.post(address(event, "schedule", event.pk), {"publish_at": "soon"}).status_code == 400


def test_an_editor_does_not_schedule(client, editor):
    draft = make_agreement(state="draft", parties=[make_organization()])
    client.force_login(editor)
    where = address(draft, "schedule", draft.pk)
    assert [client.get(where).status_code, client.post(where, {"publish_at": local(hours(1))}).status_code] == [
        403,
        403,
    ]
    assert not ScheduledMove.objects.exists()
    assert Agreement.objects.get().state == "draft"


def test_a_user_who_leaves_keeps_nobody_from_seeing_why(client):
    somebody = make_user("gone", group="publisher")
    event = make_event(starts="2030", state="draft")
    move = due(event, somebody)
    somebody.is_active = False
    somebody.save()
    with pytest.raises(CommandError, match="permission"):
        run()
    move.refresh_from_db()
    assert (state(event), move.done_at) == ("draft", None)
