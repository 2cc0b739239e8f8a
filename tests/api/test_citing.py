"""An answer says how it is cited, and is sent again only when it has changed."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from django.utils.http import http_date

from partnerships.ledger import head
from partnerships.models import Agreement, LedgerHead
from tests.factories import make_agreement, make_organization, make_user

from .conftest import ROOT
from .test_answers import NAMES

ADDRESSES = [
    *(f"{ROOT}{noun}/?count=true" for noun in NAMES),
    f"{ROOT}agreements/memorandum/",
    f"{ROOT}countries/NA/",
    f"{ROOT}search/?q=project",
]


@pytest.fixture
def long_ago():
    """The last change was a while ago: within its own second, nobody is told when it was."""
    LedgerHead.objects.update(
        changed_at=datetime(2020, 1, 2, tzinfo=UTC), public_changed_at=datetime(2020, 1, 2, tzinfo=UTC)
    )


def test_an_answer_that_is_known_costs_one_query(one, client, django_assert_num_queries):
    for address in ADDRESSES:
        first = client.get(address)
        assert first.status_code == 200
        with django_assert_num_queries(1):
            again = client.get(address, headers={"If-None-Match": f'"other", W/{first["ETag"]}'})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"]), address
        for name in ("Cache-Control", "Vary"):
            assert again[name] == first[name]
        assert first["Cache-Control"] == "no-cache"
        assert {"Accept", "Authorization", "Cookie"} <= {word.strip() for word in first["Vary"].split(",")}
        assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


def test_the_etag_changes_with_whatever_the_answer_depends_on(one, client, monkeypatch):
    address = f"{ROOT}agreements/"
    etags = [
        client.get(address)["ETag"],
        client.get(address, {"page_size": 1})["ETag"],
        client.get(f"{ROOT}agreements/memorandum/")["ETag"],
        client.get(address, headers={"Host": "127.0.0.1"})["ETag"],
        client.get(address, headers={"Accept": "application/json; indent=4"})["ETag"],
    ]
    assert client.get(address)["ETag"] == etags[0]
    one.agreement.save()
    etags.append(client.get(address)["ETag"])
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr("api.citing.timezone.localdate", lambda: tomorrow)
    etags.append(client.get(address)["ETag"])
    monkeypatch.setattr("api.citing.release", lambda: "another")
    etags.append(client.get(address)["ETag"])
    client.force_login(make_user())
    etags.append(client.get(address)["ETag"])
    client.force_login(make_user(is_staff=False))
    etags.append(client.get(address)["ETag"])
    assert len(set(etags)) == len(etags)
    assert all(etag.startswith('"') for etag in etags), "strong ones"


def test_signed_in_answers_are_kept_by_nobody_else(one, client):
    client.force_login(make_user())
    for address in (f"{ROOT}agreements/", f"{ROOT}agreements/memorandum/"):
        assert client.get(address)["Cache-Control"] == "private, no-cache"


def test_by_date(one, client, long_ago, monkeypatch, django_assert_num_queries):
    address = f"{ROOT}agreements/"
    monkeypatch.setattr("api.citing.released_at", lambda: 0)
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    last_modified = client.get(address)["Last-Modified"]
    assert last_modified == http_date(midnight.timestamp()), "statuses are those of today"
    with django_assert_num_queries(1):
        assert client.get(address, headers={"If-Modified-Since": last_modified}).status_code == 304
    record = client.get(f"{ROOT}agreements/memorandum/", headers={"If-Modified-Since": last_modified})
    assert (record.status_code, record.content) == (304, b"")
    for stale in (http_date(midnight.timestamp() - 1), "yesterday"):
        assert client.get(address, headers={"If-Modified-Since": stale}).status_code == 200
    both = {"If-Modified-Since": last_modified, "If-None-Match": '"other"'}
    assert client.get(address, headers=both).status_code == 200, "If-None-Match is exact and decides alone"
    wrong = client.get(address + "?partnr=eu", headers={"If-Modified-Since": last_modified})
    assert wrong.status_code == 400, "a 304 hides no error"
    assert "ETag" not in wrong
    assert client.get(f"{ROOT}agreements/no/", headers={"If-Modified-Since": last_modified}).status_code == 404


def test_no_date_within_the_second_of_the_last_change(one, client):
    one.agreement.save()
    LedgerHead.objects.update(public_changed_at=timezone.now() + timedelta(seconds=2))
    assert "Last-Modified" not in client.get(f"{ROOT}agreements/")


def test_a_list_says_how_it_is_cited(one, ask, long_ago):
    answer = ask("agreements/?year=2019&partner=UN&partner=Partner&country=NAX&cursor=&count=true").answer
    assert answer["citation"] == {
        "permalink": f"http://testserver{ROOT}agreements/?count=true&country=niger&partner=pa&partner=un&year=2019",
        "data_version": str(head(None).number),
        "changed_at": "2020-01-02T00:00:00Z",
    }
    assert ask(answer["citation"]["permalink"].removeprefix("http://testserver")).answer["results"] == answer["results"]
    page = ask("agreements/", page_size=1).answer
    assert ask(page["next"].removeprefix("http://testserver")).answer["citation"] == page["citation"], (
        "every page cites the whole"
    )


def test_an_empty_register_has_a_citation(db, ask):
    assert ask("agreements/").answer["citation"] == {
        "permalink": f"http://testserver{ROOT}agreements/",
        "data_version": "0",
        "changed_at": None,
    }


def test_the_desk_has_its_own_data_version(one, client, ask):
    make_organization("Secret", state="draft")
    visitors = ask("agreements/").answer["citation"]["data_version"]
    client.force_login(make_user())
    assert int(ask("agreements/").answer["citation"]["data_version"]) > int(visitors)


def test_a_published_agreement_changes_the_etag_and_a_draft_does_not(one, client):
    address = f"{ROOT}agreements/"
    before = client.get(address)["ETag"]
    draft = make_agreement("Draft", state="draft")
    assert client.get(address)["ETag"] == before
    draft.state = "published"
    draft.save()
    assert client.get(address)["ETag"] != before
    assert Agreement.objects.published().filter(pk=draft.pk).exists()
