"""A page is not sent twice to a visitor, and never kept for anybody from a session."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories as make
from tests.partnerships.world import make_world

pytestmark = pytest.mark.django_db
ADDRESSES = ["/", "/search/?q=harbour", "/agreements/", "/agreements/?partner=harbour", "/agreements/harbour-mou/"]


@pytest.fixture
def world(db):
    return make_world(1)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_that_is_known_costs_one_query(address, world, client, django_assert_num_queries):
    first = client.get(address)
    assert first.headers["Cache-Control"] == "no-cache"
    assert "Cookie" in first.headers["Vary"]
    with django_assert_num_queries(1):
        again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    assert "default-src 'none'" in again.headers["Content-Security-Policy"]


def test_what_makes_it_another_page(world, client, monkeypatch):
    def etag(address="/agreements/harbour-mou/", **extra):
        return client.get(address, **extra).headers["ETag"]

    first = etag()
    world.organization.internal_note = "Not for visitors."
    make.make_organization(state="draft")
    assert etag() == first
    made = {first, etag("/agreements/harbour-mou/?page=1")}
    make.make_organization("Another office")
    made.add(etag())
    monkeypatch.setattr("partnerships.views.conditional.release", lambda: "another")
    made.add(etag())
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: tomorrow)
    made.add(etag())
    assert len(made) == 5


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_session_shapes_no_answer_for_others(address, world, client):
    etag = client.get(address).headers["ETag"]
    client.force_login(make.make_user())
    response = client.get(address, headers={"If-None-Match": etag})
    assert response.status_code == 200
    assert "ETag" not in response.headers
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert "Cookie" in response.headers["Vary"]


@pytest.mark.parametrize(
    ("address", "status"), [("/agreements/?patner=x", 400), ("/agreements/?page=9", 404), ("/agreements/none/", 404)]
)
def test_what_went_wrong_has_no_etag(address, status, world, client):
    response = client.get(address)
    assert (response.status_code, "ETag" in response.headers) == (status, False)
