"""What goes out is decided by the rules of the desk, whoever asks over the API."""

import pytest
from django.contrib.auth.models import Permission

from partnerships.models import Agreement
from tests.factories import (
    make_agreement,
    make_contribution,
    make_organization,
    make_project,
    make_story,
    make_user,
)

STATES = {"publish": "published", "review": "in_review", "archive": "archived", "draft": "draft"}


def moved(write, slug, deed, status=200):
    address = f"agreements/{slug}/"
    tag = write.get(address)["ETag"]
    return write.post(f"{address}{deed}/", None, status, If_Match=tag)


@pytest.mark.parametrize("start", ["draft", "in_review", "published", "archived"])
@pytest.mark.parametrize("deed", STATES)
def test_who_moves_what(start, deed, write, edit):
    agreement = make_agreement("Memorandum", state=start, parties=[make_organization()])
    # An editor moves what is not public between the states that are not.
    allowed = {start, STATES[deed]} <= {"draft", "in_review"}
    moved(edit, "memorandum", deed, 200 if allowed else 403)
    agreement.refresh_from_db()
    assert agreement.state == (STATES[deed] if allowed else start)
    Agreement.objects.filter(pk=agreement.pk).update(state=start)
    answer = moved(write, "memorandum", deed).answer
    agreement.refresh_from_db()
    assert agreement.state == STATES[deed]
    assert (answer["version"], answer["state"]) == (agreement.version, STATES[deed])


def test_a_move_is_in_the_history_and_is_one_version(write, publisher):
    agreement = make_agreement("Memorandum", state="draft", parties=[make_organization()])
    assert moved(write, "memorandum", "publish").answer["version"] == 2
    latest = agreement.history.latest()
    assert (latest.history_user, latest.history_change_reason) == (publisher, "published (API, token report)")
    assert moved(write, "memorandum", "publish").answer["version"] == 2


def test_a_move_names_the_version_too(write):
    make_agreement("Memorandum", state="draft")
    write.post("agreements/memorandum/publish/", None, 428)
    assert write.post("agreements/memorandum/publish/", None, 412, If_Match='"agreement-1-v9"').answer["version"] == 1
    assert Agreement.objects.get().state == "draft"


def test_what_is_not_right_does_not_go_out(write):
    make_story("Undated", event_start=None, state="draft")
    tag = write.get("news/undated/")["ETag"]
    response = write.post("news/undated/publish/", None, 409, If_Match=tag)
    assert "A published story needs a date" in response.answer["detail"]


def test_what_it_lacks_is_said_and_what_it_has_not_lacked_goes_out(write):
    make_agreement("Memorandum", state="draft")
    lacking = moved(write, "memorandum", "publish", 409).answer["detail"]
    assert lacking == "An agreement of this kind is made between parties: add at least one of them."
    assert Agreement.objects.get().state == "draft"
    moved(write, "memorandum", "review")
    write.patch("agreements/memorandum/", {"parties": [{"organization": make_organization("FIFA").slug}]})
    assert moved(write, "memorandum", "publish").answer["state"] == "published"


def test_what_is_public_is_changed_by_those_who_publish(write, edit):
    make_agreement("Memorandum")
    for method, body in (("put", {"title": "Mine", "kind": "mou"}), ("patch", {"title": "Mine"})):
        assert (
            "changed by those who publish" in edit.change(method, "agreements/memorandum/", body, 403).answer["detail"]
        )
    edit.delete("agreements/memorandum/", 403)
    assert Agreement.objects.get().title == "Memorandum"
    assert write.patch("agreements/memorandum/", {"title": "Ours"}).answer["title"] == "Ours"


def test_an_editor_does_not_delete(edit, write):
    make_agreement("Memorandum", state="draft")
    edit.delete("agreements/memorandum/", 403)
    write.delete("agreements/memorandum/")


def test_scopes(as_token, publisher, analyst):
    make_agreement("Memorandum", state="draft", parties=[make_organization()])
    reads, writes, moves = (as_token(publisher, *scopes) for scopes in (["read"], ["write"], ["publish"]))
    body = {"title": "A", "kind": "mou"}
    assert "“write”" in reads.post("agreements/", body, 403).answer["detail"]
    assert "“write”" in moves.post("agreements/", body, 403).answer["detail"]
    assert "“publish”" in moved(writes, "memorandum", "publish", 403).answer["detail"]
    assert "“publish”" in moved(reads, "memorandum", "review", 403).answer["detail"]
    writes.post("agreements/", body)
    moved(moves, "memorandum", "publish")
    assert "works at the desk" in as_token(analyst).post("agreements/", body, 403).answer["detail"]


def test_who_may_not_touch_the_rows_does_not_touch_them(as_token, db):
    user = make_user("limited")
    names = ["change_agreement", "view_agreement"]
    user.user_permissions.add(*Permission.objects.filter(codename__in=names, content_type__app_label="partnerships"))
    make_agreement("Memorandum", state="draft", parties=[make_organization("FIFA")])
    write = as_token(user)
    assert (
        "add parties"
        in (
            write.patch(
                "agreements/memorandum/",
                {"parties": [{"organization": "fifa"}, {"organization": make_organization("UNV").pk}]},
                403,
            ).answer["detail"]
        )
    )
    assert "delete parties" in write.patch("agreements/memorandum/", {"parties": []}, 403).answer["detail"]
    write.patch("agreements/memorandum/", {"title": "Ours"})


def test_a_session_reads_and_never_writes(client, editor, analyst):
    make_contribution(project=make_project("P"))
    client.force_login(editor)
    response = client.post("/api/v1/agreements/", "{}", content_type="application/json")
    assert (response.status_code, response["Content-Type"]) == (403, "application/problem+json")
    assert "token" in response.json()["detail"]
    assert client.get("/api/v1/agreements/").status_code == 200


def test_only_who_writes_is_told_the_state(client, write, editor):
    make_agreement("Memorandum")
    assert write.get("agreements/memorandum/").answer["state"] == "published"
    assert "state" not in client.get("/api/v1/agreements/memorandum/").json()
    client.force_login(editor)
    assert "state" not in client.get("/api/v1/agreements/memorandum/").json()
