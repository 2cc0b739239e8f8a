"""The page as visitors would see it: exactly theirs, and gone without a trace when it has been looked at."""

import re

import pytest

from partnerships import actions, ledger, memory
from partnerships.models import Agreement, ProposedChange
from tests.factories import make_agreement, make_contribution, make_event, make_organization, make_project, make_story

from .desk import address, posted

pytestmark = pytest.mark.django_db


def preview(client, record):
    return client.get(address(record, "preview", record.pk))


def body(response):
    """The page without the bar of the preview."""
    text = response.content.decode()
    return re.sub(r'\s*<aside class="preview".*?</aside>', "", text, flags=re.DOTALL)


def test_it_is_the_page_that_visitors_will_see(client, publisher):
    partner, secret = make_organization("FIFA"), make_organization("Secret partner", state="draft")
    draft = make_agreement("The plan", state="draft", parties=[partner, secret], internal_note="between us")
    client.force_login(publisher)
    shown = preview(client, draft)
    assert shown.status_code == 200
    assert "no-store" in shown["Cache-Control"]
    assert "ETag" not in shown
    assert "if it were published now" in shown.content.decode()
    assert "Secret partner" not in shown.content.decode()
    assert "between us" not in shown.content.decode()
    actions.publish(records=[draft], by=publisher)
    client.logout()
    assert words(client.get(draft.get_absolute_url()).content.decode()) == words(body(shown))


def words(page):
    """The page without its tags, and without what is dated to the second."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>|\d\d:\d\d:\d\d(\.\d+)?", " ", page))


def test_it_leaves_nothing_behind(client, publisher, settings):
    settings.API_MEMORY = 16
    make_agreement("Public", parties=[make_organization("FIFA")])
    draft = make_agreement("The plan", state="draft", parties=[make_organization("UNV")])
    where = draft.get_absolute_url()
    before = (client.get("/").content, client.get("/agreements/").content, client.get("/network/").content)
    head, histories = ledger.head(None), Agreement.history.count()
    memory.figures.values = {}
    client.force_login(publisher)
    assert preview(client, draft).status_code == 200
    assert memory.figures.values == {}
    assert (ledger.head(None), Agreement.history.count()) == (head, histories)
    client.logout()
    assert client.get(where).status_code == 404
    assert "The plan" not in client.get("/search/?q=plan").content.decode()
    assert "The plan" not in client.get("/api/v1/agreements/?count=true").content.decode()
    assert (client.get("/").content, client.get("/agreements/").content, client.get("/network/").content) == before
    draft.refresh_from_db()
    assert (draft.state, draft.version) == ("draft", 1)


def test_what_comes_next_has_the_number_that_the_preview_had_and_remembers_nothing_of_it(client, publisher):
    """The state that the preview imagines is the one that the next change really has."""
    partner = make_organization("FIFA")
    draft = make_project("Ports", state="draft", participants=[(partner, "funding")])
    client.force_login(publisher)
    preview(client, draft)
    client.logout()
    other = make_organization("Another")
    assert client.get(f"/organizations/{other.slug}/").status_code == 200
    assert "Ports" not in client.get(partner.get_absolute_url()).content.decode()
    assert client.get("/api/v1/projects/?count=true").json()["count"] == 0


def test_what_it_lacks_is_said(client, publisher):
    event = make_event("Meeting", state="in_review")
    client.force_login(publisher)
    assert "Say when it is or was held" in preview(client, event).content.decode()


def test_what_cannot_be_published_or_is_hidden_says_why(client, publisher):
    undated = make_story("Undated", event_start=None, state="draft")
    hidden = make_contribution(project=make_project("Secret", state="draft"), state="draft")
    client.force_login(publisher)
    assert "cannot be published as it is" in preview(client, undated).content.decode()
    assert "what it belongs to is not published" in preview(client, hidden).content.decode()


def test_a_proposal_is_previewed_on_the_record_of_today(client, editor, publisher):
    agreement = make_agreement("Old title", parties=[make_organization("FIFA")])
    client.force_login(editor)
    data = posted(client.get(address(agreement, "change"))) | {"description": "As proposed"}
    client.post(address(agreement, "propose", agreement.pk), data)
    agreement.refresh_from_db()
    agreement.title = "New title"
    agreement.save()
    page = client.get(address(ProposedChange, "preview", ProposedChange.objects.get().pk)).content.decode()
    assert "New title" in page
    assert "As proposed" in page
    client.logout()
    assert "As proposed" not in client.get(agreement.get_absolute_url()).content.decode()


def test_it_is_for_the_desk(client):
    assert preview(client, make_agreement(state="draft")).status_code == 302


def test_a_memory_that_is_bypassed_neither_tells_nor_keeps():
    kept = memory.Memory(10)
    kept.put("s", "a", 1)
    with memory.bypassed():
        assert kept.get("s", "a") is None
        assert kept.put("s", "b", 2) == 2
    assert (kept.get("s", "a"), kept.get("s", "b")) == (1, None)
