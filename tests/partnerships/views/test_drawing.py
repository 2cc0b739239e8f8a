"""Timelines on the pages: what is drawn, what is told of it, and what is kept back."""

from datetime import date

import pytest

from partnerships.models import Agreement
from partnerships.views.drawing import MOST_DRAWN, MOST_MARKED, draw
from tests import factories as make
from tests.partnerships.test_pages import text_of

pytestmark = pytest.mark.django_db


def drawn_on(client, address):
    response = client.get(address)
    drawing = response.context.get("drawing")
    return {row.record.slug for row in drawing.timeline.rows} if drawing else None


def test_an_agreement_shows_its_whole_history_without_drafts(client):
    first = make.make_agreement(slug="first", signed="1993")
    second = make.make_agreement(slug="second", signed="2003", supersedes=[first])
    third = make.make_agreement(slug="third", signed="2013", supersedes=[second])
    make.make_agreement(slug="plan-of-first", signed="1995", parent=first)
    draft = make.make_agreement(slug="draft", signed="2020", supersedes=[third], state="draft")
    make.make_agreement(slug="beyond", signed="2021", supersedes=[draft])
    make.make_agreement(slug="draft-plan", signed="2014", parent=third, state="draft")
    framework = make.make_agreement(slug="framework", signed="1990")
    Agreement.objects.filter(pk=third.pk).update(parent=framework)
    history = {"first", "second", "third", "plan-of-first"}
    assert drawn_on(client, "/agreements/first/") == history
    assert drawn_on(client, "/agreements/third/") == history | {"framework"}
    client.force_login(make.make_user())
    assert drawn_on(client, "/agreements/first/") == history | {"draft", "beyond", "draft-plan"}


def test_what_is_replaced_ends_where_its_successor_begins(client):
    old = make.make_agreement("Old", signed="1993")
    make.make_agreement("New", signed="2013-05-21", supersedes=[old])
    lives = {row.record.title: row.life for row in client.get(old.get_absolute_url()).context["drawing"].timeline.rows}
    assert lives["Old"].ends == date(2013, 5, 21)
    assert lives["New"].replaces == (old.pk,)


def test_stories_and_joining_parties_are_marked_and_lead_on(client):
    one, late = make.make_organization(), make.make_organization()
    agreement = make.make_agreement(slug="marked", signed="2019", parties=[one, late])
    agreement.parties.filter(organization=late).update(joined_on="2020-02-03")
    story = make.make_story("They signed", event_start="2019-05-21", agreements=[agreement])
    make.make_story(
        "Ils ont signé", event_start="2019-05-21", agreements=[agreement], same_story_as=story, language="fr"
    )
    make.make_story("Hidden", event_start="2019-05-22", agreements=[agreement], state="draft")
    response = client.get("/agreements/marked/")
    life = response.context["drawing"].timeline.rows[0].life
    assert life.marks == (date(2020, 2, 3),)
    assert [(day, told.title) for day, told in life.stories] == [(date(2019, 5, 21), "They signed")]
    html = response.content.decode()
    assert f'<a href="{story.get_absolute_url()}" class="told" aria-label="Story of 21 May 2019: They signed">' in html
    assert "Title Signed From Until" in text_of(response)


def test_the_list_draws_what_fits_on_a_page(client):
    for number in range(25):
        make.make_agreement(slug=f"a-{number}", signed="2019")
    make.make_agreement(slug="undated")
    assert drawn_on(client, "/agreements/") is None
    assert drawn_on(client, "/agreements/?signed_year=2019") == {f"a-{number}" for number in range(25)}
    assert drawn_on(client, "/agreements/?q=undated") is None


def test_an_organization_draws_the_newest_and_says_how_many_there_are(client):
    body = make.make_organization(slug="body")
    for number in range(MOST_DRAWN + 2):
        make.make_agreement(f"Deal {number}", signed=str(1970 + number), parties=[body])
    response = client.get("/organizations/body/")
    assert f"The newest {MOST_DRAWN} of {MOST_DRAWN + 2} are drawn. The list has all of them" in text_of(response)
    html = response.content.decode()
    assert ">Deal 2<" in html
    assert ">Deal 1<" not in html
    assert 'href="/agreements/?partner=body"' in html


def test_of_many_stories_the_newest_are_marked():
    agreement = make.make_agreement(signed="2019")
    for number in range(MOST_MARKED + 2):
        make.make_story(f"Story {number}", event_start=f"2020-01-{number + 1:02}", agreements=[agreement])
    (row,) = draw(Agreement.objects.for_list(None), None).timeline.rows
    assert [told.title for _day, told in row.life.stories] == [f"Story {n}" for n in range(MOST_MARKED + 1, 1, -1)]
