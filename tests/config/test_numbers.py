"""Every number on a page that leads to a list is what the API counts there: a walk over the pages of the demo register."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from django.db import connection
from django.test import Client
from lxml import html

from tests.demo import load_demo

pytestmark = pytest.mark.django_db
API_NAMES = {"stories": "news"}
LISTS = ("agreements", "projects", "stories", "events", "organizations", "contributions", "people", "indicators")
LISTS += ("funders", "countries", "regions")
SITE = "http://testserver"
# “3”, “Niger: 2 projects”, “KEN 1”, “In force 12”; not “2019” where that is the question.
NUMBER = re.compile(r"(?:^|[: ])(?P<number>\d[\d,]*)(?: [a-z]+)*$")
# Numbers of pages; and amounts, whose pictures are compared with the API's sums by tests of their own.
LEFT_OUT = "ancestor::nav[@class='pager'] | ancestor::*[contains(@class, 'money')]"
NOT_FILTERS = ("ordering", "page")


class Walk:
    """All pages that links without a question lead to, from the home page on, and what they claim about lists."""

    def __init__(self):
        self.client, self.counts = Client(), {}

    def pages(self):
        """(path, response, document), each page once."""
        waiting, seen = ["/"], {"/"}
        while waiting:
            path = waiting.pop()
            response = self.client.get(path)
            assert response.status_code == 200, path
            document = html.fromstring(response.content)
            document.make_links_absolute(SITE + path)
            yield path, response, document
            if path == "/countries/":
                continue  # of the countries, those where something is recorded are linked from it
            for link in document.iterfind(".//a[@href]"):
                to = urlsplit(link.get("href"))
                word, *rest = to.path.strip("/").split("/")
                is_page = link.get("href").startswith(SITE) and (word in LISTS) and len(rest) < 2
                if is_page and "." not in to.path and not to.query and to.path not in seen:
                    seen.add(to.path)
                    waiting.append(to.path)

    def count(self, address):
        """How many records the API finds for the question of a list's address."""
        word, query = urlsplit(address).path.strip("/"), urlsplit(address).query
        asked = [pair for pair in parse_qsl(query, keep_blank_values=True) if pair[0] not in NOT_FILTERS]
        asked += [("count", "true"), ("page_size", "1"), ("fields", "id")]
        question = f"/api/v1/{API_NAMES.get(word, word)}/?{urlencode(asked)}"
        if question not in self.counts:
            answer = self.client.get(question)
            assert answer.status_code == 200, (question, answer.content)
            self.counts[question] = answer.json()["count"]
        return self.counts[question]


def claims(document):
    """(address, number, text) for each link to a list that says a number."""
    for link in document.get_element_by_id("content").iterfind(".//a[@href]"):
        address, beside = link.get("href"), link.getnext()
        if urlsplit(address).path.strip("/") not in LISTS or link.xpath(LEFT_OUT):
            continue
        said = link.find(".//{*}title")
        text = " ".join((link.text_content() if said is None else said.text).split())
        if beside is not None and beside.get("class") == "count":
            text = f"{text} {beside.text_content()}"
            # The partners beside a list are counted without their units, as a note there says.
            if "partner=" in address and link.xpath("ancestor::aside") and "partner_exact" not in address:
                address += "&partner_exact=true"
        elif text in dict(parse_qsl(urlsplit(address).query)).values():
            continue  # a year that is the question, not its answer
        if found := NUMBER.search(text):
            yield address, int(found["number"].replace(",", "")), text


def test_every_number_on_every_page_is_the_apis():
    if connection.vendor == "postgresql":
        pytest.skip("Planning its thousands of questions takes PostgreSQL minutes; the code that counts is the same.")
    load_demo()
    walk, wrong, told, pages = Walk(), [], 0, 0
    for path, response, document in walk.pages():
        pages += 1
        for address, number, text in claims(document):
            told += 1
            if number != walk.count(address):
                wrong.append((path, text, address, walk.count(address)))
        for section in (response.context or {}).get("sections", []):
            shown = document.find(f".//section[@id='{section.anchor}']//span[@class='count']")
            if section.rows and section.more and not section.more_text:
                told += 1
                if not int(shown.text) == section.count == walk.count(section.more):
                    wrong.append((path, section.title, section.more, shown.text, walk.count(section.more)))
    assert wrong == []
    assert pages > 400
    assert told > 2_000
