"""What the apps say of each other's addresses: every record page leads to the same record in the API."""

import re

import pytest

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
from stories.models import NewsItem
from tests.factories import (
    make_agreement,
    make_contribution,
    make_country,
    make_event,
    make_indicator,
    make_person,
    make_region,
    make_story,
)

NOUNS = [Agreement, Contribution, Country, Event, Funder, Indicator, Organization, Person, Project, Region, NewsItem]


@pytest.fixture
def register(db):
    make_agreement(), make_contribution(), make_country("NE", "Niger"), make_event(), make_indicator()
    make_person(), make_region("sahel"), make_story()


@pytest.mark.parametrize("model", NOUNS)
def test_a_page_leads_to_its_record_in_the_api(client, register, model):
    record = model.objects.first()
    page = client.get(record.get_absolute_url()).content.decode()
    (address,) = set(re.findall(r'href="(http://testserver/api/v1/[^"]+/[^"]+/)"', page))
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.json()["url"] == address
    assert answer.json()["page_url"].endswith(record.get_absolute_url())
