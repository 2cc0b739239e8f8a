"""The review of a record: what it would change, what is said, who decides, and who hears of it."""

import pytest

from partnerships import actions
from partnerships.models import Agreement, ReviewNote
from tests.factories import make_agreement, make_event, make_organization

from .desk import address
from .todo.asking import found

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(editor):
    """An agreement that the editor has sent to review."""
    agreement = make_agreement("The plan", state="draft", parties=[make_organization("FIFA")])
    actions.send_to_review(records=[agreement], by=editor)
    return agreement


def decide(client, user, record, deed, text="", seen=None):
    client.force_login(user)
    data = {
        "deed": deed,
        "text": text,
        "seen_version": Agreement.objects.get(pk=record.pk).version if seen is None else seen,
    }
    return client.post(address(record, "review", record.pk), data)


def state(record):
    record.refresh_from_db()
    return record.state


def test_what_was_never_public_is_shown_whole(client, publisher, sent):
    client.force_login(publisher)
    page = client.get(address(sent, "review", sent.pk))
    assert (page.context["was_public"], page.context["sent_by"].username) == (False, "editor")
    own, party = page.context["edits"]
    assert ("title", "The plan") in [(change.field, change.new) for change in own.changes]
    assert (party.verb, party.name) == ("+", "party “FIFA”")


def test_what_was_public_is_compared_with_what_was_public_last(client, publisher, sent):
    actions.publish(records=[sent], by=publisher)
    actions.return_to_draft(records=[sent], by=publisher)
    sent.title = "The new plan"
    sent.save()
    client.force_login(publisher)
    page = client.get(address(sent, "review", sent.pk))
    assert page.context["was_public"]
    [edit] = page.context["edits"]
    assert {change.field: (change.old, change.new) for change in edit.changes} == {
        "title": ("The plan", "The new plan")
    }


def test_sent_back_with_a_comment_it_comes_to_whoever_sent_it(client, publisher, editor, sent):
    assert decide(client, publisher, sent, "send_back").status_code == 409
    assert state(sent) == "in_review"
    assert decide(client, publisher, sent, "send_back", "Who signs?").status_code == 302
    assert state(sent) == "draft"
    entry = sent.history.latest()
    assert (entry.history_user, entry.history_change_reason) == (publisher, "returned to draft (sent back: Who signs?)")
    note = ReviewNote.objects.get()
    assert (note.deed, note.text, note.addressed_to) == ("sent_back", "Who signs?", editor)
    client.force_login(editor)
    assert found(client, editor, Agreement, "sent-back") == {"The plan"}
    assert "Who signs?" in client.get(address(sent, "change")).content.decode()
    client.force_login(publisher)
    assert found(client, publisher, Agreement, "sent-back") == set()
    actions.send_to_review(records=[sent], by=editor)
    client.force_login(editor)
    assert found(client, editor, Agreement, "sent-back") == set()


def test_a_publisher_publishes_what_was_read(client, publisher, sent):
    assert decide(client, publisher, sent, "publish", seen=1).status_code == 409
    assert state(sent) == "in_review"
    assert decide(client, publisher, sent, "publish", "Well done").status_code == 302
    assert state(sent) == "published"
    assert sent.history.latest().history_change_reason == "published (after review: Well done)"
    assert [(note.deed, note.text) for note in ReviewNote.objects.all()] == [("published", "Well done")]


def test_what_is_not_ready_stays_in_review_and_says_why(client, publisher):
    event = make_event("Meeting", state="in_review")
    client.force_login(publisher)
    data = {"deed": "publish", "seen_version": event.version}
    page = client.post(address(event, "review", event.pk), data)
    assert page.status_code == 409
    assert "Say when it is or was held" in page.content.decode()
    assert not ReviewNote.objects.exists()


def test_an_editor_comments_and_does_not_publish(client, editor, sent):
    assert decide(client, editor, sent, "publish").status_code == 403
    assert state(sent) == "in_review"
    assert decide(client, editor, sent, "comment", "See page 3").status_code == 302
    assert decide(client, editor, sent, "comment", " ").status_code == 409
    assert decide(client, editor, sent, "everything").status_code == 409
    assert [(note.deed, note.text) for note in ReviewNote.objects.all()] == [("comment", "See page 3")]
    client.force_login(editor)
    page = client.get(address(sent, "review", sent.pk)).content.decode()
    assert 'value="publish"' not in page


def test_a_reviewed_record_is_not_reviewed_twice(client, publisher, sent):
    actions.publish(records=[sent], by=publisher)
    assert decide(client, publisher, sent, "send_back", "No").status_code == 409
    assert state(sent) == "published"


def test_the_list_leads_to_the_review(client, publisher, sent):
    client.force_login(publisher)
    page = client.get(f"{address(Agreement, 'changelist')}?todo=in-review-others").content.decode()
    assert address(sent, "review", sent.pk) in page
    assert address(sent, "review", sent.pk) in client.get(address(sent, "change")).content.decode()
    assert address(sent, "review", sent.pk) in client.get(address(sent, "history")).content.decode()
