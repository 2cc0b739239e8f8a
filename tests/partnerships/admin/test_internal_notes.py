"""Internal notes are for those who hold the permission: on forms, in the history, in the bin, in merging and over the API."""

import pytest
from django.contrib.auth.models import Permission

from partnerships.internal import reads_notes
from partnerships.models import BinnedRecord, Organization
from partnerships.versions.bin import discard
from tests.api.writing.conftest import Writer, make_token
from tests.factories import make_organization, make_user

from .desk import address, posted

pytestmark = pytest.mark.django_db
SECRET = "They ask for more than they say"
# All that a publisher may do with organizations, and nothing more.
DEEDS = ("view", "add", "change", "delete", "publish")


@pytest.fixture
def outsider():
    user = make_user("outsider")
    codes = [f"{deed}_organization" for deed in DEEDS]
    user.user_permissions.set(Permission.objects.filter(codename__in=codes))
    return user


@pytest.fixture
def record():
    record = make_organization("FIFA", internal_note="Nothing yet")
    record.internal_note = SECRET
    record.save()
    return record


def everywhere(client, record):
    """The pages of the desk that tell what a record says."""
    other = make_organization("FIFA again")
    binned = discard(make_organization("Gone", internal_note=SECRET), make_user())
    return {
        "form": client.get(address(record, "change")),
        "history": client.get(address(record, "history")),
        "restore": client.get(address(Organization, "restore", record.pk, 1)),
        "merge": client.get(f"/admin/partnerships/organization/{other.pk}/merge/", {"with": record.pk}),
        "bin": client.get(address(BinnedRecord, "change", binned.pk)),
    }


@pytest.mark.parametrize("group", ["editor", "publisher", "administrator"])
def test_the_three_roles_read_them(group):
    assert reads_notes(make_user(group=group))
    assert not reads_notes(make_user())
    assert not reads_notes(None)


def test_who_may_reads_them_everywhere(client, record):
    client.force_login(make_user("publisher", group="publisher"))
    pages = everywhere(client, record)
    assert {name: SECRET in page.content.decode() for name, page in pages.items()} == dict.fromkeys(pages, True)


def test_the_others_read_them_nowhere(client, record, outsider):
    client.force_login(outsider)
    pages = everywhere(client, record)
    assert {name: page.status_code for name, page in pages.items()} == dict.fromkeys(pages, 200)
    assert {name: SECRET in page.content.decode() for name, page in pages.items()} == dict.fromkeys(pages, False)


def test_what_is_not_shown_stays_as_it_was_and_cannot_be_forged(client, record, outsider):
    client.force_login(outsider)
    data = posted(client.get(address(record, "change"))) | {"name": "FIFA, renamed", "internal_note": "forged"}
    assert client.post(address(record, "change"), data).status_code == 302
    record.refresh_from_db()
    assert (record.name, record.internal_note) == ("FIFA, renamed", SECRET)


def test_two_at_once_are_told_without_it(client, record, outsider):
    client.force_login(outsider)
    data = posted(client.get(address(record, "change"))) | {"name": "FIFA, renamed"}
    record.description = "in between"
    record.save()
    answer = client.post(address(record, "change"), data)
    assert SECRET not in answer.content.decode()
    record.refresh_from_db()
    assert (record.name, record.description) == ("FIFA", "in between")


@pytest.mark.parametrize(("group", "status"), [("publisher", 200), (None, 403)])
def test_over_the_api_they_are_written_with_the_permission_only(client, record, outsider, group, status):
    user = make_user("publisher", group=group) if group else outsider
    writer = Writer(client, make_token(user)[1])
    where = f"organizations/{record.slug}/"
    writer.change("patch", where, {"internal_note": "from afar"}, status=status)
    assert writer.change("patch", where, {"description": "A federation."}).answer["description"] == "A federation."
    record.refresh_from_db()
    assert record.internal_note == ("from afar" if group else SECRET)
