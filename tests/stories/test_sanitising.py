import pytest

from stories.models import NewsItem
from stories.sanitising import clean_html
from tests.factories import make_story

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="jav&#x09;ascript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<p style="background:url(javascript:alert(1))">x</p>',
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<form action=//evil.example><button>x</button></form>",
    "<base href=//evil.example>",
    "<!--><script>alert(1)</script>-->",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_that_runs_is_left(attack):
    cleaned = clean_html(f"<p>before {attack} after</p>").casefold()
    for trace in (
        "<script",
        "<img",
        "<svg",
        "<iframe",
        "<form",
        "<base",
        "<style",
        "javascript:",
        "data:",
        "style=",
        "onerror=",
    ):
        assert trace not in cleaned, trace


def test_what_a_story_needs_stays():
    kept = '<p>One <strong>two</strong></p><ul><li>three</li></ul><a href="https://unodc.org/" rel="noopener nofollow">four</a>'
    assert clean_html(kept) == kept


@pytest.mark.django_db
def test_a_body_that_reached_the_database_unclean_is_shown_clean():
    story = make_story()
    NewsItem.objects.filter(pk=story.pk).update(body="<p>x</p><script>alert(1)</script>")
    assert NewsItem.objects.get(pk=story.pk).safe_body == "<p>x</p>"
