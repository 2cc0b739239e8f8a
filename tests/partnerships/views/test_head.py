"""What search engines and other sites read in the <head> of a page, as parsers that are not ours read it."""

import json
from pathlib import Path

import pytest
from lxml import html
from pyld import jsonld

from tests import factories as make
from tests.partnerships.test_pages import NOUNS, RECORDS, list_address
from tests.partnerships.world import make_world

pytestmark = pytest.mark.django_db

VOCABULARY = json.loads((Path(__file__).parents[2] / "data" / "schema_org.json").read_text())
SCHEMA = "https://schema.org/"


def head(client, address):
    return html.fromstring(client.get(address).content).find("head")


def meta(found, name):
    return found.xpath(f"meta[@name='{name}' or @property='{name}']/@content")


def graph(found):
    """The things that the page describes, in the expanded form of JSON-LD; schema.org's context is its vocabulary."""

    def load(url, options):
        assert url == "https://schema.org"
        context = {"@vocab": SCHEMA, "id": "@id", "type": "@type"}
        return {"contextUrl": None, "documentUrl": url, "document": {"@context": context}}

    (block,) = found.xpath("script[@type='application/ld+json']/text()")
    return jsonld.expand(json.loads(block), {"documentLoader": load})


def written(found):
    """{type: the dictionary} of the things at the top."""
    (block,) = found.xpath("script[@type='application/ld+json']/text()")
    return {thing["@type"]: thing for thing in json.loads(block)["@graph"]}


def unknown_words(thing, stands_for=""):
    """The types and properties within that schema.org does not have, or not for that type.

    A role repeats the property for which it stands: https://schema.org/Role.
    """
    if not isinstance(thing, dict) or "@type" not in thing:
        return set()
    (kind,) = thing["@type"]
    known = VOCABULARY[kind.removeprefix(SCHEMA)].split()
    properties = {name.removeprefix(SCHEMA): values for name, values in thing.items() if not name.startswith("@")}
    # Any property of an action may be described beside it, as “query-input”: https://schema.org/docs/actions.html.
    known += ["query-input", stands_for if kind.endswith("Role") else ""]
    wrong = {f"{kind}.{name}" for name in properties if name not in known}
    return wrong.union(*(unknown_words(one, name) for name, values in properties.items() for one in values))


@pytest.mark.parametrize("noun", NOUNS)
def test_a_record_is_described_in_the_words_of_schema_org(noun, client):
    record = getattr(make_world(2), noun)
    found = head(client, record.get_absolute_url())
    things = graph(found)
    assert set().union(*map(unknown_words, things)) == set()
    assert len(things) == 2
    here = f"http://testserver{record.get_absolute_url()}"
    assert things[0]["@id"] == here
    assert found.xpath("link[@rel='canonical']/@href") == [here]
    assert meta(found, "og:url") == [here]
    assert meta(found, "og:title") == [str(record)]
    assert meta(found, "description") == meta(found, "og:description")
    assert 20 < len(meta(found, "description")[0]) <= 300
    assert meta(found, "robots") == []


@pytest.mark.parametrize("address", ["/", *(f"{list_address(noun)}" for noun in NOUNS), "/agreements/?partner=harbour"])
def test_lists_and_home_too(address, client):
    make_world(2)
    found = head(client, address)
    assert set().union(*map(unknown_words, graph(found))) == set()
    assert found.xpath("link[@rel='canonical']/@href") == [f"http://testserver{address}"]
    assert meta(found, "robots") == []
    assert meta(found, "description")[0]


def test_an_agreement_word_for_word(client):
    world = make_world(1)
    found = head(client, "/agreements/harbour-mou/")
    data = written(found)
    here = "http://testserver/agreements/harbour-mou/"
    sentence = "Memorandum of understanding of WHO-A. In force since 21 May 2019. No end date is stated."
    assert meta(found, "description") == [f"{sentence} It applies in Niger and Sahel."]
    assert data["CreativeWork"] == {
        "mainEntityOfPage": here,
        "@type": "CreativeWork",
        "@id": here,
        "url": here,
        "name": "Memorandum on harbours",
        "description": f"{sentence} It applies in Niger and Sahel.",
        "alternateName": "Harbour MoU",
        "genre": "Memorandum of understanding",
        "creator": [
            {
                "@type": "Organization",
                "@id": "http://testserver/organizations/harbour/",
                "name": "World Harbour Office",
            }
        ],
        "dateCreated": "2019-05-21",
        "dateModified": world.agreement.updated_at.isoformat(),
        "temporalCoverage": "2019-05-21/..",
        "spatialCoverage": [
            {"@type": "Country", "@id": "http://testserver/countries/niger/", "name": "Niger"},
            {"@type": "Place", "@id": "http://testserver/regions/sahel/", "name": "Sahel"},
        ],
        "locationCreated": {"@type": "Place", "name": "Vienna"},
        "encoding": [{"@type": "MediaObject", "name": "Text 0", "contentUrl": "https://texts.example/"}],
    }
    assert [(step["position"], step["name"], step["item"]) for step in data["BreadcrumbList"]["itemListElement"]] == [
        (1, "Home", "http://testserver/"),
        (2, "Agreements", "http://testserver/agreements/"),
        (3, "Memorandum on harbours", here),
    ]


def test_what_is_unknown_is_left_out_and_dates_are_as_exact_as_they_are_known(client):
    make.make_agreement("Undated", slug="undated")
    make.make_agreement("Known by a day", slug="by", signed="../2019-05-21")
    make.make_event("Some spring", slug="spring", starts="2019-04", is_online=True)
    make.make_contribution(slug="silent", amount=None)
    make.make_contribution(slug="goods", amount="10", currency="EUR", in_kind=True)
    make.make_contribution(slug="money", amount="1234.50", currency="EUR")

    def facts(address):
        return next(iter(written(head(client, address)).values()))

    assert {"dateCreated", "temporalCoverage"} & facts("/agreements/undated/").keys() == set()
    assert {"dateCreated", "temporalCoverage"} & facts("/agreements/by/").keys() == set()
    event = facts("/events/spring/")
    assert (event["startDate"], "endDate" in event) == ("2019-04", False)
    assert event["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"
    assert [facts(f"/contributions/{slug}/")["@type"] for slug in ("silent", "goods", "money")] == [
        "Grant",
        "Grant",
        "MonetaryGrant",
    ]
    assert facts("/contributions/money/")["amount"] == {
        "@type": "MonetaryAmount",
        "currency": "EUR",
        "value": "1234.50",
    }


def test_home_offers_its_search(client):
    action = written(head(client, "/fr/"))["WebSite"]["potentialAction"]
    assert action["target"]["urlTemplate"] == "http://testserver/fr/search/?q={search_term_string}"


def test_a_list_offers_its_files(client):
    make_world(1)
    data = written(head(client, "/agreements/?partner=WHO-A&page=1"))["Dataset"]
    assert data["url"] == "http://testserver/agreements/?partner=harbour"
    assert [(one["encodingFormat"], one["contentUrl"]) for one in data["distribution"]] == [
        ("text/csv", "http://testserver/api/v1/agreements/?partner=WHO-A&format=csv"),
        (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "http://testserver/api/v1/agreements/?partner=WHO-A&format=xlsx",
        ),
        ("application/x-ndjson", "http://testserver/api/v1/agreements/?partner=WHO-A&format=ndjson"),
    ]


@pytest.mark.parametrize(
    ("question", "canonical"),
    [
        ("?page=1", ""),
        ("?partner=WHO-A", "?partner=harbour"),
        ("?year=2019&partner=harbour", "?partner=harbour&year=2019"),
        ("?country=ner&country=NE", "?country=niger"),
    ],
)
def test_the_same_question_has_one_address(question, canonical, client):
    make_world(1)
    found = head(client, f"/agreements/{question}")
    assert found.xpath("link[@rel='canonical']/@href") == [f"http://testserver/agreements/{canonical}"]


def test_later_pages_of_a_list_are_pages_of_their_own(client):
    for _number in range(26):
        make.make_organization()
    found = head(client, "/organizations/?page=2")
    assert found.xpath("link[@rel='canonical']/@href") == ["http://testserver/organizations/?page=2"]
    assert meta(found, "robots") == []


@pytest.mark.parametrize(
    "address",
    [
        "/agreements/?partner=harbour&year=2019",
        "/agreements/?ordering=title",
        "/agreements/?q=harbour",
        "/agreements/?year=1900",
        "/agreements/?patner=x",
        "/search/?q=harbour",
    ],
)
def test_thin_variations_stay_out_of_search_engines(address, client):
    make_world(1)
    assert meta(head(client, address), "robots") == ["noindex, follow"]


def test_the_search_itself_may_be_found(client):
    assert meta(head(client, "/search/"), "robots") == []


def test_so_do_errors_and_drafts(client):
    assert meta(head(client, "/nowhere/"), "robots") == ["noindex"]
    make.make_agreement("Draft", slug="draft", state="draft")
    client.force_login(make.make_user())
    assert meta(head(client, "/agreements/draft/"), "robots") == ["noindex, follow"]


HOSTILE = "</script><script>alert(1)</script><!-- & ' \" \u2028 &lt;/script&gt;"


@pytest.mark.parametrize("noun", [noun for noun in RECORDS if noun != "contribution"])
def test_no_title_breaks_out(noun, client):
    record = getattr(make_world(1), noun)
    field = "title" if hasattr(record, "title") else "name"
    setattr(record, field, HOSTILE)
    record.save()
    for address in (record.get_absolute_url(), list_address(noun)):
        content = client.get(address).content
        assert b"<script>" not in content.replace(b'<script type="application/ld+json">', b"")
        assert content.count(b"<script") == content.count(b"</script") == 1
    found = head(client, record.get_absolute_url())
    assert next(iter(written(found).values()))["name"] == HOSTILE
    assert meta(found, "og:title") == [HOSTILE]
