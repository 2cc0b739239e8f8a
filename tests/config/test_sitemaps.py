"""Sitemaps, held against the schema of the protocol."""

from pathlib import Path

import pytest
from lxml import etree

from tests import factories as make
from tests.partnerships.test_pages import NOUNS
from tests.partnerships.world import make_world

pytestmark = pytest.mark.django_db
SCHEMAS = Path(__file__).parents[1] / "data" / "sitemap_0.9"
SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def read(client, address, schema):
    response = client.get(address)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/xml")
    root = etree.fromstring(response.content)
    etree.XMLSchema(etree.parse(SCHEMAS / schema)).assertValid(root)
    return root


def test_the_index_leads_to_every_public_record_once(client):
    make_world(2)
    make.make_agreement("Hidden", slug="hidden", state="draft")
    index = read(client, "/sitemap.xml", "siteindex.xsd").xpath("//s:loc/text()", namespaces=SPACE)
    assert index == [f"http://testserver/sitemap-{name}.xml" for name in ["lists", *sections()]]
    for noun in sections():
        root = read(client, f"/sitemap-{noun}.xml", "sitemap.xsd")
        records = list(NOUNS[noun][0].objects.visible_to(None).order_by("pk"))
        found = root.xpath("//s:loc/text()", namespaces=SPACE)
        assert found == [f"http://testserver{record.get_absolute_url()}" for record in records]
        dates = root.xpath("//s:lastmod/text()", namespaces=SPACE)
        assert dates == [f"{record.updated_at:%Y-%m-%d}" for record in records if hasattr(record, "updated_at")]


def sections():
    from config.sitemaps import NOUNS as models

    return [model.noun for model in models]


@pytest.mark.parametrize("rows", [1, 3])
def test_it_takes_the_same_number_of_statements(rows, client, django_assert_num_queries):
    make_world(rows)
    with django_assert_num_queries(2):  # how many there are, and which
        client.get("/sitemap-agreement.xml")


def test_the_desk_sees_no_more_than_visitors(client):
    make.make_agreement("Hidden", slug="hidden", state="draft")
    client.force_login(make.make_user())
    assert b"hidden" not in client.get("/sitemap-agreement.xml").content


def test_wrong_addresses_are_not_found(client):
    for address in ("/sitemap-nothing.xml", "/sitemap-agreement.xml?p=2", "/sitemap-agreement.xml?p=x"):
        assert client.get(address).status_code == 404


def test_robots_name_it(client):
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content.decode().splitlines()
