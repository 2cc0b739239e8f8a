"""What is published and not proved."""

import pytest

from partnerships.models import Agreement, Contribution, Indicator, Measurement, Project
from tests.factories import (
    make_agreement,
    make_contribution,
    make_evidence,
    make_indicator,
    make_project,
    make_story,
)

from .asking import found

pytestmark = pytest.mark.django_db


def test_agreements(as_chief, chief):
    proved, _unproved = make_agreement("proved"), make_agreement("unproved")
    make_agreement("draft", state="draft"), make_agreement("archived", state="archived")
    make_evidence(make_story(), agreement=proved)
    assert found(as_chief, chief, Agreement, "unproved") == {"unproved"}


def test_projects_are_proved_by_their_money_too(as_chief, chief):
    paid, proved = make_project("paid"), make_project("proved")
    make_project("unproved"), make_project("draft", state="draft")
    make_evidence(make_story(), project=proved)
    make_evidence(make_story(), contribution=make_contribution(project=paid))
    assert found(as_chief, chief, Project, "unproved") == {"unproved"}


def test_contributions(as_chief, chief):
    project = make_project("Harbours")
    make_evidence(make_story(), contribution=make_contribution(project=project))
    unproved = make_contribution(project=make_project("Rivers"))
    make_contribution(project=project, state="draft")
    make_contribution(project=make_project(state="draft"))
    assert found(as_chief, chief, Contribution, "unproved") == {str(unproved)}


def test_indicators(as_chief, chief):
    measured = make_indicator("proved", measurements=[{"kind": "baseline", "value": 1, "measured": "2017"}])
    make_indicator("unproved"), make_indicator("draft", state="draft")
    make_evidence(make_story(), claim="measured", measurement=Measurement.objects.get(indicator=measured))
    assert found(as_chief, chief, Indicator, "unproved") == {"unproved"}
