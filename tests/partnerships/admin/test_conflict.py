"""Two people, one record, and a form that is not right: who changed what is said, and nothing is overwritten."""

import pytest

from partnerships.admin import AgreementAdmin
from partnerships.models import Agreement, EditConflict
from tests.factories import make_agreement, make_country, make_organization

from .desk import address, errors, posted, rows

pytestmark = pytest.mark.django_db


def test_the_second_to_save_is_told_who_changed_what(client, chief, editor):
    agreement = make_agreement("Old title", state="draft")
    client.force_login(editor)
    stale = posted(client.get(address(agreement, "change"))) | {"description": "Typed with care", "signed": "someday"}
    client.force_login(chief)
    fresh = posted(client.get(address(agreement, "change"))) | {
        "title": "New title",
        "countries": [str(make_country("NE").pk)],
        **rows("parties", {"organization": str(make_organization("FIFA").pk)}),
    }
    assert client.post(address(agreement, "change"), fresh).status_code == 302
    client.force_login(editor)
    answer = client.post(address(agreement, "change"), stale)
    assert answer.status_code == 200
    for words in ("Ada Chief", "title", "countries", "party “FIFA”", "Nothing of yours has been saved"):
        assert words in errors(answer)
    assert "Typed with care" in answer.content.decode()
    agreement.refresh_from_db()
    assert (agreement.title, agreement.description) == ("New title", "")
    assert list(agreement.parties.values_list("organization__name", flat=True)) == ["FIFA"]


def test_a_post_without_a_version_saves_nothing(as_chief):
    agreement = make_agreement("Old title")
    data = posted(as_chief.get(address(agreement, "change"))) | {"title": "New title", "seen_version": ""}
    assert "Nothing of yours has been saved" in errors(as_chief.post(address(agreement, "change"), data))
    agreement.refresh_from_db()
    assert agreement.title == "Old title"


def test_a_save_between_reading_and_writing_is_the_same_conflict(as_chief, monkeypatch):
    agreement = make_agreement("Old title")
    data = posted(as_chief.get(address(agreement, "change"))) | {"title": "Mine"}
    reading = AgreementAdmin.get_object
    reads = []

    def somebody_saves(self, request, object_id, from_field=None):
        # The first reading is overtaken: what it leads to write meets EditConflict. The second finds their version.
        if reads:
            theirs = Agreement.objects.get(pk=agreement.pk)
            theirs.title = "Theirs"
            theirs.save()
        found = reading(self, request, object_id, from_field)
        if not reads:
            monkeypatch.setattr(type(found), "_do_update", overtaken)
        reads.append(found)
        return found

    written = Agreement._do_update

    def overtaken(self, *args, **kwargs):
        monkeypatch.setattr(Agreement, "_do_update", written)
        raise EditConflict

    monkeypatch.setattr(AgreementAdmin, "get_object", somebody_saves)
    answer = as_chief.post(address(agreement, "change"), data)
    assert answer.status_code == 409
    [clash] = answer.context["clashes"]
    assert (clash.base, clash.theirs, clash.mine) == ("Old title", "Theirs", "Mine")
    agreement.refresh_from_db()
    assert agreement.title == "Theirs"


def test_one_person_saves_again_and_again(as_chief):
    agreement = make_agreement("One")
    for title in ("Two", "Three"):
        data = posted(as_chief.get(address(agreement, "change"))) | {"title": title}
        assert as_chief.post(address(agreement, "change"), data).status_code == 302
    agreement.refresh_from_db()
    assert (agreement.title, agreement.version) == ("Three", 3)


def test_rows_alone_raise_the_version(as_chief):
    agreement = make_agreement()
    data = posted(as_chief.get(address(agreement, "change"))) | rows("areas", {"position": "1", "text": "Sport"})
    as_chief.post(address(agreement, "change"), data)
    agreement.refresh_from_db()
    assert agreement.version == 2
