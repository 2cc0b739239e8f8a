"""What the three roles may do, to the letter; and that the migrations give and take exactly that."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.core.management import call_command

from tests.factories import make_organization, make_user

from .desk import address

RECORDS = {"organization", "agreement", "project", "funder", "contribution", "indicator", "event", "person", "newsitem"}
PARTS = {
    "organizationname",
    "party",
    "signature",
    "areaofcooperation",
    "commitment",
    "agreementdocument",
    "document",
    "participation",
    "projectcountry",
    "eventparticipation",
    "office",
    "measurement",
    "storyimage",
    "storylink",
    "speaker",
    "evidence",
}


def all_of(nouns, *verbs):
    return {f"{verb}_{noun}" for noun in nouns for verb in verbs}


EDITOR = (
    all_of(RECORDS, "add", "change", "view")
    | all_of(PARTS, "add", "change", "view", "delete")
    | all_of({"country", "region", "goal"}, "view")
    | all_of({"sourcedocument", "proposal"}, "view", "change")
    | all_of({"token"}, "add", "view")
    | {"read_internal_notes"}
)
PUBLISHER = EDITOR | all_of(RECORDS, "publish", "delete") | all_of({"sourcedocument", "proposal"}, "delete")
ADMINISTRATOR = (
    PUBLISHER
    | all_of({"country", "region"}, "add", "change", "delete")
    | all_of({"user", "group"}, "add", "change", "view")
    | {"delete_group", "view_permission", "change_token"}
)
ROLES = {"editor": EDITOR, "publisher": PUBLISHER, "administrator": ADMINISTRATOR}


def held():
    return {group.name: set(group.permissions.values_list("codename", flat=True)) for group in Group.objects.all()}


@pytest.mark.django_db
def test_the_roles_hold_exactly_this():
    assert held() == ROLES


@pytest.mark.django_db
def test_nobody_may_rewrite_history():
    assert not [code for codes in held().values() for code in codes if "historical" in code]


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["chief", "administrator"])
def test_nobody_deletes_a_person_and_with_them_their_name_in_the_history(client, who):
    client.force_login(make_user(who, **({"is_superuser": True} if who == "chief" else {"group": who})))
    editor = make_user("editor", group="editor")
    record = make_organization("FIFA")
    record._history_user = editor
    record.save()
    assert client.post(address(editor, "delete"), {"post": "yes"}).status_code == 403
    client.post(
        address(User, "changelist"), {"action": "delete_selected", "_selected_action": [editor.pk], "post": "yes"}
    )
    assert record.history.latest().history_user == editor


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["chief", "administrator"])
def test_the_desk_has_no_page_that_writes_history(client, who):
    """No table of history, and not what was noted of deeds at the desk, is registered there."""
    registered = {model._meta.label for model in admin.site._registry}
    assert not [label for label in registered if "Historical" in label or label == "admin.LogEntry"]
    client.force_login(make_user(who, **({"is_superuser": True} if who == "chief" else {"group": who})))
    for noun in ("organization", "agreement"):
        assert client.get(f"/admin/partnerships/historical{noun}/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_back_and_forth_loses_no_membership_and_no_other_group():
    if not Group.objects.exists():
        # Another test of this kind has left an empty database behind.
        call_command("migrate", "partnerships", "0001", verbosity=0)
        call_command("migrate", verbosity=0)
    user = make_user("somebody", group="editor")
    Group.objects.create(name="guests")
    call_command("migrate", "partnerships", "0001", verbosity=0)
    try:
        assert held() == {"editor": set(), "guests": set()}
    finally:
        call_command("migrate", verbosity=0)
    assert held() == ROLES | {"guests": set()}
    assert list(user.groups.values_list("name", flat=True)) == ["editor"]


@pytest.mark.django_db
def test_an_administrator_makes_no_superuser_and_changes_none(client):
    client.force_login(make_user("administrator", group="administrator"))
    chief, colleague = make_user("chief", is_superuser=True), make_user("colleague")
    assert client.post(address(chief, "change"), {"username": "chief", "is_superuser": ""}).status_code == 403
    data = {"username": "colleague", "is_active": "on", "is_staff": "on", "is_superuser": "on"}
    assert client.post(address(colleague, "change"), data).status_code == 302
    assert set(User.objects.filter(is_superuser=True)) == {chief}


@pytest.mark.django_db
def test_an_administrator_cannot_reset_a_superusers_password(client):
    client.force_login(make_user("administrator", group="administrator"))
    chief = make_user("chief", is_superuser=True)
    where = address(chief, "change").replace("/change/", "/password/")
    assert client.get(where).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("group", ROLES)
def test_each_role_has_a_desk(client, group):
    client.force_login(make_user(group=group))
    assert client.get("/admin/").status_code == 200
