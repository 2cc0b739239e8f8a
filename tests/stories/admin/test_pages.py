"""The evidence's pages answer, and no list asks more of the database when it grows."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stories.models import Evidence, NewsItem, Proposal, SourceDocument, Speaker
from tests.factories import (
    make,
    make_agreement,
    make_contribution,
    make_country,
    make_evidence,
    make_organization,
    make_person,
    make_story,
    number,
)
from tests.partnerships.admin.desk import address

pytestmark = pytest.mark.django_db


def document():
    title = f"Brochure {next(number)}"
    made = make(SourceDocument, title=title, file_name=f"{title}.txt", sha256=title, text="What was read.")
    make_story(source_document=made)
    return made


def full_story():
    story = make_story(organizations=[make_organization()], countries=[make_country("NE")], source_document=document())
    make(Speaker, story=story, person=make_person())
    make_evidence(story, agreement=make_agreement())
    story.images.create(credit="© Somebody")
    story.links.create(title="More")
    proposal(story)
    return story


def proposal(story=None):
    return make(
        Proposal,
        story=story or make_story(),
        kind="organization",
        organization=make_organization(),
        excerpt="as it says",
    )


def claim():
    return make_evidence(make_story(), contribution=make_contribution())


MAKERS = {Evidence: claim, NewsItem: full_story, Proposal: proposal, SourceDocument: document}


def test_every_noun_has_a_maker():
    assert {model for model in admin.site._registry if model._meta.app_label == "stories"} == set(MAKERS)


@pytest.mark.parametrize("model", MAKERS)
def test_pages_answer(as_chief, model):
    record = MAKERS[model]()
    pages = ["changelist", "change", "history", "add", "delete"]
    answers = {page: as_chief.get(address(record, page)).status_code for page in pages}
    # Documents are read and proposals made by a command.
    made_here = {} if model in (Evidence, NewsItem) else {"add": 403}
    assert answers == dict.fromkeys(pages, 200) | made_here


@pytest.mark.parametrize("model", MAKERS)
def test_a_list_asks_no_more_when_it_grows(as_chief, model):
    MAKERS[model]()
    as_chief.get(address(model, "changelist"))
    counts = []
    for more in (0, 2):
        for _ in range(more):
            MAKERS[model]()
        with CaptureQueriesContext(connection) as asked:
            as_chief.get(address(model, "changelist"))
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 22


def test_lists_do_not_read_the_texts(as_chief):
    make_story(body="<p>A long story</p>"), document()
    for model, text in ((NewsItem, '"body"'), (SourceDocument, '"text"'), (Evidence, '"body"')):
        with CaptureQueriesContext(connection) as asked:
            as_chief.get(address(model, "changelist"))
        assert not [query["sql"] for query in asked if f'"{model._meta.db_table}".{text}' in query["sql"]]


@pytest.mark.parametrize(
    ("model", "maker", "word"),
    [
        (NewsItem, lambda: make_story("Goals against corruption"), "corruption"),
        (NewsItem, lambda: make_story(organizations=[make_organization("FIFA")]), "fifa"),
        (Evidence, lambda: make_evidence(make_story(), excerpt="signed in Doha", agreement=make_agreement()), "doha"),
        (Proposal, lambda: proposal(make_story("In Vienna")), "vienna"),
        (SourceDocument, lambda: make(SourceDocument, title="Atlas", file_name="a", sha256="a", text="t"), "atlas"),
    ],
)
def test_search(as_chief, model, maker, word):
    MAKERS[model]()
    wanted = maker()
    assert list(as_chief.get(address(model, "changelist"), {"q": word}).context["cl"].result_list) == [wanted]


def test_stories_by_partner_country_and_year(as_chief):
    fifa, niger = make_organization("FIFA"), make_country("NE")
    wanted = make_story(organizations=[fifa], countries=[niger], event_start="2019")
    make_story()
    question = {"partner": "fifa", "country": "NE", "year": "2019"}
    assert list(as_chief.get(address(NewsItem, "changelist"), question).context["cl"].result_list) == [wanted]


def test_the_document_lists_its_stories(as_chief):
    made = document()
    page = as_chief.get(address(made, "change")).content.decode()
    assert str(made.stories.get()) in page
    assert "What was read." in page


@pytest.mark.parametrize("page", ["index", "login", "list", "form", "history"])
def test_no_page_carries_styles_or_handlers_of_its_own(as_chief, page):
    """The content security policy would block them."""
    story = full_story()
    where = {
        "index": "/admin/",
        "login": "/accounts/login/",
        "list": address(NewsItem, "changelist"),
        "form": address(story, "change"),
        "history": address(story, "history"),
    }[page]
    if page == "login":
        as_chief.logout()
    html = as_chief.get(where).content.decode()
    for forbidden in (" style=", " onclick=", " onchange=", "<style", "javascript:"):
        assert forbidden not in html
