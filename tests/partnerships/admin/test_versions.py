"""Two people, one record: both changes are kept. And the way back to a version that was."""

import pytest
from django.db import transaction

from partnerships.models import Agreement, EditConflict
from partnerships.versions import whole_of
from tests.factories import make_agreement, make_country, make_organization, make_signature

from .desk import address, errors, posted, rows

pytestmark = pytest.mark.django_db


class Late:
    """An editor has an agreement open while a publisher saves it."""

    def __init__(self, client, chief, editor):
        self.client, self.chief, self.editor = client, chief, editor
        self.fifa, self.unv = make_organization("FIFA"), make_organization("UNV")
        self.niger = make_country("NE", "Niger")
        self.agreement = make_agreement("Old title", state="draft", parties=[self.fifa, self.unv])
        make_signature(self.agreement, self.fifa, capacity="President")

    def form(self, user):
        self.client.force_login(user)
        return posted(self.client.get(address(self.agreement, "change")))

    def post(self, theirs, mine):
        """Both open the form, they save, then the editor does; gives the answer that the editor gets."""
        fresh, stale = self.form(self.chief) | theirs, self.form(self.editor) | mine
        self.client.force_login(self.chief)
        assert self.client.post(address(self.agreement, "change"), fresh).status_code == 302
        self.client.force_login(self.editor)
        return self.client.post(address(self.agreement, "change"), stale)

    def confirm(self, page, **choices):
        data = {"kept": page.context["kept"], "theirs": page.context["record"].version}
        return self.client.post(page.context["address"], data | {f"choose-{key}": one for key, one in choices.items()})

    def now(self):
        return Agreement.objects.get(pk=self.agreement.pk)


@pytest.fixture
def late(client, chief, editor):
    return Late(client, chief, editor)


def edits(found):
    return [
        (edit.verb, edit.name, {change.field: (change.old, change.new) for change in edit.changes}) for edit in found
    ]


def test_what_only_one_changed_comes_together(late):
    page = late.post(
        {"title": "New title", "parties-1-DELETE": "on"},
        {
            "description": "Typed with care",
            "countries": [str(late.niger.pk)],
            **rows("areas", {"position": "1", "text": "Sport"}),
        },
    )
    assert page.status_code == 409
    assert page.context["clashes"] == []
    assert edits(page.context["theirs"]) == [
        ("~", "", {"title": ("Old title", "New title")}),
        ("-", "party “UNV”", {}),
    ]
    assert edits(page.context["mine"]) == [
        ("~", "", {"description": ("", "Typed with care"), "countries": ("", "Niger")}),
        ("+", "area of cooperation “Sport”", {"position": ("", "1")}),
    ]
    assert "Ada Chief saved this record" in page.content.decode()
    # Nothing was saved by looking.
    assert (late.now().version, late.now().description, late.now().areas.count()) == (2, "", 0)
    assert late.confirm(page).status_code == 302
    now = late.now()
    assert (now.title, now.description, now.version, now.state) == ("New title", "Typed with care", 3, "draft")
    assert list(now.countries.all()) == [late.niger]
    assert [party.organization for party in now.parties.all()] == [late.fifa]
    assert [area.text for area in now.areas.all()] == ["Sport"]
    entry = now.history.latest()
    assert (entry.history_user, entry.history_change_reason) == (late.editor, "brought together with version 2")


def test_a_field_that_both_changed_is_asked(late):
    page = late.post({"title": "Theirs", "parties-0-note": "lead"}, {"title": "Mine", "parties-0-note": "host"})
    party = late.agreement.parties.get(organization=late.fifa)
    title, note = "::title", f"partnerships.party:{party.pk}:note"
    assert [(clash.key, clash.base, clash.theirs, clash.mine) for clash in page.context["clashes"]] == [
        (title, "Old title", "Theirs", "Mine"),
        (note, "", "lead", "host"),
    ]
    again = late.confirm(page, **{title: "mine"})
    assert again.status_code == 409
    assert "Choose one of the two" in again.content.decode()
    assert [clash.chosen for clash in again.context["clashes"]] == ["mine", ""]
    assert late.confirm(again, **{title: "mine", note: "theirs"}).status_code == 302
    assert (late.now().title, late.now().parties.get(organization=late.fifa).note) == ("Mine", "lead")


def test_a_third_who_saves_meanwhile_is_not_overwritten(late):
    page = late.post({"title": "Theirs"}, {"description": "Mine"})
    data = {"kept": page.context["kept"], "theirs": page.context["record"].version}
    third = late.now()
    third.title = "Third"
    third.save()
    again = late.client.post(page.context["address"], data)
    assert again.status_code == 409
    assert "once more" in again.content.decode()
    assert (late.now().title, late.now().description) == ("Third", "")
    assert late.confirm(again).status_code == 302
    assert (late.now().title, late.now().description) == ("Third", "Mine")


def test_a_form_with_faults_says_them_and_the_conflict(late):
    page = late.post({"title": "Theirs"}, {"signed": "someday", "description": "Typed with care"})
    assert page.status_code == 200
    assert "Nothing of yours has been saved" in errors(page)
    assert "someday" in errors(page)
    assert "Typed with care" in page.content.decode()


def test_what_was_signed_for_another_page_is_refused(late, client, chief):
    page = late.post({"title": "Theirs"}, {"description": "Mine"})
    other = make_agreement("Other", state="draft")
    answer = client.post(address(other, "together", other.pk), {"kept": page.context["kept"], "theirs": "1"})
    assert answer.status_code == 302
    assert Agreement.objects.get(pk=other.pk).description == ""
    client.force_login(chief)
    assert client.post(page.context["address"], {"kept": page.context["kept"], "theirs": "2"}).status_code == 302
    assert late.now().description == ""


def test_an_editor_cannot_bring_a_published_record_together(late):
    page = late.post({"title": "Theirs"}, {"description": "Mine"})
    Agreement.objects.filter(pk=late.agreement.pk).update(state="published")
    assert late.confirm(page).status_code == 403


def test_looking_leaves_nothing(late, django_capture_on_commit_callbacks):
    before = whole_of(late.agreement)
    histories = Agreement.history.count()
    with django_capture_on_commit_callbacks() as called, transaction.atomic():
        stale = late.form(late.editor) | {"seen_version": "1", "description": "Mine"}
        Agreement.objects.filter(pk=late.agreement.pk).update(version=2)
        late.client.post(address(late.agreement, "change"), stale)
        Agreement.objects.filter(pk=late.agreement.pk).update(version=1)
    assert called == []
    assert (whole_of(late.agreement), Agreement.history.count()) == (before, histories)


class TestRestoring:
    @pytest.fixture
    def agreement(self, as_chief):
        parties, countries = [make_organization("FIFA")], [make_country("NE", "Niger")]
        made = make_agreement("Old", kind="convention", parties=parties, countries=countries)
        make_signature(made, made.parties.get().organization, capacity="President")
        data = posted(as_chief.get(address(made, "change"))) | {
            "title": "New",
            "countries": [],
            "parties-0-DELETE": "on",
        }
        data["signatures-0-DELETE"] = "on"
        assert as_chief.post(address(made, "change"), data).status_code == 302
        return made

    def test_the_history_leads_to_it(self, as_chief, agreement):
        page = as_chief.get(address(agreement, "history"))
        assert [save.restore for save in page.context["saves"]] == ["", address(agreement, "restore", agreement.pk, 1)]

    def test_the_page_says_what_would_change_and_then_it_does(self, as_chief, agreement, chief):
        where = address(agreement, "restore", agreement.pk, 1)
        page = as_chief.get(where)
        assert edits(page.context["edits"])[0] == ("~", "", {"title": ("New", "Old"), "countries": ("", "Niger")})
        assert [(edit.verb, edit.name) for edit in page.context["edits"][1:]] == [
            ("+", "party “FIFA”"),
            ("+", "signature “President”"),
        ] or page.context["edits"][2].name.startswith("signature")
        assert as_chief.post(where, {"seen_version": "2"}).status_code == 302
        agreement.refresh_from_db()
        assert (agreement.title, agreement.version) == ("Old", 3)
        assert [party.signatures.get().capacity for party in agreement.parties.all()] == ["President"]
        entry = agreement.history.latest()
        assert entry.history_user == chief
        assert entry.history_change_reason.startswith("restored as of ")

    def test_a_save_in_between_is_not_overwritten(self, as_chief, agreement):
        agreement.refresh_from_db()
        agreement.title = "Third"
        agreement.save()
        answer = as_chief.post(address(agreement, "restore", agreement.pk, 1), {"seen_version": "2"})
        assert answer.status_code == 409
        agreement.refresh_from_db()
        assert agreement.title == "Third"

    def test_not_for_whoever_may_not_change_it(self, client, editor, agreement):
        client.force_login(editor)
        where = address(agreement, "restore", agreement.pk, 1)
        assert [client.get(where).status_code, client.post(where).status_code] == [403, 403]

    def test_a_version_that_never_was(self, as_chief, agreement):
        assert as_chief.get(address(agreement, "restore", agreement.pk, 99)).status_code == 404


def test_the_guard_still_holds_below(late):
    """Whatever the pages do, a save over a version that was not read is refused by the record itself."""
    one, other = late.now(), late.now()
    one.save()
    with pytest.raises(EditConflict):
        other.save()
