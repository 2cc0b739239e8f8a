"""The search page and its suggestions; the same on both databases."""

import pytest

from tests import factories as make
from tests.partnerships.test_pages import Inline, text_of
from tests.partnerships.world import make_world

pytestmark = pytest.mark.django_db


def hits(response):
    return [str(record) for record in response.context["hits"]]


@pytest.fixture
def partners():
    eu = make.make_organization("European Union", acronym="EU", slug="eu")
    unit = make.make_organization("DG NEAR", parent=eu, slug="near")
    other = make.make_organization("UNODC", slug="unodc")
    niger, mali = make.make_country("NE", "Niger", "NER"), make.make_country("ML", "Mali", "MLI")
    make.make_story("Posts open", event_start="2019-05-01", organizations=[eu, other], countries=[niger])
    make.make_story("Unit story", event_start="2019-06-01", organizations=[unit], countries=[niger, mali])
    make.make_story("Later story", event_start="2021-01-01", organizations=[eu], countries=[niger])
    make.make_project("Border plan", starts="2018", ends="2020", participants=[(eu, "funding")], countries=[niger])
    make.make_story("Secret story", event_start="2019-05-01", organizations=[eu], countries=[niger], state="draft")


def test_partner_country_and_year_are_understood(client, partners):
    response = client.get("/search/?q=EU Niger 2019")
    assert hits(response) == ["Border plan", "Unit story", "Posts open"]
    shown = text_of(response)
    assert all(words in shown for words in ("Partner: EU", "Country: Niger", "Year: 2019"))
    assert [chip.without for chip in response.context["chips"]] == ["?q=Niger+2019", "?q=EU+2019", "?q=EU+Niger"]
    assert response.context["plain_address"] == "?q=EU+Niger+2019&plain=true"


def test_plain_words_and_the_way_back(client, partners):
    response = client.get("/search/?q=EU story&plain=true")
    assert response.context["meaning_address"] == "?q=EU+story"
    assert response.context["understood"].terms == ()


def test_words_beside_what_is_understood(client, partners):
    response = client.get("/search/?q=EU Niger border")
    assert hits(response) == ["Border plan"]
    assert "<mark>Border</mark> plan" in response.content.decode()


def test_what_fits_nothing_falls_back_to_the_words_and_says_so(client, partners):
    make.make_story("Mali and the EU in 1990", event_start="2022-01-01")
    response = client.get("/search/?q=EU Mali 1990")
    assert hits(response) == ["Mali and the EU in 1990"]
    assert "Nothing in the register fits all of this" in text_of(response)


def test_each_count_is_what_its_link_finds(client, partners):
    response = client.get("/search/?q=story")
    groups = {group.name: group.first for group in response.context["facets"]}
    assert set(groups) == {"type", "partner", "country", "year"}
    assert {value.label: value.count for value in groups["country"]} == {"Niger": 2, "Mali": 1}
    for name, values in groups.items():
        for value in values:
            exact = "&partner_exact=true" if name == "partner" else ""
            narrowed = client.get(f"/search/{value.address}{exact}")
            assert narrowed.context["total"] == value.count, value
            assert narrowed.context["chips"][0].without.startswith("?q=story")


def test_counts_are_those_of_the_lists(client):
    make_world(2)
    response = client.get("/search/?q=harbour")
    assert len(response.context["counts"]) > 5
    for model, count in response.context["counts"]:
        narrowed = client.get(f"/search/?q=harbour&type={model.noun}")
        assert narrowed.context["total"] == count
        listed = client.get(narrowed.context["list_address"])
        assert listed.context["page"].paginator.count == count


def test_pages_follow_each_other(client):
    for number in range(30):
        make.make_organization(f"Harbour {number:02}")
    first, second = client.get("/search/?q=harbour"), client.get("/search/?q=harbour&page=2")
    assert (len(hits(first)), len(hits(second))) == (25, 5)
    assert len({*hits(first), *hits(second)}) == 30
    assert client.get("/search/?q=harbour&page=3").status_code == 404
    assert client.get("/search/?q=harbour&page=x").status_code == 400


def test_a_misspelling_is_put_right_by_what_surely_finds(client):
    make.make_organization("Fédération Internationale de Football Association", acronym="FIFA", slug="fifa")
    response = client.get("/search/?q=fiffa")
    assert "Did you mean: fifa" in text_of(response)
    assert 'href="/organizations/fifa/"' in response.content.decode()
    assert client.get(f"/search/{response.context['corrected_address']}").context["total"]


def test_without_which_condition_something_is_found(client, partners):
    response = client.get("/search/?q=xqzw&country=NE")
    assert response.context["total"] == 0
    response = client.get("/search/?q=EU Mali 2021")
    assert [(repair.filter, repair.found) for repair in response.context["repairs"]] == [
        ("Country: Mali", 1),
        ("Year: 2021", 1),
    ]


def test_names_that_are_known_are_not_called_misspelt(client, partners):
    make.make_country("NG", "Nigeria", "NGA")
    make.make_story("EU in Nigeria in 1990")
    assert client.get("/search/?q=EU Niger 1990").context["corrected"] == ""


def test_without_words_what_was_done_comes_before_who_did_it(client):
    world = make_world(1)
    kinds = [record.noun for record in client.get("/search/?q=WHO-A").context["hits"]]
    assert kinds == sorted(kinds, key=lambda noun: noun in ("organization", "funder", "person"))
    assert {"agreement", "organization", "person"} <= set(kinds)
    assert world.organization.noun in kinds


def test_drafts_are_kept_from_every_part(client):
    make.make_agreement("Zanzibar memorandum", state="draft")
    for text in ("zanzibar", "zanzibr", "memorandum"):
        shown = text_of(client.get(f"/search/?q={text}"))
        assert f"Nothing found for “{text}”" in shown
        assert "Zanzibar" not in shown
    assert client.get("/search/names/?q=zanz").json() == {"names": []}
    assert "Zanzibar" not in text_of(client.get("/agreements/zanzibar-memorandum/"))


@pytest.mark.parametrize(
    "text",
    ["", "   ", "%00", '"', "<script>", "*", "a" * 5000, "%F0%9F%A4%9D", "%D8%A7", "2019", "a b c d e f g h i j k"],
)
def test_search_never_fails(text, client):
    response = client.get(f"/search/?q={text}", follow=True)
    assert response.status_code == 200
    assert Inline(response.content.decode()).found == []
    assert client.get(f"/search/names/?q={text}").status_code == 200


@pytest.mark.parametrize("question", ["partnr=eu", "year=19", "partner=nobody", "type=stories", "country=Atlantis"])
def test_a_wrong_parameter_is_told(question, client, partners):
    response = client.get(f"/search/?{question}")
    assert response.status_code == 400
    assert response.context["problems"]


@pytest.mark.parametrize("address", ["/search/?q=harbour", "/search/?q=WHO-A Niger 2019"])
def test_a_page_takes_the_same_number_of_statements_for_any_number_of_rows(
    address, client, django_assert_max_num_queries
):
    counts = []
    for rows in (1, 3):
        make_world(rows) if rows == 1 else [make.make_story(f"Harbour story {number}") for number in range(2)]
        with django_assert_max_num_queries(100) as captured:
            assert client.get(address).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_names_are_suggested(client, partners):
    assert client.get("/search/names/?q=europ").json() == {
        "names": [{"name": "European Union", "short": "EU", "kind": "Organization", "address": "/organizations/eu/"}]
    }
