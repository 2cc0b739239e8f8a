"""What is due to whom: only what is public, in force and in the person's care, and when the person wants it."""

from datetime import timedelta

import pytest

from partnerships.models import ReminderPreferences, SentReminder
from partnerships.reminders import preview
from tests.factories import make_agreement

from .conftest import after, at, ending, make_person_at_the_desk, prefer, promise, run, told

pytestmark = pytest.mark.django_db
AGREEMENT, COMMITMENT = SentReminder.Kind


def due(day):
    """{(person, record, days before, days left)} of what a run would send."""
    return {
        (str(claimed.preferences.person), str(one.record), one.days_before, one.days_left)
        for claimed in preview(at(day))
        for one in claimed.reminders
    }


def test_whoever_said_nothing_has_sensible_defaults(ana):
    ending(after(90), ana, title="Ninety"), ending(after(31), ana, title="Thirty-one")
    promise(ending(after(400), ana), after(30), "A report")
    assert due(after(0)) == {("ana", "Ninety", 90, 90), ("ana", "Thirty-one", 90, 31), ("ana", "A report", 30, 30)}


@pytest.mark.parametrize("state", ["draft", "in_review", "archived"])
def test_what_is_not_public_is_not_told(ana, state):
    promise(ending(after(7), ana, state=state), after(7))
    assert due(after(0)) == set()


@pytest.mark.parametrize(
    "dates",
    [
        {"ends": "2026-11-01"},  # it has ended
        {"ends": "2026-11-09", "terminated": "2026-11-02"},
        {"ends": "2026-11-09", "signed": ""},  # nobody has signed it
        {"ends": "2026-11-09", "entered_into_force": "2026-11-05"},
    ],
)
def test_what_is_not_in_force_is_not_told(ana, dates):
    agreement = make_agreement(**{"signed": "2020", **dates})
    agreement.focal_points.set([ana])
    promise(agreement, after(7))
    assert due(after(0)) == set()


def test_what_was_replaced_is_not_told(ana):
    old = ending(after(7), ana)
    promise(old, after(7))
    draft = make_agreement(signed="2026", supersedes=[old], state="draft")
    assert len(due(after(0))) == 2
    draft.state = "published"
    draft.save()
    assert due(after(0)) == set()


def test_a_coming_termination_is_the_end(ana):
    ending(after(300), ana, title="Given notice", terminated=after(30).isoformat())
    assert due(after(0)) == {("ana", "Given notice", 30, 30)}


def test_a_met_commitment_is_not_told_and_an_overdue_one_once(ana):
    agreement = ending(after(400), ana)
    promise(agreement, after(7), "Met", met="2026-10")
    promise(agreement, after(-30), "Overdue")
    promise(agreement, after(-31), "History")
    assert due(after(0)) == {("ana", "Overdue", 7, -30)}
    assert len(run(after(0))) == 1
    assert due(after(0)) == due(after(1)) == set()


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}])
def test_who_does_not_work_at_the_desk_any_more_is_told_nothing(ana, change):
    ending(after(7), ana, title="The agreement")
    for name, value in change.items():
        setattr(ana, name, value)
    ana.save()
    assert due(after(0)) == set()
    # Now nobody looks after it, and that is told to who wants to know.
    ben = make_person_at_the_desk("ben")
    prefer(ben, of_unattended=True)
    assert due(after(0)) == {("ben", "The agreement", 7, 7)}


def test_what_somebody_looks_after_is_not_unattended(ana):
    ben = make_person_at_the_desk("ben")
    prefer(ben, of_unattended=True)
    ending(after(7), ana, title="Hers"), ending(after(7), title="Nobody's"), ending(after(7), ben, title="His")
    assert due(after(0)) == {("ana", "Hers", 7, 7), ("ben", "Nobody's", 7, 7), ("ben", "His", 7, 7)}


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ({"is_on": False}, set()),
        ({"of_agreements": False}, {"A report"}),
        ({"of_commitments": False}, {"The agreement"}),
        ({"agreement_days": [6]}, {"A report"}),
        ({"commitment_days": [0, 6]}, {"The agreement"}),
    ],
)
def test_each_person_chooses(ana, choice, expected):
    prefer(ana, **choice)
    promise(ending(after(7), ana, title="The agreement"), after(7), "A report")
    assert {name for _person, name, _before, _left in due(after(0))} == expected


def test_a_changed_date_makes_a_new_occasion_and_an_old_one_is_not_told_again(ana):
    prefer(ana)
    agreement = ending(after(7), ana)
    run(after(0))
    for day, told_now in ((after(200), 0), (after(5), 1), (after(7), 0)):
        agreement.ends = day.isoformat()
        agreement.save()
        assert len(run(after(0))) == told_now
    assert SentReminder.objects.count() == 2


def test_other_leads_do_not_tell_again_what_was_told(ana):
    preferences = prefer(ana, agreement_days=[30])
    ending(after(25), ana)
    assert len(run(after(0))) == 1
    prefer(ana, agreement_days=[31, 29, 26])
    assert run(after(0)) == []
    prefer(ana, agreement_days=[31, 24])
    assert len(run(after(1))) == 1
    assert preferences.days_before(AGREEMENT) == [30]


def test_with_a_mail_on_mondays_nothing_waits_for_the_monday_after_it(ana):
    prefer(ana, weekdays=[0], agreement_days=[3])
    run(after(0))
    friday = ending(after(11), ana, title="Ends on Friday week")  # three days before it is a Tuesday
    assert [run(after(number)) != [] for number in range(7)] == [False] * 7
    assert len(run(after(7))) == 1
    assert told(ana) == {(AGREEMENT, friday.pk, 3)}
    assert all(run(after(number)) == [] for number in range(8, 30))


def test_a_missed_mail_day_is_made_up_for_on_any_day(ana):
    prefer(ana, weekdays=[0])
    run(after(0))
    ending(after(13), ana, title="The agreement", signed="2020")  # entered on the Tuesday
    assert [run(after(number)) for number in range(1, 7)] == [[]] * 6
    # The run of the next Monday does not take place.
    assert len(run(after(8))) == 1
    assert [run(after(number)) for number in range(9, 15)] == [[]] * 6


def test_the_first_mail_comes_with_the_first_run(ana):
    ending(after(10), ana)
    assert len(run(after(5))) == 1  # a Saturday, and the run after which everything is known to be told


@pytest.mark.parametrize(
    ("weekdays", "day", "covered"),
    [
        ([0, 1, 2, 3, 4, 5, 6], 0, 0),
        ([0, 1, 2, 3, 4], 3, 3),
        ([0, 1, 2, 3, 4], 4, 6),  # Friday's mail looks over the weekend
        ([0], 0, 6),
        ([0], 1, 6),
        ([3], 0, 2),
    ],
)
def test_a_mail_covers_the_days_until_the_next(weekdays, day, covered):
    assert ReminderPreferences(weekdays=weekdays).last_day_covered(after(day)) == after(covered)


def test_working_days_are_the_default_and_a_weekend_is_told_before(ana):
    agreement = ending(after(5 + 7), ana)  # a week before is Saturday
    run(after(0))
    days = [number for number in range(1, 14) if run(after(number))]
    assert days == [4]
    assert (AGREEMENT, agreement.pk, 7) in told(ana)
    assert SentReminder.objects.get(days_before=7).covered_to == after(4) + timedelta(days=2)
