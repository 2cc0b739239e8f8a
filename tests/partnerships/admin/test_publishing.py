"""Editors prepare, publishers let go out: by form, by forged post and by action."""

import pytest

from partnerships.models import Agreement, Contribution, Party, PublicationState
from tests.factories import make_agreement, make_contribution, make_organization, make_project

from .desk import address, errors, posted

pytestmark = pytest.mark.django_db
OPEN, CLOSED = ("draft", "in_review"), ("published", "archived")


def choices(response):
    return [value for value, _label in response.context["adminform"].form.fields["state"].choices]


def act(client, action, *records):
    data = {"action": action, "_selected_action": [record.pk for record in records]}
    return client.post(address(records[0], "changelist"), data, follow=True)


def messages(response):
    return " ".join(str(message) for message in response.context["messages"])


def test_an_editor_chooses_among_the_open_states_only(as_editor):
    assert choices(as_editor.get(address(make_agreement(state="draft"), "change"))) == list(OPEN)
    assert choices(as_editor.get(address(Agreement, "add"))) == list(OPEN)


def test_a_publisher_chooses_among_all(as_publisher):
    page = as_publisher.get(address(make_agreement(state="draft"), "change"))
    assert choices(page) == list(PublicationState.values)


@pytest.mark.parametrize("state", CLOSED)
def test_a_forged_state_does_not_publish(as_editor, state):
    draft = make_agreement(state="draft")
    answer = as_editor.post(
        address(draft, "change"), posted(as_editor.get(address(draft, "change"))) | {"state": state}
    )
    assert answer.status_code == 200
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_a_forged_new_record_does_not_publish(as_editor):
    data = posted(as_editor.get(address(Agreement, "add"))) | {"title": "New", "kind": "mou", "state": "published"}
    assert as_editor.post(address(Agreement, "add"), data).status_code == 200
    assert not Agreement.objects.exists()


@pytest.mark.parametrize("state", CLOSED)
def test_what_is_or_was_public_is_read_only_for_editors(as_editor, state):
    agreement = make_agreement("Old title", parties=[make_organization()], state=state)
    page = as_editor.get(address(agreement, "change"))
    assert page.status_code == 200
    if state == "archived":
        assert not page.context["has_change_permission"]
        assert "changed by a publisher" in page.content.decode()
        inlines = page.context["inline_admin_formsets"]
        assert all(not inline.formset.forms or not inline.has_change_permission for inline in inlines)
    else:
        assert "Propose this change" in page.content.decode()
    data = {"title": "New title", "kind": "mou", "state": "draft", "seen_version": agreement.version}
    assert as_editor.post(address(agreement, "change"), data).status_code == 403
    agreement.refresh_from_db()
    assert (agreement.title, agreement.state) == ("Old title", state)


def test_rows_of_a_public_record_are_locked_too(as_editor):
    agreement = make_agreement(parties=[make_organization()])
    party = agreement.parties.get()
    data = {
        "parties-TOTAL_FORMS": "1",
        "parties-INITIAL_FORMS": "1",
        "parties-0-id": str(party.pk),
        "parties-0-organization": str(party.organization_id),
        "parties-0-DELETE": "on",
    }
    assert as_editor.post(address(agreement, "change"), data).status_code == 403
    assert Party.objects.filter(pk=party.pk).exists()


@pytest.mark.parametrize("action", ["publish", "archive"])
def test_a_forged_action_does_not_publish(as_editor, action):
    draft = make_agreement(state="draft")
    page = as_editor.get(address(Agreement, "changelist")).content.decode()
    assert f'value="{action}"' not in page
    act(as_editor, action, draft)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_an_editor_cannot_take_back_what_is_public(as_editor):
    public = make_agreement("The plan")
    answer = act(as_editor, "return_to_draft", public)
    public.refresh_from_db()
    assert public.state == "published"
    assert "The plan" in messages(answer)
    assert "permission" in messages(answer)


def test_an_editor_sends_to_review_and_takes_back(as_editor):
    draft = make_agreement(state="draft")
    act(as_editor, "send_to_review", draft)
    draft.refresh_from_db()
    assert draft.state == "in_review"
    act(as_editor, "return_to_draft", draft)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_a_publisher_publishes_and_archives(as_publisher, publisher):
    unodc = make_organization()
    first, second = (make_agreement(state=state, parties=[unodc]) for state in ("in_review", "draft"))
    answer = act(as_publisher, "publish", first, second)
    assert "2 records: published." in messages(answer)
    first.refresh_from_db()
    assert (first.state, first.version) == ("published", 2)
    latest = first.history.latest()
    assert (latest.history_user, latest.history_change_reason) == (publisher, "published")
    act(as_publisher, "archive", first)
    first.refresh_from_db()
    assert first.state == "archived"
    assert "1 record was there already." in messages(act(as_publisher, "archive", first))


def test_a_record_that_is_not_right_is_refused_by_name_and_the_others_go(as_publisher):
    right, wrong = (
        make_agreement(title, state="draft", parties=[make_organization()]) for title in ("Right", "Half a plan")
    )
    Agreement.objects.filter(pk=wrong.pk).update(kind="")
    answer = act(as_publisher, "publish", right, wrong)
    right.refresh_from_db(), wrong.refresh_from_db()
    assert (right.state, wrong.state) == ("published", "draft")
    assert "Half a plan" in messages(answer)
    assert "kind" in messages(answer)


def test_publishing_by_form_says_so_in_the_history(as_publisher):
    draft = make_agreement(state="draft", parties=[make_organization()])
    data = posted(as_publisher.get(address(draft, "change"))) | {"state": "published"}
    assert as_publisher.post(address(draft, "change"), data).status_code == 302
    assert draft.history.latest().history_change_reason == "moved to “published”"


def test_only_publishers_delete(client, editor, publisher):
    draft = make_agreement(state="draft")
    client.force_login(editor)
    assert client.post(address(draft, "delete"), {"post": "yes"}).status_code == 403
    assert "delete_selected" not in client.get(address(Agreement, "changelist")).content.decode()
    client.force_login(publisher)
    assert client.post(address(draft, "delete"), {"post": "yes"}).status_code == 302
    assert not Agreement.objects.exists()


def test_what_others_need_is_not_deleted_and_no_server_error(as_publisher):
    organization = make_organization()
    make_agreement(parties=[organization])
    answer = as_publisher.post(address(organization, "delete"), {"post": "yes"})
    assert answer.status_code == 200
    assert "protected" in answer.content.decode()


def test_money_needs_its_currency(as_chief):
    contribution = make_contribution(project=make_project())
    data = posted(as_chief.get(address(contribution, "change"))) | {"amount": "5", "currency": ""}
    answer = as_chief.post(address(contribution, "change"), data)
    assert "An amount needs its currency" in errors(answer)
    assert Contribution.objects.get().amount is None
