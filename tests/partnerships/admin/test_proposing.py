"""What an editor would change in a public record waits for a publisher; until then nothing of it is anywhere else."""

import pytest

from partnerships import ledger
from partnerships.models import Agreement, Party, ProposedChange, ReviewNote
from partnerships.versions import whole_of
from tests.factories import make_agreement, make_country, make_event, make_organization

from .desk import address, posted, rows

pytestmark = pytest.mark.django_db
State = ProposedChange.State


@pytest.fixture
def agreement():
    return make_agreement("Old title", parties=[make_organization("FIFA")], countries=[make_country("NE", "Niger")])


@pytest.fixture
def propose(client, editor, agreement):
    """Post the form of a public agreement with these fields, as an editor."""

    def propose(change, comment="Please"):
        client.force_login(editor)
        page = client.get(address(agreement, "change"))
        assert page.context["proposing"]
        data = posted(page) | {"proposal_comment": comment} | change
        answer = client.post(address(agreement, "propose", agreement.pk), data)
        return answer

    return propose


def decide(client, user, proposal, deed, text="", **more):
    client.force_login(user)
    proposal.refresh_from_db()
    record = proposal.record
    data = {"deed": deed, "text": text, "revision": proposal.revision, "seen_version": record.version if record else ""}
    return client.post(address(ProposedChange, "decide", proposal.pk), data | more)


def now(agreement):
    return Agreement.objects.get(pk=agreement.pk)


def test_the_form_is_open_and_the_record_stays(propose, agreement, editor, client):
    before, head = whole_of(agreement), ledger.head(editor)
    unv, chad = make_organization("UNV"), make_country("TD", "Chad")
    head = ledger.head(editor)
    answer = propose(
        {
            "title": "New title",
            "countries": [str(chad.pk)],
            "parties-0-note": "host",
            "parties-TOTAL_FORMS": "2",
            "parties-1-organization": str(unv.pk),
            "parties-1-agreement": str(agreement.pk),
        }
    )
    proposal = ProposedChange.objects.get()
    assert answer.status_code == 302
    assert answer.url == address(ProposedChange, "change", proposal.pk)
    assert (proposal.proposed_by, proposal.state, proposal.base_version) == (editor, State.OPEN, 1)
    assert whole_of(agreement) == before
    assert (now(agreement).version, agreement.history.count(), ledger.head(editor)) == (1, 1, head)
    assert [(note.deed, note.text) for note in proposal.notes.all()] == [("proposed", "Please")]
    for where in ("/agreements/", agreement.get_absolute_url(), "/api/v1/agreements/", "/search/?q=New+title"):
        client.logout()
        assert "New title</" not in client.get(where).content.decode()


def test_accepting_writes_it_with_its_rows_and_names_the_proposer(propose, agreement, client, publisher):
    unv, chad = make_organization("UNV"), make_country("TD", "Chad")
    propose(
        {
            "title": "New title",
            "countries": [str(chad.pk)],
            **{"parties-TOTAL_FORMS": "2", "parties-1-organization": str(unv.pk)},
            **rows("areas", {"position": "1", "text": "Sport"}),
        }
    )
    proposal = ProposedChange.objects.get()
    client.force_login(publisher)
    page = client.get(address(ProposedChange, "change", proposal.pk))
    assert {(edit.verb, edit.name) for edit in page.context["edits"]} == {
        ("~", ""),
        ("+", "party “UNV”"),
        ("+", "area of cooperation “Sport”"),
    }
    assert decide(client, publisher, proposal, "accept", "Thanks").status_code == 302
    made = now(agreement)
    assert (made.title, made.version, made.state) == ("New title", 2, "published")
    assert {party.organization.name for party in made.parties.all()} == {"FIFA", "UNV"}
    assert [area.text for area in made.areas.all()] == ["Sport"]
    assert list(made.countries.all()) == [chad]
    entry = made.history.latest()
    assert (entry.history_user, entry.history_change_reason) == (publisher, "proposed by Edi Tor")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by) == (State.ACCEPTED, publisher)


def test_what_changed_since_stays_and_what_clashes_is_chosen(propose, agreement, client, publisher):
    propose({"title": "Mine", "description": "Typed by the editor"})
    proposal = ProposedChange.objects.get()
    live = now(agreement)
    live.title, live.place = "Theirs", "Vienna"
    live.save()
    client.force_login(publisher)
    page = client.get(address(ProposedChange, "change", proposal.pk))
    assert [(clash.key, clash.base, clash.theirs, clash.mine) for clash in page.context["clashes"]] == [
        ("::title", "Old title", "Theirs", "Mine")
    ]
    unchosen = decide(client, publisher, proposal, "accept")
    assert unchosen.status_code == 409
    assert now(agreement).title == "Theirs"
    assert decide(client, publisher, proposal, "accept", **{"choose-::title": "mine"}).status_code == 302
    made = now(agreement)
    assert (made.title, made.place, made.description) == ("Mine", "Vienna", "Typed by the editor")


def test_a_version_or_a_revision_that_was_not_read_is_not_accepted(propose, agreement, client, publisher):
    propose({"title": "Mine"})
    proposal = ProposedChange.objects.get()
    assert decide(client, publisher, proposal, "accept", seen_version=9).status_code == 409
    assert decide(client, publisher, proposal, "accept", revision=9).status_code == 409
    assert now(agreement).title == "Old title"


def test_sent_back_revised_and_accepted(propose, agreement, client, publisher, editor):
    unv = make_organization("UNV")
    propose({"title": "Mine", "parties-TOTAL_FORMS": "2", "parties-1-organization": str(unv.pk)})
    proposal = ProposedChange.objects.get()
    assert decide(client, publisher, proposal, "send_back").status_code == 409  # a comment is needed
    assert decide(client, publisher, proposal, "send_back", "Add the role").status_code == 302
    client.force_login(editor)
    lines = {
        str(line["title"]): line["count"] for _theme, found in client.get("/admin/").context["themes"] for line in found
    }
    assert lines["proposed changes of yours that were sent back"] == 1
    page = client.get(address(agreement, "change"))
    data = posted(page)
    assert (data["title"], data["parties-TOTAL_FORMS"]) == ("Mine", "2")
    propose({"parties-1-note": "observer"}, "Done")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.revision, ProposedChange.objects.count()) == (State.OPEN, 2, 1)
    assert Party.objects.count() == 1
    propose({"parties-1-note": "guest"})
    assert decide(client, publisher, proposal, "accept").status_code == 302
    assert {(party.organization.name, party.note) for party in now(agreement).parties.all()} == {
        ("FIFA", ""),
        ("UNV", "guest"),
    }
    assert [note.deed for note in proposal.notes.all()] == ["proposed", "sent_back", "revised", "revised", "accepted"]


def test_only_the_proposer_withdraws(propose, client, publisher, editor):
    propose({"title": "Mine"})
    proposal = ProposedChange.objects.get()
    assert decide(client, publisher, proposal, "withdraw").status_code == 403
    assert decide(client, editor, proposal, "withdraw").status_code == 302
    proposal.refresh_from_db()
    assert proposal.state == State.WITHDRAWN
    assert decide(client, publisher, proposal, "accept").status_code == 409


@pytest.mark.parametrize("deed", ["accept", "send_back"])
def test_an_editor_decides_on_nothing(deed, propose, agreement, client, editor):
    propose({"title": "Mine"})
    proposal = ProposedChange.objects.get()
    assert decide(client, editor, proposal, deed, "I say so").status_code == 403
    proposal.refresh_from_db()
    assert (proposal.state, now(agreement).title) == (State.OPEN, "Old title")


def test_what_would_take_away_what_a_public_record_needs_is_not_accepted(propose, agreement, client, publisher):
    propose({"parties-0-DELETE": "on"})
    proposal = ProposedChange.objects.get()
    answer = decide(client, publisher, proposal, "accept")
    assert answer.status_code == 409
    assert "made between parties: add at least one of them" in answer.content.decode()
    proposal.refresh_from_db()
    assert (proposal.state, now(agreement).parties.count()) == (State.OPEN, 1)


def test_forged_posts_change_nothing(propose, agreement, client, editor):
    before = whole_of(agreement)
    propose({"title": "Mine", "state": "draft", "version": "9", "parties-0-DELETE": "on", "_continue": "1"})
    assert (whole_of(agreement), now(agreement).state, now(agreement).version) == (before, "published", 1)
    client.force_login(editor)
    assert client.post(address(agreement, "change"), {"title": "Mine"}).status_code == 403
    draft, archived = make_agreement(state="draft"), make_agreement(state="archived")
    for record in (draft, archived):
        assert client.get(address(record, "propose", record.pk)).status_code == 403
        assert client.post(address(record, "propose", record.pk), {"title": "x"}).status_code == 403


def test_nothing_changed_is_no_proposal(propose):
    answer = propose({})
    assert answer.status_code == 302
    assert not ProposedChange.objects.exists()


def test_what_the_form_refuses_is_not_kept(propose, agreement):
    answer = propose({"signed": "someday", "title": "Mine"})
    assert answer.status_code == 200
    assert "someday" in answer.content.decode()
    assert not ProposedChange.objects.exists()
    assert not ReviewNote.objects.exists()


def test_a_proposal_outlives_its_record(client, editor, publisher):
    event = make_event("Meeting")
    client.force_login(editor)
    data = posted(client.get(address(event, "change"))) | {"place": "Vienna"}
    client.post(address(event, "propose", event.pk), data)
    proposal = ProposedChange.objects.get()
    event.delete()
    client.force_login(publisher)
    assert client.get(address(ProposedChange, "change", proposal.pk)).status_code == 200
    assert decide(client, publisher, proposal, "accept").status_code in (403, 409)


def test_a_visitor_is_asked_to_sign_in(client):
    agreement = make_agreement()
    assert client.get(address(agreement, "propose", agreement.pk)).status_code == 302
