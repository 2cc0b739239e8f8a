"""Deleting at the desk and by the API leads to the bin, and from there back."""

import pytest

from partnerships.models import Agreement, BinnedRecord, Organization
from tests.factories import make_agreement, make_contribution, make_organization, make_project

from .desk import address

pytestmark = pytest.mark.django_db


def told(answer):
    return [str(message) for message in answer.context["messages"]]


def test_a_deleted_record_can_be_had_back(as_chief, chief):
    agreement = make_agreement("Sport", parties=[make_organization("FIFA")])
    assert "had back for 30 days" in as_chief.get(address(agreement, "delete")).content.decode()
    answer = as_chief.post(address(agreement, "delete"), {"post": "yes"}, follow=True)
    assert any("For 30 days it can be had back from the bin." in words for words in told(answer))
    binned = BinnedRecord.objects.get()
    assert (binned.name, binned.noun, binned.deleted_by) == ("Sport", "partnerships.agreement", chief)
    listed = as_chief.get(address(BinnedRecord, "changelist"))
    assert list(listed.context["cl"].result_list) == [binned]
    page = as_chief.get(address(binned, "change")).content.decode()
    assert "Sport" in page
    assert "Party “FIFA”" in page
    answer = as_chief.post(address(BinnedRecord, "bring_back", binned.pk), follow=True)
    assert told(answer) == ["“Sport” is back, as it was."]
    assert [party.organization.name for party in Agreement.objects.get(pk=agreement.pk).parties.all()] == ["FIFA"]


def test_rows_that_only_the_record_has_are_no_obstacle(as_chief):
    agreement = make_agreement(parties=[make_organization()])
    agreement.commitments.create(text="Train 200 coaches")
    answer = as_chief.get(address(agreement, "delete"))
    assert (list(answer.context["perms_lacking"]), list(answer.context["protected"])) == ([], [])
    assert as_chief.post(address(agreement, "delete"), {"post": "yes"}).status_code == 302
    assert not Agreement.objects.exists()


def test_several_go_together_and_come_back_one_by_one(as_chief):
    records = [make_organization(name) for name in ("FIFA", "UNV")]
    data = {"action": "delete_selected", "_selected_action": [one.pk for one in records], "post": "yes"}
    as_chief.post(address(Organization, "changelist"), data)
    assert set(BinnedRecord.objects.values_list("name", flat=True)) == {"FIFA", "UNV"}
    assert not Organization.objects.exists()


def test_who_names_a_record_is_said_with_what_to_do_instead(as_chief):
    fifa = make_organization("FIFA")
    agreement = make_agreement("Sport", parties=[fifa])
    project = make_project("Goals", participants=[(fifa, "implementing")])
    contribution = make_contribution(project=make_project("Other"), recipient=fifa)
    answer = as_chief.get(address(fifa, "delete"))
    assert answer.context["protected"] == [
        f'Contribution: <a href="{address(contribution, "change")}">{contribution}</a>',
        f'Project: <a href="{address(project, "change")}">Goals</a> (participation)',
        f'Agreement: <a href="{address(agreement, "change")}">Sport</a> (party)',
    ]
    page = answer.content.decode()
    assert address(fifa, "merge", fifa.pk) in page
    archived = {"action": "archive", "_selected_action": fifa.pk}
    assert 'name="action" value="archive"' in page
    as_chief.post(address(Organization, "changelist"), archived)
    assert Organization.objects.get(pk=fifa.pk).state == "archived"
    assert as_chief.post(address(fifa, "delete"), {"post": "yes"}).status_code == 200
    assert Organization.objects.filter(pk=fifa.pk).exists()


def test_an_editor_brings_back_drafts_only(client, editor, as_chief, chief):
    draft, public = make_agreement("Draft", state="draft"), make_agreement("Public")
    for record in (draft, public):
        as_chief.post(address(record, "delete"), {"post": "yes"})
    client.force_login(editor)
    bins = {binned.name: binned for binned in BinnedRecord.objects.all()}
    answers = [
        client.post(address(BinnedRecord, "bring_back", bins[name].pk)).status_code for name in ("Draft", "Public")
    ]
    may_delete = editor.has_perm("partnerships.delete_agreement")
    assert answers == ([302, 403] if may_delete else [404, 404])


def test_the_bin_is_read_only(as_chief):
    assert as_chief.get(address(BinnedRecord, "add")).status_code == 403


def test_what_cannot_come_back_says_why(as_chief):
    fifa = make_organization("FIFA", slug="fifa")
    as_chief.post(address(fifa, "delete"), {"post": "yes"})
    make_organization("Other", slug="fifa")
    binned = BinnedRecord.objects.get()
    answer = as_chief.post(address(BinnedRecord, "bring_back", binned.pk), follow=True)
    assert told(answer)[-1:] == ["Address: Organization with this Address already exists."]


def test_a_list_of_the_bin_asks_a_fixed_number_of_questions(as_chief, django_assert_num_queries):
    for count in (1, 2):
        for _ in range(count):
            as_chief.post(address(make_agreement(), "delete"), {"post": "yes"})
        with django_assert_num_queries(4):
            as_chief.get(address(BinnedRecord, "changelist"))
