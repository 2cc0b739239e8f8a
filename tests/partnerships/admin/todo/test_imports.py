"""Imports that failed are kept until the file is imported, or somebody sets them aside."""

import pytest
from django.contrib.auth.models import Permission

from partnerships.models import Agreement, FailedImport
from tests.factories import make_agreement, make_user
from tests.partnerships.admin.test_import import PAGE, csv_of, kept, upload  # noqa: F401 - a fixture

from .asking import found

pytestmark = pytest.mark.django_db
LIST = "/admin/partnerships/failedimport/"


@pytest.fixture
def wrong(chief):
    make_agreement("Treaty", slug="treaty")
    return csv_of(Agreement, chief).replace(b"mou", b"pact")


def test_a_refused_file_waits_until_it_is_right(as_chief, chief, wrong):
    upload(as_chief, wrong)
    upload(as_chief, wrong)
    assert found(as_chief, chief, FailedImport, "failed") == {"agreements.csv"}
    failed = FailedImport.objects.get()
    assert (failed.noun, failed.user, failed.wrong_rows, failed.settled_at) == (
        "partnerships.agreement",
        chief,
        1,
        None,
    )
    assert failed.problem.startswith("kind ")
    upload(as_chief, csv_of(Agreement, chief), name="other.csv")
    assert found(as_chief, chief, FailedImport, "failed") == {"agreements.csv"}
    upload(as_chief, csv_of(Agreement, chief))
    assert found(as_chief, chief, FailedImport, "failed") == set()
    assert FailedImport.objects.get().settled_at


def test_a_file_that_cannot_be_read_waits(as_chief, chief):
    upload(as_chief, b"titel\nTreaty\n")
    assert found(as_chief, chief, FailedImport, "failed") == {"agreements.csv"}
    assert FailedImport.objects.get().wrong_rows == 0
    as_chief.post(PAGE, {})
    assert FailedImport.objects.count() == 1  # no file was chosen: there is nothing to mend


def test_a_plan_that_the_register_overtook_waits(as_chief, chief):
    agreement = make_agreement("Treaty", slug="treaty")
    shown = upload(as_chief, csv_of(Agreement, chief).replace(b"Treaty", b"Pact"))
    assert found(as_chief, chief, FailedImport, "failed") == set()
    agreement.description = "Changed meanwhile"
    agreement.save()
    assert as_chief.post(PAGE, {"confirm": "1", "token": shown.context["token"]}).status_code == 409
    assert found(as_chief, chief, FailedImport, "failed") == {"agreements.csv"}


def test_it_can_be_set_aside(as_chief, chief, wrong):
    upload(as_chief, wrong)
    failed = FailedImport.objects.get()
    done = as_chief.post(LIST, {"action": "set_aside", "_selected_action": [failed.pk]}, follow=True)
    assert "1 failed import was set aside." in done.content.decode()
    assert found(as_chief, chief, FailedImport, "failed") == set()
    assert "settled" in as_chief.get(LIST).content.decode()


def test_it_is_shown_to_those_who_may_repeat_it(as_chief, client, wrong):
    upload(as_chief, wrong)
    reader = make_user("reader")
    reader.user_permissions.add(Permission.objects.get(codename="view_agreement"))
    client.force_login(reader)
    assert client.get(LIST).status_code == 403
    reader.user_permissions.add(*Permission.objects.filter(codename__in=["add_event", "change_event"]))
    assert client.get(LIST).context["cl"].result_count == 0
    assert "agreements.csv" not in client.get(LIST).content.decode()
    reader.user_permissions.add(*Permission.objects.filter(codename__in=["add_agreement", "change_agreement"]))
    assert client.get(LIST).context["cl"].result_count == 1
