"""The map follows the question of its page: its numbers are the API's, and each is a link to as many records."""

import re
from html import unescape

import pytest
from django.test import Client

from partnerships.models import Project
from partnerships.views import mapped
from tests import factories as make
from tests.partnerships.test_pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """Two organizations at work in two countries, and a draft in a third."""
    africa = make.make_region("western-africa", "Western Africa", kind="m49", code="011")
    sahel = make.make_region("sahel", "Sahel")
    niger = make.make_country("NE", "Niger", "NER", regions=[africa, sahel], latitude="17.6", longitude="8.08")
    mali = make.make_country("ML", "Mali", "MLI", regions=[africa, sahel], latitude="17.57", longitude="-4")
    chad = make.make_country("TD", "Chad", "TCD", latitude="15.45", longitude="18.73")
    fifa, unodc = (make.make_organization(name, slug=name.lower()) for name in ("FIFA", "UNODC"))
    make.make_project("Both", participants=[(fifa, "funding")], countries=[niger, mali], starts="2019", ends="2020")
    make.make_project("One", participants=[(unodc, "implementing")], countries=[niger], starts="2018", ends="2018")
    make.make_project("None", participants=[(unodc, "implementing")])
    make.make_project("Draft", countries=[chad], state="draft")
    make.make_agreement("Pact", parties=[unodc], countries=[mali], signed="2019", entered_into_force="2019")
    make.make_event("Day", participants=[(fifa, "organizer")], countries=[niger], starts="2020-02-01")
    make.make_story("News", organizations=[fifa], countries=[niger, mali])


def shown(response):
    """{code: number} of the countries on the map."""
    return {entry.country.alpha2: entry.count for entry in response.context["map"].entries}


def facet(noun, query):
    answer = Client().get(f"/api/v1/{noun}/?{query}&facets=country").json()["facets"]["country"]
    return {value["value"]: value["count"] for value in answer["values"]}


QUESTIONS = [
    "",
    "partner=fifa",
    "year=2019",
    "country=NE",
    "region=sahel&year_from=2018",
    "q=both",
    "partner_all=unodc",
]


@pytest.mark.parametrize("query", QUESTIONS)
@pytest.mark.parametrize(
    ("path", "noun"),
    [("projects", "projects"), ("agreements", "agreements"), ("events", "events"), ("stories", "news")],
)
def test_the_map_of_a_list_counts_as_the_api_does(path, noun, query, world, client):
    response = client.get(f"/{path}/?{query}")
    assert shown(response) == facet(noun, query)


@pytest.mark.parametrize("query", QUESTIONS)
def test_each_number_is_a_link_to_as_many_records(query, world, client):
    response = client.get(f"/projects/?{query}")
    for entry in response.context["map"].entries:
        listed = client.get(entry.address)
        assert listed.context["page"].paginator.count == entry.count


@pytest.mark.parametrize("word", ["projects", "agreements", "events", "stories"])
def test_home_counts_what_the_visitor_chooses(word, world, client):
    response = client.get(f"/?map={word}")
    assert shown(response) == facet({"stories": "news"}.get(word, word), "")
    chosen = [choice.label for choice in response.context["map"].choices if choice.chosen]
    assert chosen == [word]
    assert f'href="?map={word}#map" aria-current="true"' in response.content.decode()


def test_the_map_speaks_the_language_of_the_page(world, client):
    response = client.get("/fr/countries/?map=stories&partner=fifa")
    assert shown(response) == {"NE": 1, "ML": 1}
    links = {entry.address for entry in response.context["map"].entries}
    assert links == {f"/fr/stories/?partner=fifa&country={code}" for code in ("NE", "ML")}


@pytest.mark.parametrize("path", ["/", "/countries/", "/organizations/fifa/", "/regions/sahel/"])
def test_a_noun_that_is_not_on_the_map_is_refused(path, world, client):
    assert client.get(f"{path}?map=people").status_code == 400


def test_the_list_of_countries_counts_in_the_countries_listed(world, client):
    assert shown(client.get("/countries/")) == {"NE": 2, "ML": 1}
    assert shown(client.get("/countries/?partner=fifa")) == {"NE": 1, "ML": 1}
    assert shown(client.get("/countries/?partner=fifa&map=stories")) == {"NE": 1, "ML": 1}
    assert shown(client.get("/countries/?q=mali")) == {"ML": 1}
    assert shown(client.get("/countries/?q=mali&map=events")) == {}
    response = client.get("/countries/?partner=fifa&map=events")
    assert [entry.address for entry in response.context["map"].entries] == ["/events/?partner=fifa&country=NE"]
    # The choice is none of the question's: it is not handed on to the files, which have no map.
    assert "map=" not in " ".join(link for _format, link in response.context["downloads"])
    assert client.get("/countries/?q=&map=events").headers["Location"] == "/countries/?map=events"


def test_an_organization_has_the_first_map_that_shows_something(world, client):
    response = client.get("/organizations/fifa/")
    assert shown(response) == {"NE": 1, "ML": 1} == facet("projects", "partner=fifa")
    assert [choice.label for choice in response.context["map"].choices] == ["projects", "events", "stories"]
    response = client.get("/organizations/fifa/?map=events")
    assert shown(response) == {"NE": 1}
    assert [entry.address for entry in response.context["map"].entries] == ["/events/?partner=fifa&country=NE"]
    make.make_organization("Nowhere", slug="nowhere")
    assert client.get("/organizations/nowhere/").context["map"] is None


def test_the_map_of_a_region_is_cut_to_it(world, client):
    response = client.get("/regions/sahel/")
    assert shown(response) == {"NE": 2, "ML": 1} == facet("projects", "region=sahel")
    assert response.context["map"].frame.width == 320


def test_drafts_are_counted_for_the_desk_only(world, client, as_editor):
    assert shown(Client().get("/projects/")) == {"NE": 2, "ML": 1}
    assert shown(as_editor.get("/projects/")) == {"NE": 2, "ML": 1, "TD": 1}
    assert shown(Client().get("/projects/")) == {"NE": 2, "ML": 1}


def test_what_is_remembered_ends_with_the_next_change(world, client, django_assert_num_queries):
    client.get("/")
    with django_assert_num_queries(7):
        client.get("/")
    make.make_project("Third", countries=[make.make_country("ML")])
    assert shown(client.get("/")) == {"NE": 2, "ML": 2}


def test_everything_on_the_map_is_said_in_words(world, client):
    html = client.get("/").content.decode()
    titles = [unescape(text) for text in re.findall(r"<a [^>]*>\s*<title>([^<]+)</title>", html)]
    assert titles == ["Niger: 2 projects", "Mali: 1 project"]
    assert (
        text_of(client.get("/projects/")).count("2 countries; the largest circle, Niger, stands for 2 projects.") == 2
    )
    assert "1 project names no country." in text_of(client.get("/projects/"))


def test_tiles_stand_in_their_regions_with_their_numbers(world, client):
    home = client.get("/").context["map"].groups
    tiles = [(name, [(one.country.alpha3, one.count, one.shade) for one in entries]) for name, entries in home]
    assert tiles == [("Western Africa", [("MLI", 1, 1), ("NER", 2, 2)]), ("Elsewhere", [("TCD", 0, 0)])]
    # A narrowed list shows only the countries that it names.
    listed = client.get("/projects/?partner=fifa").context["map"].groups
    assert [(name, len(entries)) for name, entries in listed] == [("Western Africa", 2)]


def test_the_map_of_home_is_drawn_again_only_after_a_change(client, world, monkeypatch):
    drawn = []
    atlas = mapped.atlas
    monkeypatch.setattr(mapped, "atlas", lambda *args, **options: drawn.append(args) or atlas(*args, **options))
    pages = [client.get(path).content.decode() for path in ("/", "/", "/fr/", "/?map=events", "/")]
    assert len(drawn) == 3  # projects in two languages, and events
    assert ">2 projects<" not in pages[2]
    assert "2 projets" in pages[2]
    assert pages[0].count('href="/projects/?country=NE"') == pages[4].count('href="/projects/?country=NE"') == 3
    Project.objects.get(title="One").delete()
    assert "Niger: 1 project<" in client.get("/").content.decode()
    assert len(drawn) == 4
