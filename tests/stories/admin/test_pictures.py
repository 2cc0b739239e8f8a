"""Pictures of stories: given at the desk, refused where nobody said whose they are, shown and told of."""

import pytest
from django.test import Client
from lxml import html

from partnerships import actions
from stories.models import NewsItem, StoryImage
from tests.api.writing.conftest import make_token
from tests.factories import make_story, make_user
from tests.partnerships.admin.desk import address, posted, row
from tests.partnerships.files.samples import photograph, picture, upload

pytestmark = pytest.mark.django_db
SAID = {"credit": "© Somebody", "alt_text": "Two people shake hands", "caption": "The signing"}


def with_picture(story, **said):
    image = StoryImage(story=story, **said)
    image.take(upload(picture((1800, 900)), "a.png"))
    image.save()
    return image


def added(client, story, content, **values):
    data = posted(client.get(address(story, "change"))) | {"images-TOTAL_FORMS": "1"}
    data |= row("images", 0, picture=upload(content, "a.jpg"), **values)
    return client.post(address(story, "change"), data)


def test_an_editor_adds_one_to_a_draft(as_editor, editor):
    story = make_story(state="draft")
    assert added(as_editor, story, photograph((1000, 500)), **SAID).status_code == 302
    image = story.images.get()
    assert [(one.width, one.height) for one in image.pictures] == [(480, 960), (500, 1000)]
    assert len(image.sha256) == 64
    assert image.history.get().history_user == editor
    page = as_editor.get(address(story, "change")).content.decode()
    assert image.pictures[0].url in page


def test_what_is_no_picture_is_refused_at_its_box(as_editor):
    story = make_story(state="draft")
    page = added(as_editor, story, b"<svg onload=alert(1)>", **SAID)
    assert "This is no picture that can be read." in page.content.decode()
    assert not story.images.exists()


def test_a_draft_may_lack_credit_and_text_and_is_not_published_so(publisher):
    story = make_story("Signed", state="draft", summary="They signed.")
    image = with_picture(story, caption="The signing")
    needed = "Say of each picture whose it is (credit) and what is to be seen (text alternative)."
    moved = actions.publish(records=[story], by=publisher)
    assert (moved.done, moved.refused) == ([], [(story, [needed])])
    assert NewsItem.objects.get().state == "draft"
    image.credit, image.alt_text = "© Somebody", " "
    image.save()
    assert image.lacking().endswith(
        "“The signing” lacks what must be said of it before the story goes out: text alternative."
    )
    assert actions.publish(records=[story], by=publisher).refused == [(story, [needed])]
    image.alt_text = "A handshake"
    image.save()
    assert actions.publish(records=[story], by=publisher).done == [story]


def test_one_without_a_file_needs_neither(publisher):
    story = make_story(state="draft", summary="They signed.")
    story.images.create(credit="© Somebody")
    assert actions.publish(records=[story], by=publisher).done == [story]


def test_the_desk_publishes_with_what_is_said_in_the_same_save(as_publisher):
    story = make_story(state="draft", summary="They signed.")
    image = with_picture(story)
    data = posted(as_publisher.get(address(story, "change"))) | {"state": "published"}
    data.pop("images-0-picture")
    refused = as_publisher.post(address(story, "change"), data)
    assert f"The picture “{image.pk}” lacks" in refused.content.decode()
    assert NewsItem.objects.get().state == "draft"
    assert as_publisher.post(address(story, "change"), data | row("images", 0, **SAID)).status_code == 302
    assert NewsItem.objects.get().state == "published"
    # And what is published does not lose it again.
    data = posted(as_publisher.get(address(story, "change"))) | {"images-0-credit": ""}
    data.pop("images-0-picture")
    assert ": credit." in as_publisher.post(address(story, "change"), data).content.decode()


def test_the_api_refuses_the_same(client):
    story = make_story(state="draft", summary="They signed.")
    image = with_picture(story, caption="The signing")
    _token, header = make_token(make_user("publisher", group="publisher"), "publish")
    at = f"/api/v1/news/{story.slug}/"
    answer = client.get(at, headers={"Authorization": header})
    headers = {"Authorization": header, "If-Match": answer["ETag"]}
    refused = client.post(f"{at}publish/", "{}", content_type="application/json", headers=headers)
    assert refused.status_code == 409
    assert "Say of each picture whose it is (credit)" in refused.content.decode()
    _token, header = make_token(make_user("writer", group="publisher"), "write")
    headers["Authorization"] = header
    given = answer.json()["images"][0] | {"credit": "© Somebody", "alt_text": "A handshake"}
    changed = client.patch(at, {"images": [given]}, content_type="application/json", headers=headers)
    assert changed.status_code == 200, changed.content
    again = story.images.get()
    assert (again.pk, again.key, again.credit) == (image.pk, image.key, "© Somebody")


@pytest.mark.parametrize("state", ["published", "draft", "in_review", "archived"])
def test_a_picture_is_as_public_as_its_story(state, client, editor):
    image = with_picture(make_story(state=state), **SAID)
    seen = 200 if state == "published" else 404
    for one in image.pictures:
        assert client.get(one.url).status_code == seen
    assert client.get(f"/pictures/{image.key}-481.webp").status_code == 404
    client.force_login(editor)
    answer = client.get(image.pictures[0].url)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    assert answer["ETag"] == f'"{image.pictures[0].sha256}"'


def test_the_page_shows_it_in_the_width_that_fits(client):
    story = make_story(language="fr")
    image = with_picture(story, **SAID)
    story.images.create(credit="© Another", caption="Elsewhere")
    page = html.fromstring(client.get(story.get_absolute_url()).content)
    [figure] = page.xpath("//figure[@class='photograph']")
    [shown] = figure.xpath(".//img")
    small, middle, full = (one.url for one in image.pictures)
    assert (shown.get("src"), shown.get("width"), shown.get("height")) == (full, "1600", "800")
    assert shown.get("srcset") == f"{small} 480w, {middle} 960w, {full} 1600w"
    assert (shown.get("alt"), shown.get("lang")) == ("Two people shake hands", "fr")
    assert " ".join(figure.text_content().split()) == "The signing © Somebody"
    assert "Elsewhere" in page.text_content()


def test_the_api_gives_its_widths(client):
    story = make_story()
    image = with_picture(story, **SAID)
    [told] = Client().get(f"/api/v1/news/{story.slug}/").json()["images"]
    assert {name: told[name] for name in ("id", *SAID)} == {"id": image.pk, **SAID}
    assert told["pictures"] == [
        {
            "url": f"http://testserver{one.url}",
            "width": one.width,
            "height": one.height,
            "size": one.size,
            "sha256": one.sha256,
        }
        for one in image.pictures
    ]
    assert [(one["width"], one["height"]) for one in told["pictures"]] == [(480, 240), (960, 480), (1600, 800)]
