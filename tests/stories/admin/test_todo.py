"""What waits at the desk because of what stories tell, or do not tell."""

from datetime import timedelta

import pytest
from django.utils import timezone

from partnerships.models import Agreement
from partnerships.periods import Span
from stories.models import NewsItem
from tests.factories import make_agreement, make_contribution, make_event, make_evidence, make_project, make_story
from tests.partnerships.admin.todo.asking import found

pytestmark = pytest.mark.django_db


def year_ago(days=0):
    return (Span(-1, "y").after(timezone.localdate()) + timedelta(days=days)).isoformat()


def test_an_agreement_is_silent_after_a_year(as_chief, chief):
    make_agreement("silent", signed=year_ago())
    make_agreement("younger", signed=year_ago(1))
    make_agreement("over", signed="2013", ends="2014")
    make_agreement("draft", signed="2013", state="draft")
    told, told_long_ago, proved = (make_agreement(name, signed="2013") for name in ("told", "told long ago", "proved"))
    make_story(agreements=[told], published_on=year_ago())
    make_story(agreements=[told_long_ago], published_on=year_ago(-1))
    make_evidence(make_story(published_on=year_ago()), agreement=proved)
    assert found(as_chief, chief, Agreement, "silent") == {"silent", "told long ago"}


def test_an_agreement_with_a_project_is_not_silent(as_chief, chief):
    for name, dates in {
        "running": {"starts": "2013"},
        "ended in the year": {"starts": "2013", "ends": year_ago()},
        "ended before": {"starts": "2013", "ends": year_ago(-1)},
        "planned": {"starts": (timezone.localdate() + timedelta(days=1)).isoformat()},
        "begins today": {"starts": timezone.localdate().isoformat()},
    }.items():
        make_project(agreements=[make_agreement(name, signed="2013")], **dates)
    assert found(as_chief, chief, Agreement, "silent") == {"ended before", "planned"}


def story(title, sum_of="EUR 6.5 million", **ties):
    return make_story(title, body=f"<p>The fund gives <b>{sum_of}</b>.</p>", **ties)


def test_an_amount_waits_until_a_contribution_has_it(as_chief, chief):
    project, event, agreement = make_project(), make_event(), make_agreement()
    money = make_contribution(project=project, agreement=agreement, amount="6500000", currency="EUR")
    make_contribution(event=event, amount="6500000", currency="EUR")
    story("not tied"), make_story("no sum")
    story("of the project", projects=[project])
    story("of the agreement", agreements=[agreement])
    story("of the event", events=[event])
    make_evidence(story("proves the money"), contribution=money)
    make_evidence(story("proves the project"), project=project)
    story("another sum", "EUR 8 million", projects=[project])
    story("another currency", "USD 6.5 million", projects=[project])
    story("two sums", "EUR 6.5 million of EUR 35 million", projects=[project])
    expected = {"not tied", "another sum", "another currency", "two sums"}
    assert found(as_chief, chief, NewsItem, "unrecorded-amount") == expected


@pytest.mark.parametrize(
    ("amount", "waits"),
    [("6449999", True), ("6450000", False), ("6550000", False), ("6550001", True)],
)
def test_a_rounded_sum_stands_for_those_that_it_rounds(as_chief, chief, amount, waits):
    project = make_project()
    make_contribution(project=project, amount=amount, currency="EUR")
    story("rounded", projects=[project])
    assert bool(found(as_chief, chief, NewsItem, "unrecorded-amount")) is waits


def test_an_archived_contribution_records_nothing(as_chief, chief):
    project = make_project()
    make_contribution(project=project, amount="6500000", currency="EUR", state="archived")
    story("told", projects=[project])
    assert found(as_chief, chief, NewsItem, "unrecorded-amount") == {"told"}
