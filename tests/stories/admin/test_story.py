"""A story on one page: evidence is vouched for, proposals are decided, and nothing of it publishes by itself."""

import pytest

from stories import actions
from stories.models import Evidence, NewsItem, Proposal
from tests.factories import make, make_agreement, make_country, make_evidence, make_organization, make_story
from tests.partnerships.admin.desk import address, errors, posted, rows

pytestmark = pytest.mark.django_db


def proposal(story, **target):
    kind = next(iter(target))
    return make(Proposal, story=story, kind=kind, excerpt="as it says", **target)


def test_whoever_saves_a_claim_vouches_for_it(as_editor, editor):
    story, agreement = make_story(state="draft"), make_agreement()
    data = posted(as_editor.get(address(story, "change"))) | rows(
        "evidence", {"claim": "signed", "excerpt": "signed in Doha", "agreement": str(agreement.pk)}
    )
    assert as_editor.post(address(story, "change"), data).status_code == 302
    evidence = Evidence.objects.get()
    assert (evidence.target, evidence.confirmed_by) == (agreement, editor)
    assert evidence.confirmed_on


def test_a_claim_proves_one_thing(as_editor):
    story = make_story(state="draft")
    data = posted(as_editor.get(address(story, "change"))) | rows("evidence", {"claim": "signed", "excerpt": "x"})
    answer = as_editor.post(address(story, "change"), data)
    assert "exactly one agreement" in errors(answer)


def test_an_agreements_page_shows_its_evidence(as_editor):
    agreement = make_agreement(state="draft")
    known = make_evidence(make_story("Known story"), agreement=agreement)
    page = as_editor.get(address(agreement, "change"))
    assert posted(page)["evidence-0-excerpt"] == known.excerpt
    assert "Known story" in page.content.decode()


def test_a_draft_agreement_may_cite_a_published_story(as_editor, editor):
    agreement = make_agreement(state="draft")
    claim = {"story": str(make_story().pk), "claim": "signed", "excerpt": "they signed"}
    data = posted(as_editor.get(address(agreement, "change"))) | rows("evidence", claim)
    assert as_editor.post(address(agreement, "change"), data).status_code == 302
    assert agreement.evidence.get().confirmed_by == editor
    assert not Evidence.objects.published().exists()


def test_what_would_be_public_at_once_is_the_publishers_to_write(client, editor, publisher):
    story, agreement = make_story(), make_agreement()
    data = {"story": str(story.pk), "claim": "signed", "excerpt": "they signed", "agreement": str(agreement.pk)}
    client.force_login(editor)
    answer = client.post(address(Evidence, "add"), data)
    assert "Ask a publisher" in errors(answer)
    assert not Evidence.objects.exists()
    client.force_login(publisher)
    assert client.post(address(Evidence, "add"), data).status_code == 302


def test_evidence_of_a_published_story_is_read_only_for_editors(as_editor):
    evidence = make_evidence(make_story(), agreement=make_agreement())
    assert as_editor.get(address(evidence, "change")).status_code == 200
    assert as_editor.post(address(evidence, "change"), {"excerpt": "forged"}).status_code == 403
    assert as_editor.post(address(evidence, "delete"), {"post": "yes"}).status_code == 403


def test_claims_are_confirmed_in_the_list(as_editor, editor):
    draft = make_evidence(make_story(state="draft"), agreement=make_agreement())
    public = make_evidence(make_story(), agreement=make_agreement())
    data = {"action": "confirm", "_selected_action": [draft.pk, public.pk]}
    as_editor.post(address(Evidence, "changelist"), data)
    draft.refresh_from_db(), public.refresh_from_db()
    assert (draft.confirmed_by, public.confirmed_by) == (editor, None)


def test_proposals_are_decided_on_the_storys_page(as_editor, editor):
    fifa, niger = make_organization("FIFA"), make_country("NE")
    story = make_story(state="draft")
    first, second = proposal(story, organization=fifa), proposal(story, country=niger)
    data = posted(as_editor.get(address(story, "change"))) | {
        "proposals-0-decision": "accepted",
        "proposals-1-decision": "rejected",
    }
    assert as_editor.post(address(story, "change"), data).status_code == 302
    first.refresh_from_db(), second.refresh_from_db()
    assert (first.decision, first.decided_by, second.decision) == ("accepted", editor, "rejected")
    assert list(story.organizations.all()) == [fifa]
    assert not story.countries.exists()


def test_proposals_are_decided_in_the_list(as_editor):
    fifa, unv = make_organization("FIFA"), make_organization("UNV")
    story = make_story(state="draft")
    chosen = [proposal(story, organization=fifa), proposal(story, organization=unv)]
    data = {"action": "accept", "_selected_action": [one.pk for one in chosen]}
    answer = as_editor.post(address(Proposal, "changelist"), data, follow=True)
    assert "2 proposals decided." in " ".join(map(str, answer.context["messages"]))
    assert set(story.organizations.all()) == {fifa, unv}
    assert NewsItem.objects.get(pk=story.pk).version == 2


def test_a_published_storys_proposals_wait_for_a_publisher(as_editor):
    one = proposal(make_story(), organization=make_organization())
    data = {"action": "accept", "_selected_action": [one.pk]}
    answer = as_editor.post(address(Proposal, "changelist"), data, follow=True)
    assert "waits for a publisher" in " ".join(map(str, answer.context["messages"]))
    assert not one.story.organizations.exists()


def test_an_accepted_proposal_makes_open_forms_a_conflict(as_chief):
    story = make_story(state="draft")
    one = proposal(story, organization=make_organization("FIFA"))
    stale = posted(as_chief.get(address(story, "change")))
    actions.accept(proposals=[one], by=None)
    answer = as_chief.post(address(story, "change"), stale)
    assert answer.status_code == 409
    assert {change.field: change.new for change in answer.context["theirs"][0].changes} == {"organizations": "FIFA"}
    assert answer.context["mine"] == []
    assert story.organizations.count() == 1


def test_a_decision_can_be_changed_and_repeated():
    story = make_story(state="draft")
    one = proposal(story, organization=make_organization())
    assert actions.accept(proposals=[one], by=None) == [one]
    assert actions.accept(proposals=[one], by=None) == []
    assert actions.reject(proposals=[one], by=None) == [one]


@pytest.mark.parametrize("state", ["published", "archived"])
def test_a_forged_state_does_not_publish(as_editor, state):
    story = make_story(state="draft")
    data = posted(as_editor.get(address(story, "change"))) | {"state": state}
    assert as_editor.post(address(story, "change"), data).status_code == 200
    story.refresh_from_db()
    assert story.state == "draft"


def test_a_story_without_a_date_is_not_published(as_publisher):
    story = make_story("No date", state="draft", event_start=None)
    data = {"action": "publish", "_selected_action": [story.pk]}
    answer = as_publisher.post(address(NewsItem, "changelist"), data, follow=True)
    assert "A published story needs a date" in " ".join(map(str, answer.context["messages"]))
    story.refresh_from_db()
    assert story.state == "draft"


def test_a_form_cleans_the_text(as_chief):
    story = make_story()
    data = posted(as_chief.get(address(story, "change"))) | {"body": "<p>Yes</p><script>alert(1)</script>"}
    assert as_chief.post(address(story, "change"), data).status_code == 302
    story.refresh_from_db()
    assert story.body == "<p>Yes</p>"
