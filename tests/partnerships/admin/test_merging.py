"""At the desk two records are seen side by side, become one, and are taken apart again."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnerships.models import Funder, Merge, Organization, Person
from tests import factories as make

from .desk import address

pytestmark = pytest.mark.django_db


def said(response):
    return [str(message) for message in response.context["messages"]]


@pytest.fixture
def two():
    kept = make.make_organization("Office on Drugs", acronym="UNODC", slug="unodc")
    gone = make.make_organization("Drug Office", acronym="UNODC", slug="undcp", website="https://un.example/")
    make.make_project(participants=[(kept, "implementing"), (gone, "implementing")])
    make.make_agreement(parties=[gone])
    return kept, gone


def compare(client, kept, gone):
    return client.get(address(kept, "merge", kept.pk), {"with": gone.pk})


def post(client, kept, gone, **values):
    data = {"with": gone.pk, "kept_version": kept.version, "gone_version": gone.version, "name_as": "alias"}
    return client.post(address(kept, "merge", kept.pk), data | values, follow=True)


def test_the_form_of_a_record_leads_to_the_choice_of_another(as_chief, two):
    kept, _gone = two
    link = address(kept, "merge", kept.pk)
    assert f'href="{link}"' in as_chief.get(address(kept, "change")).content.decode()
    page = as_chief.get(link)
    assert "Which record is the same as Office on Drugs?" in page.content.decode()
    assert 'data-ajax--url="/admin/autocomplete/"' in page.content.decode()
    assert as_chief.get(f"{link}?with=999999").content.decode().count("There is no such record") == 1


def test_both_are_shown_with_what_moves(as_chief, two):
    page = compare(as_chief, *two)
    pairs = {pair.name: (pair.kept, pair.gone, pair.taken) for pair in page.context["pairs"]}
    assert pairs["name"] == ("Office on Drugs", "Drug Office", False)
    assert pairs["website"] == ("", "https://un.example/", True)
    assert pairs["acronym"] == ("UNODC", "UNODC", False)
    assert page.context["links"] == [("participations", 1), ("parties", 1)]
    assert page.context["other_way"] == f"{address(two[1], 'merge', two[1].pk)}?with={two[0].pk}"


def test_one_record_is_made_and_two_again(as_chief, two):
    kept, gone = two
    page = post(as_chief, kept, gone, **{"take-website": "gone", "take-name": "kept", "name_as": "former"})
    assert "“Drug Office” is now a part of “Office on Drugs”" in said(page)[0]
    kept.refresh_from_db()
    assert (kept.website, list(kept.names.values_list("name", "kind"))) == (
        "https://un.example/",
        [("Drug Office", "former")],
    )
    assert not Organization.objects.filter(pk=gone.pk).exists()
    history = as_chief.get(address(kept, "history"))
    [shown] = history.context["merges"]
    assert f'action="{shown["undo"]}"' in history.content.decode()
    assert "There are two records again" in said(as_chief.post(shown["undo"], follow=True))[0]
    assert Organization.objects.get(slug="undcp").pk == gone.pk
    assert "This was undone on" in as_chief.get(address(kept, "history")).content.decode()
    assert as_chief.get(shown["undo"]).status_code == 405


def test_what_was_changed_while_the_page_was_open_is_shown_first(as_chief, two):
    kept, gone = two
    Organization.objects.get(pk=gone.pk).save()
    page = post(as_chief, kept, gone)
    assert "has been changed since this page was opened" in page.context["reasons"][0]
    assert page.context["form"]["gone_version"].value() == gone.version + 1
    assert not Merge.objects.exists()


def test_a_refusal_says_why(as_chief, two):
    kept, _gone = two
    draft = make.make_organization("Draft", state="draft")
    page = post(as_chief, draft, kept)
    assert page.context["reasons"] == [
        "“Draft” is not published and “Office on Drugs” is. Publish it first, or keep the other one."
    ]
    kept.website = "https://changed.example/"
    done = post(as_chief, kept, two[1], **{"take-website": "gone"})
    assert done.status_code == 200
    Organization.objects.get(pk=kept.pk).save()
    record = Organization.objects.get(pk=kept.pk)
    record.website = "https://changed.example/"
    record.save()
    page = as_chief.post(address(kept, "unmerge", Merge.objects.get().pk), follow=True)
    assert said(page)[0] == "“Office on Drugs” has been changed since: website."
    assert Merge.objects.get().undone_at is None


def test_only_who_may_delete_and_publish_merges(client, two):
    kept, gone = two
    for group, status in (("editor", 403), ("publisher", 200)):
        client.force_login(make.make_user(group=group))
        assert compare(client, kept, gone).status_code == status, group
        assert (address(kept, "merge", kept.pk) in client.get(address(kept, "change")).content.decode()) == (
            status == 200
        ), group
    client.force_login(make.make_user(group="editor"))
    assert post(client, kept, gone).status_code == 403
    assert Organization.objects.filter(pk=gone.pk).exists()


@pytest.mark.parametrize("model", [Organization, Funder, Person])
def test_two_are_selected_in_the_list(as_chief, model):
    factory = {Organization: make.make_organization, Funder: make.make_funder, Person: make.make_person}[model]
    records = [factory() for _number in range(3)]

    def select(chosen):
        data = {"action": "merge_selected", "_selected_action": [one.pk for one in chosen]}
        return as_chief.post(address(model, "changelist"), data, follow=True)

    assert "Select exactly two" in said(select(records))[0]
    page = select(records[:2])
    assert (page.context["kept"], page.context["gone"]) == (records[0], records[1])
    assert as_chief.get(address(model, "merge", records[0].pk)).status_code == 200


def test_the_page_asks_as_often_for_many_links_as_for_one(as_chief, two):
    kept, gone = two

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert compare(as_chief, kept, gone).status_code == 200
        return len(queries)

    before = asked()
    for _number in range(3):
        make.make_project(participants=[(gone, "funding")])
        make.make_story(organizations=[gone])
    assert asked() == before
