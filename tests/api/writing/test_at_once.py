"""What holds when several write at once: one record for one key, one winner for one version."""

import json
from collections import Counter

import pytest
from django.db import connection

from api.models import StoredAnswer
from partnerships.models import Organization
from tests.conftest import THREADS
from tests.factories import make_organization, make_user

from .conftest import make_token


@pytest.fixture
def headers(transactional_db):
    return {"Authorization": make_token(make_user("chief", is_superuser=True))[1]}


def send(client, method, address, body, headers):
    response = client.generic(
        method, f"/api/v1/{address}", json.dumps(body), content_type="application/json", headers=headers
    )
    return response.status_code, response.get("Idempotency-Replayed"), response.content


def counts(client, _number=0):
    """Asked in a thread, because that sees what the threads wrote."""
    return Organization.objects.count(), Organization.history.count(), StoredAnswer.objects.count()


@pytest.mark.parametrize("requests", [100, pytest.param(1000, marks=pytest.mark.long)])
def test_a_post_that_is_sent_again_makes_one_record(at_once, headers, requests):
    """Each key five times."""
    keys = requests // 5

    def work(client, number):
        key = f"key-{number % keys}"
        body = {"name": f"Organization {number % keys}", "type": "40"}
        return send(client, "POST", "organizations/", body, headers | {"Idempotency-Key": key})

    answers = at_once(work, requests)
    assert {status for status, _replayed, _content in answers} == {201}
    assert Counter(replayed for _status, replayed, _content in answers) == {None: keys, "true": requests - keys}
    for key in range(keys):
        assert len({content for _status, _replayed, content in answers[key::keys]}) == 1
    assert at_once(counts, 1) == [(keys, keys, keys)]


def test_of_two_writers_with_one_version_one_wins(at_once, headers):
    """Five writers, one version each round: one change, four conflicts, and no change lost."""
    rounds = 20 if connection.vendor == "postgresql" else 5
    record = make_organization("One")

    def work(client, number):
        tag = f'"organization-{record.pk}-v{1 + number // THREADS}"'
        body = {"name": f"Writer {number}"}
        # Whoever comes too early for its round waits for the others of the round before.
        while True:
            status, _replayed, content = send(client, "PATCH", "organizations/one/", body, headers | {"If-Match": tag})
            if status != 412 or json.loads(content)["version"] > 1 + number // THREADS:
                return status

    statuses = at_once(work, rounds * THREADS)
    assert Counter(statuses) == {200: rounds, 412: rounds * (THREADS - 1)}

    def state(client, _number):
        found = Organization.objects.get(pk=record.pk)
        return found.version, found.history.count()

    assert at_once(state, 1) == [(1 + rounds, 1 + rounds)]
