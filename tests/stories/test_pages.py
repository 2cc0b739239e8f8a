"""The stories' own pages: the text as it is safe to show, what it proves, and what is not known."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stories.models import NewsItem, StoryImage, StoryLink
from tests import factories as make
from tests.partnerships.test_pages import text_of
from tests.partnerships.world import make_world

pytestmark = pytest.mark.django_db


def page(client, record):
    return text_of(client.get(record.get_absolute_url()))


def test_a_story_shows_its_text_its_evidence_and_its_people(client):
    world = make_world(1)
    shown = page(client, world.story)
    assert "The harbours are open." in shown
    assert "What this story proves 4" in shown
    assert "Two harbours open: the money proves the contribution of Harbour Fund" in shown
    assert "Two harbours open: fewer ships proves Ships repaired" in shown
    assert "Who speaks or acts Ada Harbour" in shown
    for heading in ("Agreements 1", "Projects 1", "Events 1"):
        assert heading in shown


def test_whose_contribution_is_proved_is_marked_as_english(client):
    world = make_world(1)
    shown = client.get("/fr" + world.story.get_absolute_url()).content.decode()
    assert 'la contribution de <span lang="en" dir="ltr">Harbour Fund</span></a>' in shown


def test_a_body_that_was_written_past_the_model_is_cleaned_again(client):
    story = make.make_story("Hostile")
    NewsItem.objects.filter(pk=story.pk).update(
        body='<p onclick="x()">Fine</p><script>alert(1)</script><a href="javascript:x">link</a><img src=x onerror=x>'
    )
    html = client.get(story.get_absolute_url()).content.decode()
    assert "<p>Fine</p>" in html
    for part in ("alert(1)", "onclick", "javascript:", "onerror"):
        assert part not in html


def test_links_without_an_address_say_so(client):
    story = make.make_story()
    make.make(StoryLink, story=story, title="The Sahel Programme")
    make.make(StoryLink, story=story, title="A page", url="https://example.org/page")
    html = client.get(story.get_absolute_url()).content.decode()
    assert "The Sahel Programme address not known" in page(client, story)
    assert '<a href="https://example.org/page" rel="external nofollow">A page</a>' in html


def test_pictures_keep_their_credit(client):
    story = make.make_story()
    make.make(StoryImage, story=story, credit="© UNODC", caption="The signing", source_url="https://example.org/a.jpg")
    make.make(StoryImage, story=story)
    shown = page(client, story)
    assert "Pictures 2 The signing © UNODC See the picture at its source" in shown
    assert "A picture without a caption credit not recorded" in shown


def test_a_source_that_nobody_recorded_is_told(client):
    assert "Source not recorded" in page(client, make.make_story())
    assert "example.org/story" in page(client, make.make_story(source_url="https://www.example.org/story/"))


def test_titles_in_another_language_are_marked_as_such(client):
    arabic = make.make_story("مذكرة تفاهم", language="ar")
    french = make.make_story("Un protocole d’accord", language="fr", same_story_as=arabic)
    assert '<span lang="ar" dir="rtl">مذكرة تفاهم</span>' in client.get("/stories/").content.decode()
    assert '<span lang="fr" dir="ltr">' in client.get(arabic.get_absolute_url()).content.decode()
    assert "Language Arabic" in page(client, arabic)
    assert f'href="{arabic.get_absolute_url()}"' in client.get(french.get_absolute_url()).content.decode()


def reads_of_bodies(client, address):
    """The statements with which a page reads bodies of stories."""
    with CaptureQueriesContext(connection) as statements:
        assert client.get(address).status_code == 200
    return [one["sql"] for one in statements if '"stories_newsitem"."body"' in one["sql"].split(" FROM ")[0]]


def test_lists_and_quotations_never_read_a_body(client):
    world = make_world(1)
    for address in ("/", "/stories/", "/search/?q=WHO-A Niger 2019", world.agreement.get_absolute_url()):
        assert reads_of_bodies(client, address) == []


def test_passages_are_made_from_the_bodies_of_the_page_only(client):
    ids = [make.make_story(f"Quay {number:02}", body="<p>Ships at the quay.</p>").pk for number in range(30)]
    for page_number, count in ((1, 25), (2, 5)):
        (statement,) = reads_of_bodies(client, f"/search/?q=quay&page={page_number}")
        named = {int(word) for word in re.findall(r"[0-9]+", statement.split(" IN (")[-1].split(")")[0])}
        assert len(named & set(ids)) == len(named) == count


def test_evidence_of_a_draft_story_is_not_quoted(client):
    agreement = make.make_agreement(signed="2019")
    story = make.make_story("Secret story", state="draft")
    make.make_evidence(story, agreement=agreement, excerpt="signed in secret")
    shown = page(client, agreement)
    assert "signed in secret" not in shown
    assert "No passage of a story has been confirmed as evidence for this record yet." in shown


def test_evidence_for_a_draft_contribution_is_not_quoted(client):
    project = make.make_project(starts="2019")
    money = make.make_contribution(project=project, state="draft", amount="7", currency="EUR")
    make.make_evidence(make.make_story(), contribution=money, excerpt="seven euros")
    assert "seven euros" not in page(client, project)


def test_much_evidence_is_cut_and_says_so(client):
    agreement = make.make_agreement(signed="2019")
    for number in range(14):
        make.make_evidence(make.make_story(), agreement=agreement, excerpt=f"passage {number}")
    shown = page(client, agreement)
    assert "Evidence 14" in shown
    assert "The newest 12 of 14 passages" in shown
