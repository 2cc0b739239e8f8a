"""Every list page and every record page: what they answer, at which price, and what they keep to themselves."""

import re
from html.parser import HTMLParser

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from partnerships import filtersets
from partnerships.models import (
    Agreement,
    Contribution,
    Country,
    Event,
    Funder,
    Indicator,
    Organization,
    Person,
    Project,
    Region,
)
from stories.filtersets import NewsItemFilterSet
from stories.models import NewsItem
from tests import factories as make

from .world import make_world

pytestmark = pytest.mark.django_db

NOUNS = {
    "organization": (Organization, filtersets.OrganizationFilterSet),
    "agreement": (Agreement, filtersets.AgreementFilterSet),
    "project": (Project, filtersets.ProjectFilterSet),
    "funder": (Funder, filtersets.FunderFilterSet),
    "contribution": (Contribution, filtersets.ContributionFilterSet),
    "indicator": (Indicator, filtersets.IndicatorFilterSet),
    "event": (Event, filtersets.EventFilterSet),
    "person": (Person, filtersets.PersonFilterSet),
    "country": (Country, filtersets.CountryFilterSet),
    "region": (Region, filtersets.RegionFilterSet),
    "story": (NewsItem, NewsItemFilterSet),
}
RECORDS = [noun for noun in NOUNS if noun not in ("country", "region")]

# One statement tells whether a visitor has the page already.
KNOWN = 1
# How many more statements a page takes, whatever the number of its rows.
LIST_QUERIES = {
    "organization": 8,
    "agreement": 16,
    "project": 16,
    "funder": 7,
    "contribution": 18,
    "indicator": 9,
    "event": 13,
    "person": 8,
    "country": 13,
    "region": 7,
    "story": 13,
}
RECORD_QUERIES = {
    "organization": 66,
    "agreement": 53,
    "project": 42,
    "funder": 12,
    "contribution": 9,
    "indicator": 5,
    "event": 25,
    "person": 7,
    "country": 31,
    "region": 39,
    "story": 27,
}


def list_address(noun, **question):
    app = "stories" if noun == "story" else "partnerships"
    return reverse(f"{app}:{noun}-list", query=question or None)


def text_of(response):
    """What a reader reads, in one line."""
    body = re.sub(r"<(title|desc|option|datalist).*?</\1>", " ", response.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


class Inline(HTMLParser):
    """Collects what a strict content security policy would refuse."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        names = [name for name, _value in attributes]
        if (tag, dict(attributes).get("type")) == ("script", "application/ld+json"):
            return  # data: nothing runs it
        if tag == "script" and (dict(attributes).get("src") or "").startswith("/static/"):
            return  # a file of our own
        if tag in ("script", "style") or "style" in names or any(name.startswith("on") for name in names):
            self.found.append(self.get_starttag_text())


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_takes_the_same_number_of_statements_for_any_number_of_rows(
    noun, rows, client, django_assert_num_queries
):
    make_world(rows)
    with django_assert_num_queries(KNOWN + LIST_QUERIES[noun]):
        assert client.get(list_address(noun)).status_code == 200


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize("rows", [1, 3])
def test_a_record_takes_the_same_number_of_statements_for_any_number_of_rows(
    noun, rows, client, django_assert_num_queries
):
    record = getattr(make_world(rows), noun)
    with django_assert_num_queries(KNOWN + RECORD_QUERIES[noun]):
        assert client.get(record.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("noun", NOUNS)
def test_a_list_links_its_records_and_counts_them(noun, client):
    make_world(1)
    model, _filterset = NOUNS[noun]
    response = client.get(list_address(noun))
    records = model.objects.visible_to(None)
    meta = model._meta
    assert f"{records.count()} {meta.verbose_name_plural}" in text_of(response)
    for record in records:
        assert f'href="{record.get_absolute_url()}"' in response.content.decode()


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize("question", [{"partner": "harbour"}, {"country": "NE", "year": "2019"}, {"q": "harbour"}])
def test_the_count_is_that_of_the_filters(noun, question, client):
    make_world(2)
    make.make_project("Elsewhere", starts="2019")
    model, filterset_class = NOUNS[noun]
    request = client.get("/robots.txt").wsgi_request
    asked = QueryDict(urlencode(question))
    filterset = filterset_class(asked, model.objects.visible_to(request.user), request=request)
    assert filterset.is_valid()
    response = client.get(list_address(noun, **question))
    assert response.context["page"].paginator.count == filterset.qs.count()
    assert response.context["sentence"].startswith(f"{filterset.qs.count()} ")


@pytest.mark.parametrize("noun", NOUNS)
def test_pages_obey_the_strict_policy(noun, client):
    world = make_world(1)
    for address in (list_address(noun), list_address(noun, patner="x"), getattr(world, noun).get_absolute_url()):
        response = client.get(address)
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert Inline(response.content.decode()).found == []


@pytest.mark.parametrize("noun", RECORDS)
def test_a_draft_is_nowhere(noun, client):
    world = make_world(1)
    record = getattr(world, noun)
    name = str(record)
    NOUNS[noun][0].objects.filter(pk=record.pk).update(state="draft")
    assert client.get(record.get_absolute_url()).status_code == 404
    assert client.get(list_address(noun) + f"{record.pk}/").status_code == 404
    others = [getattr(world, other) for other in NOUNS if other != noun]
    for other in others:
        response = client.get(other.get_absolute_url())
        html = response.content.decode()
        assert f'href="{record.get_absolute_url()}"' not in html
        if response.status_code == 200 and noun != "contribution":
            assert name not in text_of(response).replace(str(other), "")
    for other in NOUNS:
        assert f'href="{record.get_absolute_url()}"' not in client.get(list_address(other)).content.decode()


@pytest.mark.parametrize("noun", RECORDS)
def test_staff_see_a_draft_and_that_it_is_one(noun, client):
    record = getattr(make_world(1), noun)
    NOUNS[noun][0].objects.filter(pk=record.pk).update(state="draft")
    client.force_login(make.make_user())
    response = client.get(record.get_absolute_url())
    assert response.status_code == 200
    assert '<span class="flag">draft</span>' in response.content.decode()


@pytest.mark.parametrize("noun", RECORDS)
def test_ids_and_former_addresses_lead_to_the_record(noun, client):
    record = getattr(make_world(1), noun)
    former = record.get_absolute_url()
    record.slug = f"renamed-{noun}"
    record.save()
    for address in (former, list_address(noun) + f"{record.pk}/"):
        response = client.get(address)
        assert response.status_code == 301
        assert response.headers["Location"] == f"{list_address(noun)}renamed-{noun}/"
    NOUNS[noun][0].objects.filter(pk=record.pk).update(state="draft")
    assert client.get(former).status_code == 404


def test_a_country_is_found_by_its_codes(client):
    country = make.make_country("NE", "Niger", "NER")
    for code in ("NE", "ner", "NER"):
        assert client.get(f"/countries/{code}/").headers["Location"] == country.get_absolute_url()


@pytest.mark.parametrize("noun", NOUNS)
def test_an_empty_list_says_so(noun, client):
    assert "Nothing has been published here yet." in text_of(client.get(list_address(noun)))


@pytest.mark.parametrize("noun", NOUNS)
def test_a_record_tells_how_to_cite_it_and_where_machines_find_it(noun, client):
    record = getattr(make_world(1), noun)
    response = client.get(record.get_absolute_url())
    folder = "news" if noun == "story" else list_address(noun).strip("/")
    assert f"/api/v1/{folder}/{record.slug}/" in response.content.decode()
    assert f"http://testserver{record.get_absolute_url()}, seen on" in text_of(response)


def test_pages_of_a_list_hold_25_rows_and_do_not_overlap(client):
    for number in range(27):
        make.make_organization(f"Body {number:02}")
    first, second = client.get("/organizations/"), client.get("/organizations/?page=2")
    assert [len(page.context["records"]) for page in (first, second)] == [25, 2]
    names = [record.name for page in (first, second) for record in page.context["records"]]
    assert names == sorted(set(names))
    assert "26 to 27 of 27" in text_of(second)
    assert '<a href="?page=2" aria-current="page">' in second.content.decode()
