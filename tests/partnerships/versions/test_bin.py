"""What was deleted can be had back for thirty days, with everything that went with it."""

from datetime import timedelta

import pytest
from django.db.models import ProtectedError
from django.utils import timezone

from partnerships.models import Agreement, BinnedRecord, Organization, Signature
from partnerships.versions import Refused, whole_of
from partnerships.versions.bin import bring_back, discard
from stories.models import Evidence, NewsItem
from tests.factories import (
    make_agreement,
    make_country,
    make_event,
    make_evidence,
    make_organization,
    make_project,
    make_signature,
    make_story,
)

pytestmark = pytest.mark.django_db


def facts(pk):
    """What the register says of the agreement, and which others are linked with it."""
    agreement = Agreement.objects.get(pk=pk)
    return {
        "columns": Agreement.objects.filter(pk=pk).values_list("title", "slug", "state", "signed_on", "created_at")[0],
        "countries": list(agreement.countries.values_list("alpha2", flat=True)),
        "parties": list(agreement.parties.values_list("pk", "organization")),
        "signatures": list(Signature.objects.filter(party__agreement=pk).values_list("pk", "capacity")),
        "evidence": list(agreement.evidence.values_list("pk", "story", "excerpt")),
        "projects": list(agreement.projects.values_list("pk", flat=True)),
        "stories": list(agreement.stories.values_list("pk", flat=True)),
        "events": list(agreement.events.values_list("pk", flat=True)),
    }


@pytest.fixture
def agreement(db):
    fifa = make_organization("FIFA")
    made = make_agreement("Sport", parties=[fifa], countries=[make_country("NE")], signed="2013")
    make_signature(made, fifa, capacity="President")
    make_project(agreements=[made])
    make_event(agreements=[made])
    make_evidence(make_story(agreements=[made]), agreement=made)
    return made


def test_it_comes_back_as_it_was(agreement, chief):
    before, whole = facts(agreement.pk), whole_of(agreement)
    holders = {project.pk: project.version for project in agreement.projects.all()}
    binned = discard(agreement, chief)
    assert not Agreement.objects.exists()
    assert (Evidence.objects.count(), Signature.objects.count(), NewsItem.objects.count()) == (0, 0, 1)
    back, left_out = bring_back(binned, chief)
    assert left_out == []
    assert facts(back.pk) == before
    assert whole_of(back) == whole
    assert back.version == 2
    # Whoever had a project open that is linked with it again cannot save it without the link.
    assert {project.pk: project.version for project in back.projects.all()} == {k: v + 1 for k, v in holders.items()}
    reasons = list(Agreement.history.filter(id=back.pk).values_list("history_type", "history_change_reason"))
    assert reasons[:2] == [("+", "brought back from the bin"), ("-", "moved to the bin")]
    assert not BinnedRecord.objects.exists()


def test_keys_that_were_emptied_are_filled(chief):
    first, second = make_story(), make_story()
    second.same_story_as = first
    second.save()
    binned = discard(first, chief)
    second.refresh_from_db()
    assert second.same_story_as is None
    bring_back(binned, chief)
    second.refresh_from_db()
    assert second.same_story_as.title == first.title


def test_what_others_need_is_not_deleted(chief):
    fifa = make_organization("FIFA")
    make_agreement(parties=[fifa])
    with pytest.raises(ProtectedError):
        discard(fifa, chief)
    assert Organization.objects.filter(pk=fifa.pk).exists()
    assert not BinnedRecord.objects.exists()


def test_a_taken_address_is_said(chief):
    first = make_organization("FIFA", slug="fifa")
    binned = discard(first, chief)
    make_organization("Other", slug="fifa")
    with pytest.raises(Refused) as refused:
        bring_back(binned, chief)
    assert refused.value.messages == ["Address: Organization with this Address already exists."]
    assert BinnedRecord.objects.count() == 1


def test_what_it_needs_must_be_there(agreement, chief):
    binned = discard(agreement, chief)
    later = discard(Organization.objects.get(name="FIFA"), chief)
    with pytest.raises(Refused) as refused:
        bring_back(binned, chief)
    assert refused.value.messages == [
        "Organization “FIFA” is no longer in the register. Bring it back from the bin first, or leave it out."
    ]
    bring_back(later, chief)
    back, _left_out = bring_back(binned, chief)
    assert back.parties.count() == 1


def test_a_passage_of_a_story_that_is_gone_is_left_out_and_said(agreement, chief):
    binned = discard(agreement, chief)
    discard(NewsItem.objects.get(), chief)
    back, left_out = bring_back(binned, chief)
    assert left_out == [
        "signed: “as they said”: what it belongs to is no longer in the register.",
        "A link with a deleted story was left out.",
    ]
    assert (back.evidence.count(), back.stories.count(), back.parties.count()) == (0, 0, 1)


def test_the_bin_empties_itself_after_thirty_days(agreement, chief):
    old = discard(make_organization(), chief)
    kept = discard(make_organization(), chief)
    now = timezone.now()
    BinnedRecord.objects.filter(pk=old.pk).update(deleted_at=now - timedelta(days=30, seconds=1))
    BinnedRecord.objects.filter(pk=kept.pk).update(deleted_at=now - timedelta(days=29, hours=23))
    assert list(BinnedRecord.objects.there()) == [kept]
    newest = discard(make_organization(), chief)
    assert set(BinnedRecord.objects.all()) == {kept, newest}
