"""Stories are found by what they say, and in the language they say it in."""

import pytest

from partnerships.search import ranked
from stories.models import NewsItem, StoryImage
from tests.factories import make_story, make_user

pytestmark = pytest.mark.django_db


def found(text, user=None):
    return {story.title for story in NewsItem.objects.visible_to(user).search(text)}


@pytest.fixture
def stories():
    make_story("Accord signed", summary="In Dakar.", body="<p>They signed it in the <strong>prisons</strong>.</p>")
    make_story("Les universités s’engagent", language="fr", body="<p>Coopération dans les pénitenciers d’Afrique.</p>")
    make_story("Cooperaciones nuevas", language="es")
    make_story("Борьба с наркотиками", language="ru")
    make_story("مكافحة المخدرات", language="ar", body="<p>إصلاح السجون</p>")
    make_story("打击贩运人口", language="zh-hans")
    make_story("Hidden accord", state="draft")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("accords ", {"Accord signed"}),
        ("prison ", {"Accord signed"}),
        ("dakar", {"Accord signed"}),
        ("strong ", set()),
        ("pénitencier ", {"Les universités s’engagent"}),
        ("penitenciers ", {"Les universités s’engagent"}),
        ("engagent", {"Les universités s’engagent"}),
        ("afrique université ", {"Les universités s’engagent"}),
        ("cooperación ", {"Cooperaciones nuevas", "Les universités s’engagent"}),
        ("наркотики ", {"Борьба с наркотиками"}),
        ("سجون ", {"مكافحة المخدرات"}),
        ("贩运", {"打击贩运人口"}),
        ('"signed it in"', {"Accord signed"}),
        ('"signed prisons"', set()),
    ],
)
def test_finds_exactly(stories, text, expected):
    assert found(text) == expected


def test_a_draft_is_found_at_the_desk_only(stories):
    assert found("hidden") == set()
    assert found("hidden", make_user()) == {"Hidden accord"}
    assert ranked("accord", None).counts[NewsItem] == 1
    assert ranked("accord", make_user()).counts[NewsItem] == 2


def test_credits_and_notes_are_not_searched():
    story = make_story("Quiet", internal_note="whispered")
    StoryImage.objects.create(story=story, credit="Photographer Name")
    story.save()
    assert found("photographer") == found("whispered") == set()


def test_writing_and_deleting_keep_the_entries_true():
    story = make_story("Before")
    story.title, story.body = "After", "<p>Later</p>"
    story.save()
    assert found("before") == set()
    assert found("after later") == {"After"}
    story.delete()
    assert found("after") == set()


def test_equally_good_hits_are_sorted_by_date():
    old, new = make_story("Accord", event_start="2010"), make_story("Accord", event_start="2020")
    assert [hit.pk for hit in ranked("accord", None).hits] == [new.pk, old.pk]
