"""Which words of a record are marked, and in which passage."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from partnerships.models import Agreement, Organization, OrganizationName
from partnerships.search import passages
from stories.models import NewsItem
from tests import factories as make

pytestmark = pytest.mark.django_db


def marked(text, body="", title="Story", **values):
    story = make.make_story(title, body=f"<p>{body}</p>" if body else "", **values)
    found = passages(NewsItem.objects.filter(pk=story.pk), text)[story.pk]
    return found.title, found.passage


@pytest.mark.parametrize(
    ("text", "body", "passage"),
    [
        ("prisons", "A prison, two Prisons.", "A <mark>prison</mark>, two <mark>Prisons</mark>."),
        ("prison", "They imprison; prisoners", "They imprison; <mark>prisoners</mark>"),
        ("prison ", "They imprison; prisoners", "They imprison; <mark>prisoners</mark>"),
        ("cooperation", "La coopération.", "La <mark>coopération</mark>."),
        ("cote d'ivoire", "in Côte d’Ivoire", "in <mark>Côte</mark> <mark>d’Ivoire</mark>"),
        ("UNODC ", "U.N.O.D.C. and UNODC's", "<mark>U.N.O.D.C</mark>. and <mark>UNODC&#x27;s</mark>"),
        ("a.b'1", "x a.b’1 y", "x <mark>a.b’1</mark> y"),
        ('"on drugs"', "drugs on the Office on Drugs", "drugs on the Office <mark>on Drugs</mark>"),
        ("贩运", "打击贩运人口", "打击<mark>贩运</mark>人口"),
        ("口", "打击贩运人口", "打击贩运人<mark>口</mark>"),
        ("a < b", "if a &lt; b", "if <mark>a</mark> &lt; <mark>b</mark>"),
        ("script", "&lt;script&gt;alert(1)&lt;/script&gt; script", "<mark>script</mark>"),
        ("nothing", "else", ""),
    ],
)
def test_marks_exactly(text, body, passage):
    found = marked(text, body)[1]
    assert found == passage or (text == "script" and "<script" not in found and passage in found)


def test_the_title_is_marked_and_escaped():
    assert marked("prison", title="Prison & <b>reform</b>")[0] == "<mark>Prison</mark> &amp; &lt;b&gt;reform&lt;/b&gt;"


def test_a_long_text_is_cut_at_words_around_most_of_the_hits():
    body = (
        "prison far away. "
        + "Filling words go on and on. " * 30
        + "The prison reform began in spring. "
        + "More of it. " * 30
    )
    passage = marked("prison reform", body)[1]
    assert passage.startswith("… The <mark>prison</mark> <mark>reform</mark> began in spring. More of it.")
    assert passage.endswith(" …")
    assert len(passage) < 320


def test_a_former_name_is_the_passage():
    found = make.make_organization("Directorate-General for International Partnerships", acronym="INTPA")
    OrganizationName.objects.create(organization=found, name="DG DEVCO", kind="former")
    (only,) = passages(Organization.objects.all(), "devco").values()
    assert (only.title, only.passage) == ("Directorate-General for International Partnerships", "DG <mark>DEVCO</mark>")


def test_nothing_of_a_draft_is_in_a_passage():
    hidden = make.make_organization("Hidden Partner", state="draft")
    make.make_agreement("Pact", parties=[hidden], description="Hidden somewhere")
    (only,) = passages(Agreement.objects.all(), "hidden partner").values()
    assert only.passage == "<mark>Hidden</mark> somewhere"


class EveryHitHasAMark(TestCase):
    @example("合.合")
    @settings(max_examples=60, deadline=None)
    @given(st.text(st.sampled_from("ab éßñ'’.-йу联合 ﬁİ<&\"1"), min_size=1, max_size=12))
    def test_it(self, text):
        NewsItem.objects.all().delete()
        story = make.make_story("Title", body=f"<p>x {text.replace('<', ' ').replace('&', ' ')} y</p>")
        for word in text.split():
            if NewsItem.objects.search(word).exists():
                found = passages(NewsItem.objects.filter(pk=story.pk), word)[story.pk]
                assert "<mark>" in found.title + found.passage, (text, word)
