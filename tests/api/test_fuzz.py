"""Thousands of questions made from the OpenAPI description, right ones and wrong ones: all are answered as it says."""

import json
from collections import Counter

import pytest
import schemathesis
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings

from api.viewsets.documentation import description
from config.wsgi import application

from .conftest import fill

pytestmark = [pytest.mark.fuzz, pytest.mark.django_db]

# A schema cannot say which records there are, nor which parameters exclude each other: a question that fits it may
# still be refused. The refusal must then be the problem document that the schema describes, and no other status.
CONFIG = {"checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", "3xx", "304", "400", "404"]}}}
schema = schemathesis.openapi.from_dict(
    json.loads(json.dumps(description(), default=str)), config=schemathesis.Config.from_dict(CONFIG)
)
schema.app = application
cases = Counter()


@schema.hook
def filter_case(context, case):
    """A parameter without a value asks for nothing: forms send them. A schema has no word for that."""
    return "" not in (case.query or {}).values()


FUZZED = settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def register(django_db_setup, django_db_blocker):
    """One of everything, for all cases of the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        fill()
        yield
        transaction.set_rollback(True)


@schema.include(method="GET").parametrize()
@FUZZED
def test_a_visitors_questions(register, case):
    cases[case.operation.label] += 1
    response = case.call_and_validate()
    assert response.status_code < 500


def test_there_were_enough_of_them():
    assert sum(cases.values()) >= 3000
