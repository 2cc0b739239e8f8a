"""Everybody's own page of reminders, and who can be chosen to look after an agreement."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partnerships.models import Agreement, ReminderPreferences
from tests.factories import make_agreement, make_user

from .desk import address, errors, posted

pytestmark = pytest.mark.django_db
PAGE = "/admin/reminders/"
CHOICE = {
    "is_on": "on",
    "of_agreements": "on",
    "agreement_days": "7; 180، 30 7",
    "commitment_days": "0",
    "weekdays": ["0", "3"],
    "language": "fr",
}


def test_the_page_shows_the_defaults_and_writes_nothing(as_editor, editor):
    page = as_editor.get(PAGE)
    form = page.context["form"]
    assert form["agreement_days"].value() == "90, 30, 7"
    assert form["weekdays"].value() == [0, 1, 2, 3, 4]
    assert not ReminderPreferences.objects.exists()
    assert PAGE in as_editor.get("/admin/").content.decode()


def test_a_choice_is_kept(as_editor, editor):
    assert as_editor.post(PAGE, CHOICE).status_code == 302
    assert ReminderPreferences.objects.values().get() == {
        "person_id": editor.pk,
        "is_on": True,
        "of_agreements": True,
        "agreement_days": [180, 30, 7],
        "of_commitments": False,
        "commitment_days": [0],
        "of_unattended": False,
        "weekdays": [0, 3],
        "language": "fr",
        "told_on": timezone.localdate(),  # so that no mail day before this one counts as missed
    }


def test_what_a_run_notes_meanwhile_stays(as_editor, editor):
    ReminderPreferences.objects.create(person=editor, told_on="2026-11-02")
    as_editor.post(PAGE, {**CHOICE, "told_on": "2020-01-01", "person": "1"})
    assert ReminderPreferences.objects.get().told_on.isoformat() == "2026-11-02"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"agreement_days": "a month"}, "Write whole numbers of days up to 1000"),
        ({"agreement_days": "1001"}, "Write whole numbers of days up to 1000"),
        ({"agreement_days": "-1"}, "Write whole numbers of days up to 1000"),
        ({"agreement_days": "1,2,3,4,5,6,7"}, "Give at most 6 numbers."),
        ({"agreement_days": " , "}, "This field is required."),
        ({"weekdays": []}, "This field is required."),
        ({"weekdays": ["7"]}, "7 is not one of the available choices"),
        ({"language": "eo"}, "eo is not one of the available choices"),
    ],
)
def test_a_wrong_choice_is_refused_in_words(as_editor, wrong, said):
    page = as_editor.post(PAGE, CHOICE | wrong)
    assert said in str(page.context["errors"])
    assert page.status_code == 200


def test_each_person_has_their_own(client, editor, publisher):
    for person, language in ((editor, "fr"), (publisher, "ar")):
        client.force_login(person)
        client.post(PAGE, CHOICE | {"language": language})
    assert dict(ReminderPreferences.objects.values_list("person__username", "language")) == {
        "editor": "fr",
        "publisher": "ar",
    }


def test_it_is_for_staff(client, db):
    client.force_login(make_user("visitor", is_staff=False))
    assert client.get(PAGE).status_code == 302
    client.logout()
    assert client.get(PAGE).status_code == 302


def test_it_says_why_no_mail_can_come(as_editor, editor, settings):
    assert "has no e-mail address" in as_editor.get(PAGE).content.decode()
    editor.email = "edi@example.org"
    editor.save()
    assert "Mails go to edi@example.org." in as_editor.get(PAGE).content.decode()
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert "This server does not send mail yet." in as_editor.get(PAGE).content.decode()


def test_what_one_looks_after_is_listed_in_a_fixed_number_of_queries(as_editor, editor):
    def look(number):
        for _ in range(number):
            make_agreement(signed="2020", ends="2050").focal_points.add(editor)
        with CaptureQueriesContext(connection) as asked:
            page = as_editor.get(PAGE)
        return len(page.context["lines"]), len(asked)

    make_agreement(signed="2020"), make_agreement(signed="2020", state="draft").focal_points.add(editor)
    look(0)
    (one, few), (four, many) = look(1), look(3)
    assert (one, four, few) == (1, 4, many)


def test_a_focal_point_is_chosen_on_the_agreements_page_and_stands_in_its_history(as_publisher, publisher):
    colleague = make_user("ana", first_name="Ana", last_name="Diaz")
    agreement = make_agreement("The agreement")
    page = as_publisher.get(address(agreement, "change"))
    data = posted(page) | {"focal_points": [str(colleague.pk)]}
    answer = as_publisher.post(address(agreement, "change"), data)
    assert answer.status_code == 302, errors(answer)
    assert list(agreement.focal_points.all()) == [colleague]
    assert "Ana Diaz (ana)" in as_publisher.get(address(agreement, "change")).content.decode()
    history = as_publisher.get(address(agreement, "history")).content.decode()
    assert "Focal points" in history
    assert re.search(r"empty.*→.*ana", re.sub(r"<[^>]+>|\s+", " ", history))
    # One who has left does not keep others from saving.
    colleague.is_active = colleague.is_staff = False
    colleague.save()
    data = posted(as_publisher.get(address(agreement, "change"))) | {"place": "Vienna"}
    assert as_publisher.post(address(agreement, "change"), data).status_code == 302
    assert Agreement.objects.get().place == "Vienna"


def test_colleagues_are_suggested_to_whoever_edits(as_editor):
    make_user("ana", first_name="Ana", last_name="Diaz")
    make_user("anatol", is_active=False), make_user("anabel", is_staff=False)
    asked = {"app_label": "partnerships", "model_name": "agreement", "field_name": "focal_points", "term": "ana"}
    found = as_editor.get("/admin/autocomplete/", asked)
    assert [one["text"] for one in found.json()["results"]] == ["Ana Diaz (ana)"]
    # The list of users stays closed.
    assert as_editor.get("/admin/auth/user/").status_code == 403


def test_who_has_no_place_at_the_desk_is_suggested_nobody(client, db):
    client.force_login(make_user("visitor", is_staff=False))
    asked = {"app_label": "partnerships", "model_name": "agreement", "field_name": "focal_points", "term": ""}
    assert client.get("/admin/autocomplete/", asked).status_code in (302, 403)


def test_a_deleted_person_leaves_the_agreement_and_its_history_readable(as_chief):
    colleague = make_user("ana")
    agreement = make_agreement()
    agreement.focal_points.add(colleague)
    ReminderPreferences.objects.create(person=colleague)
    colleague.delete()  # by a command: at the desk, nobody is deleted
    assert as_chief.get(address(agreement, "history")).status_code == 200
    assert (agreement.focal_points.count(), ReminderPreferences.objects.count()) == (0, 0)
