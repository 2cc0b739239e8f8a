"""Drafts and what waits for review: one's own, and other people's."""

import pytest

from partnerships.models import Agreement, Organization
from tests.factories import make_agreement, make_organization, make_user

from .asking import found

pytestmark = pytest.mark.django_db


def saved(record, user):
    record._history_user = user
    record.save()
    return record


@pytest.fixture
def handled(chief, editor):
    """Drafts that only the chief, only the editor, both, and nobody handled."""
    saved(Agreement(title="made by the chief", kind="mou", slug="a"), chief)
    saved(Agreement(title="made by the editor", kind="mou", slug="b"), editor)
    saved(saved(Agreement(title="made by the chief, saved by the editor", kind="mou", slug="c"), chief), editor)
    other = saved(Agreement(title="saved by both, then by another", kind="mou", slug="d"), None)
    saved(saved(saved(other, chief), editor), make_user("another"))
    make_agreement("nobody’s", state="draft")
    make_agreement("published")


def test_mine_is_what_i_made_or_saved_last(as_chief, chief, handled):
    made = {"made by the chief", "made by the chief, saved by the editor"}
    assert found(as_chief, chief, Agreement, "draft-mine") == made
    others = {"made by the editor", "saved by both, then by another", "nobody’s"}
    assert found(as_chief, chief, Agreement, "draft-others") == others


def test_everybody_has_their_own(as_editor, editor, handled):
    expected = {"made by the editor", "made by the chief, saved by the editor"}
    assert found(as_editor, editor, Agreement, "draft-mine") == expected


def test_what_is_in_review_is_no_draft(as_chief, chief):
    saved(Organization(name="Waiting", type="40", state="in_review", slug="a"), chief)
    make_organization("Waiting, too", state="in_review"), make_organization("Draft", state="draft")
    make_organization("Old", state="archived"), make_organization("Public")
    assert found(as_chief, chief, Organization, "in-review-mine") == {"Waiting"}
    assert found(as_chief, chief, Organization, "in-review-others") == {"Waiting, too"}
    assert found(as_chief, chief, Organization, "draft-mine") == set()
    assert found(as_chief, chief, Organization, "draft-others") == {"Draft"}
