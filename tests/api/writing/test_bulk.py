"""Many changes at once: all of them in their order, or none."""

import pytest

from partnerships.models import Organization
from tests.factories import make_agreement, make_organization

from .conftest import places


def test_operations_are_done_in_their_order(write):
    make_organization("Old", acronym="OLD")
    make_organization("Gone")
    answer = write.post(
        "organizations/bulk/",
        {
            "operations": [
                {"op": "create", "record": {"name": "Whole", "type": "40"}},
                {"op": "create", "record": {"name": "Unit", "type": "40", "parent": "whole"}},
                {"op": "update", "at": "old", "version": 1, "record": {"name": "New"}},
                {"op": "update", "at": "old", "version": 2, "record": {"website": "https://example.org"}},
                {"op": "delete", "at": "gone", "version": 1},
            ]
        },
        200,
    ).answer
    lines = [(row["op"], row["slug"], row["version"]) for row in answer["results"]]
    assert lines == [
        ("create", "whole", 1),
        ("create", "unit", 1),
        ("update", "old", 2),
        ("update", "old", 3),
        ("delete", "gone", None),
    ]
    assert set(Organization.objects.values_list("name", "parent__name", "state")) == {
        ("Whole", None, "draft"),
        ("Unit", "Whole", "draft"),
        ("New", None, "published"),
    }


def test_one_error_and_nothing_is_written_and_all_errors_are_named(write):
    make_organization("One", website="https://example.org")
    response = write.post(
        "organizations/bulk/",
        {
            "operations": [
                {"op": "create", "record": {"name": "Fine", "type": "40"}},
                {"op": "create", "record": {"name": "Bad", "type": "4", "names": [{"nam": "x"}]}},
                {"op": "update", "at": "one", "version": 9, "record": {}},
                {"op": "update", "at": "one", "version": True, "record": {}},
                {"op": "update", "at": "none", "version": 1, "record": {}},
                {"op": "replace", "record": {}},
                {"op": "delete", "at": "one", "version": 1, "record": {}},
                "delete",
            ]
        },
        412,
    )
    assert places(response) == {
        "operations.1.record.type",
        "operations.1.record.names.0.nam",
        "operations.1.record.names.0.name",
        *(f"operations.{index}" for index in range(2, 8)),
    }
    assert list(Organization.objects.values_list("name", "version")) == [("One", 1)]


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ([], "operations"),
        ({}, "operations"),
        ({"operations": []}, "operations"),
        ({"operations": {}}, "operations"),
        ({"operations": [], "more": 1}, "operations"),
        ({"operations": [{"op": "delete", "at": "x", "version": 1}] * 501}, "operations"),
        ({"operations": [{"op": [{}]}]}, "operations.0"),
        ({"operations": [{"op": "create"}]}, "operations.0.record.name"),
        ({"operations": [{"op": "create", "record": []}]}, "operations.0.record"),
    ],
)
def test_bodies_that_are_none(body, place, write):
    assert place in places(write.post("organizations/bulk/", body, 400))


def test_what_is_referred_to_is_not_deleted(write):
    make_agreement("Memorandum", parties=[make_organization("One")])
    operations = [{"op": "delete", "at": "one", "version": 1}]
    response = write.post("organizations/bulk/", {"operations": operations}, 409)
    assert "party “One”" in response.answer["errors"][0]["message"]
    assert Organization.objects.count() == 1


def test_permissions_hold_for_each_operation(edit):
    make_organization("Draft", state="draft")
    make_organization("Public")
    delete = {"op": "delete", "at": "draft", "version": 1}
    assert "delete organizations" in edit.post("organizations/bulk/", {"operations": [delete]}, 403).answer["detail"]
    update = {"op": "update", "at": "public", "version": 1, "record": {"name": "Mine"}}
    assert places(edit.post("organizations/bulk/", {"operations": [update]}, 400)) == {"operations.0"}
    fine = {"op": "update", "at": "draft", "version": 1, "record": {"name": "Mine"}}
    edit.post("organizations/bulk/", {"operations": [fine]}, 200)
    assert set(Organization.objects.values_list("name", flat=True)) == {"Mine", "Public"}


def test_a_record_called_bulk_is_read_like_any_other(write):
    make_organization("Bulk")
    assert write.get("organizations/bulk/").answer["name"] == "Bulk"
