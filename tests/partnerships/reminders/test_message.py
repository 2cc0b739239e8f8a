"""The mail: in the person's language, as text and HTML, complete in itself, with a calendar that others can read."""

import re
from datetime import date
from html.parser import HTMLParser

import icalendar
import pytest
from django.conf import settings
from django.core import mail

from partnerships.admin.related import desk_address

from .conftest import after, ending, prefer, promise, run

pytestmark = pytest.mark.django_db


class Addresses(HTMLParser):
    """What the HTML links to, and what a mail program would fetch to show it."""

    def __init__(self, html):
        super().__init__()
        self.links, self.fetched, self.root = [], [], {}
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "html":
            self.root = attributes
        if tag == "a":
            self.links.append(attributes["href"])
        self.fetched += [value for name, value in attributes.items() if name in ("src", "srcset", "background", "data")]
        self.fetched += [attributes["href"]] if tag == "link" else []


def sent(ana, **preferences):
    prefer(ana, **preferences)
    assert len(run(after(0))) == 1
    (message,) = mail.outbox
    return message


@pytest.fixture
def agreement(ana):
    return ending(after(7), ana, title="Harbour & <Port> accord", short_title="Harbour")


def html_of(message):
    ((html, media_type),) = message.alternatives
    assert media_type == "text/html"
    return html


def test_both_forms_say_the_same(ana, agreement):
    promise(agreement, after(1), "A joint “report” & more")
    message = sent(ana)
    assert (message.to, message.subject) == (["ana@example.org"], "Concord: 2 dates come near")
    for said in ("Ana Diaz", "9 November 2026", "in 7 days", "3 November 2026", "in 1 day"):
        assert said in message.body
        assert said in html_of(message)
    assert "Harbour & <Port> accord" in message.body
    assert "Harbour &amp; &lt;Port&gt; accord" in html_of(message)
    assert "A joint “report” & more" in message.body
    assert "Under: Harbour & <Port> accord" in message.body
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"


def test_one_date_is_named_in_the_subject(ana, agreement):
    assert sent(ana).subject == "Concord: Harbour & <Port> accord, ends: 9 November 2026"


def test_a_title_cannot_add_headers(ana):
    ending(after(7), ana, title="A\r\nBcc: all@example.org")
    message = sent(ana)
    assert message.subject == "Concord: A Bcc: all@example.org, ends: 9 November 2026"
    assert message.message()["Bcc"] is None


def test_links_are_absolute_and_nothing_is_fetched(ana, agreement):
    found = Addresses(html_of(sent(ana)))
    assert found.links == [
        f"https://register.example{desk_address(agreement)}",
        "https://register.example/admin/reminders/",
    ]
    assert found.fetched == []
    assert "url(" not in html_of(mail.outbox[0])
    addresses = re.findall(r"https?://\S+", mail.outbox[0].body)
    assert addresses == found.links


def test_a_calendar_comes_with_it(ana, agreement):
    promised = promise(agreement, after(1), "A joint; report")
    (attachment,) = sent(ana).attachments
    assert attachment[0::2] == ("concord.ics", "text/calendar")
    events = icalendar.Calendar.from_ical(attachment[1]).walk("VEVENT")
    assert {
        (str(event["uid"]).partition("@")[0], str(event["summary"]), event.decoded("dtstart")) for event in events
    } == {
        (f"agreement-{agreement.pk}-ends", "Ends: Harbour", date(2026, 11, 9)),
        (f"commitment-{promised.pk}-due", "Due: A joint; report", date(2026, 11, 3)),
    }
    assert {str(event["url"]) for event in events} == {f"https://register.example{agreement.get_absolute_url()}"}


def test_the_calendar_arrives_as_one(ana, agreement):
    parts = {part.get_content_type(): part for part in sent(ana).message().walk()}
    assert set(parts) == {"multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar"}
    calendar = parts["text/calendar"]
    assert calendar.get_filename() == "concord.ics"
    assert len(icalendar.Calendar.from_ical(calendar.get_payload(decode=True)).walk("VEVENT")) == 1


def test_a_date_known_by_its_last_day_only_is_in_no_calendar(ana):
    ending(after(7), ana, ends="../2026-11-09")
    message = sent(ana)
    assert message.attachments == []
    assert "calendar" not in message.body


def test_a_year_stays_a_year(ana):
    ending(after(59), ana, title="Until 2026", ends="2026")
    message = sent(ana, agreement_days=[90])
    assert message.subject == "Concord: Until 2026, ends: 2026"
    (event,) = icalendar.Calendar.from_ical(message.attachments[0][1]).walk("VEVENT")
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2026, 1, 1), date(2027, 1, 1))


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("ar", "9 تشرين الثاني/نوفمبر 2026"),
        ("zh-hans", "2026年11月9日"),
        ("en", "9 November 2026"),
        ("fr", "9 novembre 2026"),
        ("ru", "9 ноября 2026"),
        ("es", "9 de noviembre de 2026"),
    ],
)
def test_it_is_in_the_persons_language(ana, agreement, language, written):
    message = sent(ana, language=language)
    assert written in message.body
    assert written in html_of(message)
    assert written in message.subject
    root = Addresses(html_of(message)).root
    assert root == {"lang": language, "dir": "rtl" if language == "ar" else "ltr"}
    assert message.extra_headers["Content-Language"] == language


def test_a_language_that_went_away_is_the_registers_own(ana, agreement):
    assert Addresses(html_of(sent(ana, language="eo"))).root["lang"] == settings.LANGUAGE_CODE
