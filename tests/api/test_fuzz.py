"""Thousands of requests made from the OpenAPI description, right ones and wrong ones: all are answered as it says.

Visitors ask, and a token of all scopes asks and writes. What is written is undone after each request, so that each
meets the same register.
"""

import json
from collections import Counter

import pytest
import schemathesis
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi.checks import allow_header_conformance

from api.urls import NOUNS
from api.viewsets.documentation import description
from api.writing.preconditions import etag
from config.wsgi import application
from tests.factories import make_user

from .conftest import fill
from .writing.conftest import make_token

pytestmark = [pytest.mark.fuzz, pytest.mark.django_db]

# A schema cannot say which records there are, nor which parameters or fields exclude each other: a request that fits it
# may still be refused (400, 404), or go against the register as it stands (409), its version (412) or what its
# Idempotency-Key did before (422). The refusal must then be the problem document that the schema describes.
ASKED = ["2xx", "3xx", "304", "400", "404"]
REFUSED = ["400", "401", "404", "405", "406", "409", "412", "415", "422", "428"]
CONFIG = {
    "checks": {
        "positive_data_acceptance": {"expected-statuses": [*ASKED, "409", "412", "422"]},
        # What is wrong with the address or the version is said before the body is read.
        "negative_data_rejection": {"expected-statuses": REFUSED},
        "missing_required_header": {"expected-statuses": ["404", "428"]},
    }
}
schema = schemathesis.openapi.from_dict(
    json.loads(json.dumps(description(), default=str)), config=schemathesis.Config.from_dict(CONFIG)
)
schema.app = application
asked, written, answered = Counter(), Counter(), Counter()


@schema.hook
def filter_case(context, case):
    """A parameter without a value asks for nothing: forms send them. A schema has no word for that."""
    values = (case.query or {}).values()
    return not any(value == "" or (isinstance(value, list) and "" in value) for value in values)


def fuzzed(phases, examples):
    return settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        phases=phases,
        suppress_health_check=list(HealthCheck),
    )


WRITTEN = ["POST", "PUT", "PATCH", "DELETE"]


@pytest.fixture(scope="module")
def register(django_db_setup, django_db_blocker):
    """One of everything, for all cases of the module; the header of a token that may write it."""
    with django_db_blocker.unblock(), transaction.atomic():
        fill()
        yield {"Authorization": make_token(make_user("chief", is_superuser=True))[1]}
        transaction.set_rollback(True)


@schema.include(method="GET").parametrize()
@fuzzed([Phase.explicit, Phase.generate], 10)
def test_a_visitors_questions(register, case):
    asked[case.operation.label] += 1
    response = case.call_and_validate()
    assert response.status_code < 500


@schema.include(method="GET").parametrize()
@fuzzed([Phase.generate], 5)
def test_a_tokens_questions(register, case):
    asked[case.operation.label] += 1
    response = case.call_and_validate(headers=register)
    assert response.status_code < 500


@schema.include(method=WRITTEN).parametrize()
@fuzzed([Phase.generate], 10)
def test_what_a_token_writes(register, case):
    writes(register, case)


@schema.include(method=WRITTEN, tag="organizations").parametrize()
@fuzzed([Phase.explicit], 1)
def test_the_boundaries_of_what_a_token_writes(register, case):
    """Of one noun: all take their bodies in the same way, and there are hundreds of boundaries."""
    writes(register, case)


def writes(register, case):
    written[case.operation.label] += 1
    meet(case)
    # A record may have the slug “bulk”, and is read at its address like any other.
    excluded = [allow_header_conformance] if case.path.endswith("/bulk/") else []
    with transaction.atomic():
        response = case.call_and_validate(headers=register, excluded_checks=excluded)
        transaction.set_rollback(True)
    answered[response.status_code] += 1
    assert response.status_code < 500


def meet(case):
    """Let a request whose address and headers are right meet a record in its version: by chance it never would."""
    if "slug" not in (case.path_parameters or {}):
        return
    record = NOUNS[case.operation.tags[0]].model.objects.order_by("pk").first()
    if is_right(case, ParameterLocation.PATH):
        case.path_parameters["slug"] = record.slug
    if is_right(case, ParameterLocation.HEADER) and "If-Match" in case.headers:
        case.headers["If-Match"] = etag(record)


def is_right(case, location):
    component = case.meta.components.get(location)
    return component is None or component.mode.is_positive


def test_there_were_enough_of_them():
    assert sum(asked.values()) + sum(written.values()) >= 3000
    # They were not all refused: what was right has been written, and what was wrong has met a record.
    assert answered[200] >= 100
    assert answered[201] >= 100
    assert answered[400] >= 100
