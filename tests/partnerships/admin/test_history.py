"""The history page says who changed what from what to what: fields, links and rows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnerships.admin.wording import shortened
from partnerships.models import PublicationState
from tests.factories import make_agreement, make_country, make_organization, make_signature

from .desk import address, posted, rows

pytestmark = pytest.mark.django_db


def edits(response):
    """The newest save's edits: (verb, name, {field: (old, new)})."""
    save = response.context["saves"][0]
    return [(edit.verb, edit.name, {c.field: (c.old, c.new) for c in edit.changes}) for edit in save.edits]


@pytest.fixture
def page_after(as_chief, chief):
    """Change the record at the desk, long after it was made, and return its history page."""

    def change(record, data):
        for model in (type(record), *(part.model for part in (record.parties, record.areas))):
            model.history.update(history_date="2020-01-01T00:00:00Z")
        answer = as_chief.post(address(record, "change"), posted(as_chief.get(address(record, "change"))) | data)
        assert answer.status_code == 302
        return as_chief.get(address(record, "history"))

    return change


def test_fields_and_dates_in_words(page_after, chief):
    agreement = make_agreement("Old title", signed="2013", state="draft", parties=[make_organization()])
    page = page_after(agreement, {"title": "New title", "signed": "2013-05-21", "state": "published"})
    assert edits(page) == [
        (
            "~",
            "",
            {
                "title": ("Old title", "New title"),
                "signed or adopted": ("2013", "21 May 2013"),
                "publication": ("draft", "published"),
            },
        )
    ]
    save = page.context["saves"][0]
    assert (save.user, save.reason) == (chief, f"moved to “{PublicationState.PUBLISHED.label}”")


def test_links(page_after):
    niger, chad = make_country("NE", "Niger"), make_country("TD", "Chad")
    agreement = make_agreement(countries=[niger])
    page = page_after(agreement, {"countries": [str(niger.pk), str(chad.pk)]})
    assert edits(page) == [("~", "", {"countries": ("Niger", "Chad, Niger")})]
    assert "Chad, Niger" in page.content.decode()


def test_rows_added_changed_and_removed(page_after):
    fifa, unv = make_organization("FIFA"), make_organization("UNV")
    agreement = make_agreement(parties=[fifa, unv])
    agreement.areas.create(text="Sport")
    page = page_after(
        agreement, {"parties-0-note": "lead", "parties-1-DELETE": "on", "areas-0-text": "Sport and youth"}
    )
    found = {name: (verb, changes) for verb, name, changes in edits(page)}
    assert found["party “FIFA”"] == ("~", {"note": ("", "lead")})
    assert found["party “UNV”"][0] == "-"
    assert found["area of cooperation “Sport and youth”"] == ("~", {"area": ("Sport", "Sport and youth")})


def test_a_signature_belongs_to_its_agreements_history(as_chief):
    fifa = make_organization("FIFA")
    agreement = make_agreement(parties=[fifa])
    make_signature(agreement, fifa, capacity="President", signed="2013")
    page = as_chief.get(address(agreement, "history")).content.decode()
    assert "President" in page
    assert "signature" in page


def test_one_post_is_one_save(page_after):
    agreement = make_agreement()
    data = {"title": "New", "countries": [str(make_country("NE").pk)], **rows("areas", {"position": "1", "text": "A"})}
    page = page_after(agreement, data)
    assert len(page.context["saves"]) == 2
    assert len(edits(page)) == 2


def test_a_long_history_asks_no_more_of_the_database(as_chief):
    agreement = make_agreement(countries=[make_country("NE")], parties=[make_organization()])

    def queries():
        with CaptureQueriesContext(connection) as asked:
            assert as_chief.get(address(agreement, "history")).status_code == 200
        return len(asked)

    as_chief.get(address(agreement, "history"))
    for number in range(3):
        agreement.title = f"Title {number}"
        agreement.save()
    few = queries()
    for number in range(10):
        agreement.title = f"Other {number}"
        agreement.save()
    assert queries() == few


def test_history_is_for_those_who_may_see_the_record(client, db):
    from tests.factories import make_user

    client.force_login(make_user("nobody"))
    assert client.get(address(make_agreement(), "history")).status_code == 403


def test_what_does_not_exist_has_no_history(as_chief):
    agreement = make_agreement()
    where = address(agreement, "history").replace(f"/{agreement.pk}/", "/999999/")
    assert as_chief.get(where).status_code == 302


def test_long_texts_are_cut_down_to_where_they_differ():
    same = "word " * 100
    old, new = shortened(same + "old" + same, same + "new" + same)
    assert "old" in old
    assert "new" in new
    assert len(old) < 200
    assert old.startswith("…")
    assert old.endswith("…")


def test_short_texts_stay_whole():
    assert shortened("a", "b") == ("a", "b")
    assert shortened("", "x" * 1000)[0] == ""
