"""Lists as feeds and calendars, as parsers that are not ours read them."""

from datetime import UTC, date, datetime
from time import struct_time

import feedparser
import icalendar
import pytest
from django.urls import reverse
from lxml import etree, html

from partnerships.models import Agreement, Event
from tests import factories as make
from tests.partnerships.test_pages import NOUNS, RECORDS, list_address
from tests.partnerships.world import make_world

pytestmark = pytest.mark.django_db
FORMATS = {"atom": "application/atom+xml; charset=utf-8", "rss": "application/rss+xml; charset=utf-8"}
# Beside the one that tells whether a reader has the feed already.
FEED_QUERIES = {
    "organization": 2,
    "agreement": 6,
    "project": 7,
    "funder": 1,
    "contribution": 6,
    "indicator": 3,
    "event": 4,
    "person": 2,
    "story": 4,
}


def parsed(response):
    found = feedparser.parse(response.content)
    assert not found.bozo, found.get("bozo_exception")
    return found


def events(response):
    return icalendar.Calendar.from_ical(response.content).walk("VEVENT")


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("noun", RECORDS)
def test_each_list_is_a_feed(noun, format, client):
    record = getattr(make_world(1), noun)
    response = client.get(f"{list_address(noun)}feed/{format}/")
    assert response.headers["Content-Type"] == FORMATS[format]
    found = parsed(response)
    assert found.feed.link == f"http://testserver{list_address(noun)}"
    records = NOUNS[noun][0].objects.order_by("-updated_at", "-pk")
    assert [entry.id for entry in found.entries] == [f"tag:localhost,2026:{noun}/{one.pk}" for one in records]
    (entry,) = [entry for entry in found.entries if entry.id.endswith(f"/{record.pk}")]
    assert entry.title == str(record)
    assert entry.link == f"http://testserver{record.get_absolute_url()}"
    assert entry.summary
    changed = entry.updated_parsed if format == "atom" else entry.published_parsed
    assert isinstance(changed, struct_time)
    assert datetime(*changed[:6], tzinfo=UTC) == record.updated_at.replace(microsecond=0)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("noun", RECORDS)
def test_a_feed_takes_the_same_number_of_statements(noun, rows, client, django_assert_num_queries):
    make_world(rows)
    with django_assert_num_queries(1 + FEED_QUERIES[noun]):
        client.get(f"{list_address(noun)}feed/atom/")


def test_the_question_is_the_lists_own(client):
    fifa = make.make_organization("FIFA", slug="fifa")
    make.make_story("About football", organizations=[fifa])
    make.make_story("About nobody")
    found = parsed(client.get("/stories/feed/atom/?partner=fifa"))
    assert [entry.title for entry in found.entries] == ["About football"]
    assert found.feed.title == "Concord: Stories about FIFA"
    assert found.feed.link == "http://testserver/stories/?partner=fifa"
    wrong = client.get("/stories/feed/atom/?patner=fifa")
    assert wrong.status_code == 400
    assert "patner" in wrong.content.decode()
    assert "partner" in wrong.content.decode()


def test_a_change_is_news_and_keeps_its_name(client):
    first, second = make.make_agreement("First", slug="first"), make.make_agreement("Second")
    before = parsed(client.get("/agreements/feed/atom/")).entries
    first.title, first.slug = "First, amended", "amended"
    first.save()
    after = parsed(client.get("/agreements/feed/atom/")).entries
    assert [entry.title for entry in before] == ["Second", "First"]
    assert [entry.title for entry in after] == ["First, amended", "Second"]
    assert {entry.id for entry in after} == {entry.id for entry in before}
    assert after[0].link.endswith("/agreements/amended/")
    assert second.pk != first.pk


@pytest.mark.parametrize("format", FORMATS)
def test_hostile_titles_stay_text(format, client):
    make.make_story("<script>alert(1)</script> & ]]> \x07 “é” 谅解 مذكرة")
    root = etree.fromstring(client.get(f"/stories/feed/{format}/").content)
    titles = root.xpath("//*[local-name()='entry' or local-name()='item']/*[local-name()='title']/text()")
    assert titles == ["<script>alert(1)</script> & ]]>  “é” 谅解 مذكرة"]


@pytest.mark.parametrize("address", ["/stories/feed/atom/", "/stories/feed/rss/", "/events/calendar.ics"])
def test_a_reader_who_has_it_gets_304(address, client, monkeypatch, django_assert_num_queries):
    make_world(1)
    # Within the second of a change nothing is dated: another change in it would look the same.
    monkeypatch.setattr(
        "partnerships.views.conditional.time.time", lambda: datetime(2100, 1, 1, tzinfo=UTC).timestamp()
    )
    first = client.get(address)
    with django_assert_num_queries(1):
        assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert client.get(address, headers={"If-Modified-Since": first.headers["Last-Modified"]}).status_code == 304
    early = {"If-Modified-Since": "Mon, 01 Jan 2001 00:00:00 GMT"}
    assert client.get(address, headers=early).status_code == 200


def test_everybody_gets_the_visitors_answer(client):
    make_world(1)
    make.make_story("Hidden story", state="draft")
    make.make_event("Hidden event", state="draft", starts="2020-01-01")
    addresses = ("/stories/feed/atom/", "/events/calendar.ics")
    as_visitor = [client.get(address).content for address in addresses]
    client.force_login(make.make_user())
    assert [client.get(address).content for address in addresses] == as_visitor
    assert all(b"Hidden" not in content for content in as_visitor)


def test_there_are_no_other_formats_and_places_are_no_news(client):
    for address in ("/stories/feed/json/", "/stories/feed/", "/countries/feed/atom/", "/projects/calendar.ics"):
        assert client.get(address).status_code == 404, address
    assert client.post("/stories/feed/atom/").status_code == 405


def test_events_as_a_calendar(client):
    world = make_world(0)
    make.make_event("Some spring", starts="2019-04")
    make.make_event("Some year", starts="2018", is_planned=True, place="Vienna, Austria")
    make.make_event("Known by a day", starts="../2019-05-21")
    make.make_event("Undated")
    response = client.get("/events/calendar.ics")
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["Content-Disposition"].startswith('inline; filename="events_')
    found = {str(one["summary"]): one for one in events(response)}
    spans = {title: (one.decoded("dtstart"), one.decoded("dtend")) for title, one in found.items()}
    assert spans == {
        "Harbour day": (date(2019, 9, 8), date(2019, 9, 10)),
        "Some spring": (date(2019, 4, 1), date(2019, 5, 1)),
        "Some year": (date(2018, 1, 1), date(2019, 1, 1)),
    }
    day = found["Harbour day"]
    assert str(day["uid"]) == f"event-{world.event.pk}-held@localhost"
    assert str(day["url"]) == "http://testserver/events/harbour-day/"
    assert day["sequence"] == world.event.version - 1
    assert str(found["Some year"]["status"]) == "TENTATIVE"
    assert str(found["Some year"]["location"]) == "Vienna, Austria"


def test_ends_of_agreements_as_a_calendar(client):
    partner = make.make_organization("FIFA", slug="fifa")
    make.make_agreement("Plan", short_title="The plan", signed="2019", ends="2027-03-31", parties=[partner])
    make.make_agreement("Open", signed="2019", parties=[partner])
    make.make_agreement("Year", signed="2019", ends="2028", parties=[partner])
    make.make_agreement("Broken off", signed="2019", ends="2030-01-01", terminated="2021-05-01", parties=[partner])
    make.make_agreement("Another's", signed="2019", ends="2027-01-01")
    found = events(client.get("/agreements/calendar.ics?partner=fifa"))
    assert {str(one["summary"]): (one.decoded("dtstart"), one.decoded("dtend")) for one in found} == {
        "Ends: The plan": (date(2027, 3, 31), date(2027, 4, 1)),
        "Ends in 2028: Year": (date(2028, 1, 1), date(2029, 1, 1)),
        "Ends: Broken off": (date(2021, 5, 1), date(2021, 5, 2)),
    }


@pytest.mark.parametrize("model", [Event, Agreement])
@pytest.mark.parametrize("rows", [1, 3])
def test_a_calendar_takes_the_same_number_of_statements(model, rows, client, django_assert_num_queries):
    make_world(rows)
    model.objects.update(ends_on=date(2030, 1, 1))
    with django_assert_num_queries(1 + FEED_QUERIES[model.noun]):
        assert events(client.get(reverse(f"partnerships:{model.noun}-calendar")))


def alternates(client, address):
    found = html.fromstring(client.get(address).content)
    return [one.get("href") for one in found.xpath("//link[@rel='alternate'][@type]")]


def test_pages_lead_to_what_follows_them(client):
    make_world(1)
    question = "?partner=harbour&year=2019"
    assert alternates(client, f"/events/{question}&page=1") == [
        f"/events/feed/atom/{question}",
        f"/events/feed/rss/{question}",
        f"/events/calendar.ics{question}",
    ]
    assert alternates(client, "/countries/") == []
    for page, asked in (("organizations/harbour", "partner=harbour"), ("countries/niger", "country=NE")):
        found = alternates(client, f"/{page}/")
        assert found == [
            f"/stories/feed/atom/?{asked}",
            f"/stories/feed/rss/?{asked}",
            f"/agreements/feed/atom/?{asked}",
            f"/projects/feed/atom/?{asked}",
            f"/events/feed/atom/?{asked}",
            f"/events/calendar.ics?{asked}",
        ]
        assert {client.get(address).status_code for address in found} == {200}
