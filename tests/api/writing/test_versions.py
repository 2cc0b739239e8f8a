"""Nobody overwrites what they have not seen: If-Match is required, and of two writers one wins."""

import pytest

from partnerships.models import Organization
from tests.factories import make_organization


@pytest.mark.parametrize(
    ("method", "body"), [("put", {"name": "Mine", "type": "40"}), ("patch", {"name": "Mine"}), ("delete", None)]
)
def test_a_change_names_the_version_it_was_made_for(method, body, write):
    record = make_organization("One", acronym="ONE")
    tag = write.get("organizations/one/")["ETag"]
    assert tag == f'"organization-{record.pk}-v1"'
    for missing in (None, "", "*"):
        response = write(method, "organizations/one/", body, 428, If_Match=missing)
        assert "If-Match" in response.answer["detail"]
    for stale in (
        '"organization-1-v9"',
        "1",
        '"1"',
        tag.strip('"'),
        tag.replace("v1", "v11"),
        tag.replace("n-", "n-1"),
    ):
        response = write(method, "organizations/one/", body, 412, If_Match=stale)
        assert (response.answer["version"], response.answer["etag"]) == (1, tag)
    record.refresh_from_db()
    assert (record.name, record.version) == ("One", 1)
    write(method, "organizations/one/", body, 204 if method == "delete" else 200, If_Match=f'"x", W/{tag}')
    assert not Organization.objects.filter(name="One").exists()


def test_a_save_at_the_desk_in_between_is_a_conflict(write):
    record = make_organization("One")
    tag = write.get("organizations/one/")["ETag"]
    record.website = "https://example.org"
    record.save()
    response = write("patch", "organizations/one/", {"name": "Mine"}, 412, If_Match=tag)
    assert response.answer["version"] == 2
    record.refresh_from_db()
    assert (record.name, record.website) == ("One", "https://example.org")


def test_a_visitor_gets_no_version_tag(client, db):
    make_organization("One")
    assert not client.get("/api/v1/organizations/one/").get("ETag", "").startswith('"organization-')
