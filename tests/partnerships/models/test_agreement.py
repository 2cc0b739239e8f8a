from datetime import date, timedelta
from itertools import product

import pytest
from django.core.exceptions import ValidationError

from partnerships.models import Agreement, Party, Status
from tests.factories import make, make_agreement, make_organization

pytestmark = pytest.mark.django_db
DAYS = [date(2010, 1, 1), date(2013, 1, 1), date(2013, 6, 30), date(2014, 1, 1), date(2015, 12, 31), date(2016, 1, 1)]


def every_life():
    """Agreements with every combination of dates, some replaced by a public or a draft successor."""
    starts, later, ends = (None, "2013"), (None, "2014-01-01"), (None, "2015", "2013-06-30")
    for signed, force, end, terminated, successor in product(
        starts, later, ends, (None, "2014-01-01"), (None, "published", "draft")
    ):
        agreement = make_agreement(signed=signed, entered_into_force=force, ends=end, terminated=terminated)
        if successor:
            make_agreement(signed="2015-12-31", supersedes=[agreement], state=successor)


def test_status_and_its_queryset_twin_agree_on_every_day():
    every_life()
    records = list(Agreement.objects.prefetch_related("superseded_by"))
    for day in DAYS:
        for status in Status:
            found = set(Agreement.objects.with_status(status, day).values_list("pk", flat=True))
            assert found == {record.pk for record in records if record.status(day) == status}, (day, status)
        in_force = set(Agreement.objects.in_force(day).values_list("pk", flat=True))
        assert in_force == {record.pk for record in records if record.status(day) == Status.IN_FORCE}, day


def test_in_force_between_is_in_force_on_any_day():
    every_life()
    first, last = date(2013, 6, 1), date(2014, 2, 1)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    expected = {
        record.pk
        for record in Agreement.objects.prefetch_related("superseded_by")
        if any(record.status(day) == Status.IN_FORCE for day in days)
    }
    assert set(Agreement.objects.in_force_between(first, last).values_list("pk", flat=True)) == expected


def test_a_draft_successor_changes_nothing():
    old = make_agreement(signed="2013")
    new = make_agreement(signed="2018-09-11", supersedes=[old], state="draft")
    assert old.status(date(2019, 1, 1)) == Status.IN_FORCE
    new.state = "published"
    new.save()
    old = Agreement.objects.get(pk=old.pk)
    assert [old.status(date(2018, 9, 10)), old.status(date(2018, 9, 11))] == [Status.IN_FORCE, Status.SUPERSEDED]


def test_parties_have_their_days():
    mekong = make_agreement(signed="1993")
    names = {}
    for name, joined, withdrew in [("first", None, None), ("late", "1995", None), ("gone", None, "1994-06-30")]:
        party = make(Party, agreement=mekong, organization=make_organization(name), joined=joined, withdrew=withdrew)
        names[party.pk] = name
    on = lambda day: {names[party.pk] for party in mekong.parties.on(day)}  # noqa: E731
    assert on(date(1993, 5, 1)) == {"first", "gone"}
    assert on(date(1994, 6, 30)) == {"first"}
    assert on(date(1995, 1, 1)) == {"first", "late"}


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"signed": "2019", "ends": "2018"}, "ends before it was signed"),
        ({"signed": "2019", "terminated": "2018"}, "terminated before it was signed"),
        ({"slug": "2013"}, "digits alone"),
    ],
)
def test_what_cannot_be_is_refused_with_a_message(values, words):
    with pytest.raises(ValidationError, match=words):
        make_agreement(**values)


def test_a_plan_cannot_stand_above_its_own_memorandum():
    memorandum = make_agreement()
    plan = make_agreement(parent=memorandum)
    memorandum.parent = plan
    with pytest.raises(ValidationError, match="already stands below"):
        memorandum.full_clean()


def test_a_party_stands_once_at_a_time():
    agreement, unodc = make_agreement(), make_organization()
    first = make(Party, agreement=agreement, organization=unodc)
    with pytest.raises(ValidationError, match="already a party"):
        make(Party, agreement=agreement, organization=unodc)
    first.withdrew = "2014"
    first.save()
    make(Party, agreement=agreement, organization=unodc, joined="2016")
