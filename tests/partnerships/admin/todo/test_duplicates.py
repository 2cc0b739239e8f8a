"""Possible duplicates: the line counts the pairs of the page, and both know whom they may show to whom."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnerships.models import OrganizationName
from tests.factories import make, make_country, make_funder, make_organization, make_person, make_user

from .asking import lines

pytestmark = pytest.mark.django_db
PAGE = "/admin/duplicates/"


def pairs(client):
    page = client.get(PAGE)
    found = {(str(pair["reason"]), *(str(side["record"]) for side in pair["two"])) for pair in page.context["pairs"]}
    assert lines(client.get("/admin/"))[PAGE] == page.context["page"].paginator.count == len(found)
    return found


def test_each_noun_by_each_reason(as_chief):
    bank = make_organization("World Harbour Bank", acronym="WHB")
    make_organization("The World Harbour-Bank", country=make_country("NE"))
    other = make_organization("Bank of Harbours")
    make(OrganizationName, organization=other, name="W.H.B.", kind="acronym")
    make_organization("World Harbour Bank (old)", acronym="WHB", state="archived")
    make_organization("Ministry of Ships", country=make_country("NE"))
    make_organization("Ministry of Ships", country=make_country("ML"))
    make_funder("Harbour Trust Fund", organization=bank), make_funder("Harbour Trust Funds", organization=bank)
    make_person("Ada Harbour"), make_person("Harbour, Ada"), make_person("Bea Harbour")
    assert pairs(as_chief) == {
        ("the same name", "World Harbour Bank", "The World Harbour-Bank"),
        ("the same acronym", "World Harbour Bank", "Bank of Harbours"),
        ("names that differ in one letter", "Harbour Trust Fund", "Harbour Trust Funds"),
        ("the same words in another order", "Ada Harbour", "Harbour, Ada"),
    }


def test_a_change_is_seen_at_once(as_chief):
    one, _other = make_organization("Harbour Bank A", acronym="HB"), make_organization("River Bank", acronym="HB")
    assert len(pairs(as_chief)) == 1
    one.acronym = "HBA"
    one.save()
    assert pairs(as_chief) == set()


def test_a_pair_leads_to_its_merging_for_whoever_may_merge(as_chief, client, editor):
    one, other = make_person("Ada Harbour"), make_person("Harbour, Ada")
    [pair] = as_chief.get(PAGE).context["pairs"]
    assert pair["merge"] == f"/admin/partnerships/person/{one.pk}/merge/?with={other.pk}"
    assert as_chief.get(pair["merge"]).status_code == 200
    client.force_login(editor)
    [pair] = client.get(PAGE).context["pairs"]
    assert pair["merge"] == ""


def test_only_nouns_that_the_user_may_see(client):
    make_organization("Harbour Bank"), make_organization("The Harbour Bank")
    make_person("Ada Harbour"), make_person("Harbour Ada")
    user = make_user("reader")
    user.user_permissions.add(Permission.objects.get(codename="view_person"))
    client.force_login(user)
    assert pairs(client) == {("the same words in another order", "Ada Harbour", "Harbour Ada")}
    client.force_login(make_user("nobody"))
    assert client.get(PAGE).status_code == 403
    assert "duplicates" not in client.get("/admin/").content.decode()


def test_the_page_asks_no_more_for_more_pairs(as_chief):
    def queries():
        as_chief.get(PAGE)
        with CaptureQueriesContext(connection) as asked:
            as_chief.get(PAGE)
        return len(asked)

    def fill(letter):
        for name in (f"Harbour {letter} Bank", f"The Harbour {letter} Bank"):
            make_organization(name), make_funder(name), make_person(name)

    fill("A")
    few = queries()
    fill("B"), fill("C")
    assert queries() == few


def test_what_somebody_has_looked_at_does_not_come_again(as_chief, chief):
    one, other = make_person("Ada Harbour"), make_person("Harbour, Ada")
    [pair] = as_chief.get(PAGE).context["pairs"]
    assert as_chief.post(PAGE, {"pair": pair["pair"]}).status_code == 302
    assert pairs(as_chief) == set()
    [apart] = as_chief.get(PAGE).context["apart"]
    assert (apart["two"], apart["row"].said_by, apart["may_undo"]) == ((one, other), chief, True)
    as_chief.post(PAGE, {"pair": apart["pair"], "undo": "1"})
    assert pairs(as_chief) == {("the same words in another order", "Ada Harbour", "Harbour, Ada")}
    assert as_chief.get(PAGE).context["apart"] == []


def test_only_whoever_may_change_both_says_so(client, editor):
    one, other = make_person("Ada Harbour"), make_person("Harbour, Ada")
    client.force_login(editor)
    [pair] = client.get(PAGE).context["pairs"]
    assert not pair["may_say"]
    assert client.post(PAGE, {"pair": pair["pair"]}).status_code == 403
    for wrong in (
        "",
        "partnerships.person",
        "auth.user 1 2",
        f"partnerships.person {one.pk} x",
        "stories.newsitem 1 2",
    ):
        assert client.post(PAGE, {"pair": wrong}).status_code == 404
    assert len(pairs(client)) == 1
    assert {one.state, other.state} == {"published"}
