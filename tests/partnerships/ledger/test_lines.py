"""One line for each change, as the desk knows it and as visitors do."""

import pytest
from django.db import transaction

from partnerships.ledger import Head, head, note, touched
from partnerships.ledger.beginning import begin
from partnerships.models import (
    Agreement,
    Commitment,
    Country,
    Event,
    LedgerHead,
    LedgerLine,
    Measurement,
    Organization,
    Party,
)
from stories.models import Evidence, NewsItem
from tests.api.conftest import fill
from tests.api.test_gate import add_drafts
from tests.factories import (
    make,
    make_agreement,
    make_contribution,
    make_country,
    make_event,
    make_evidence,
    make_funder,
    make_indicator,
    make_organization,
    make_person,
    make_project,
    make_story,
    make_user,
)

pytestmark = pytest.mark.django_db


def lines_of(change):
    """What a change adds to the ledger: (noun, slug, verb, public slug, public verb) of each line."""
    before = head(make_user()).number
    change()
    found = LedgerLine.objects.filter(number__gt=before)
    return [
        (line.noun.partition(".")[2], line.slug, line.verb, line.public_slug, line.public_verb)
        for line in found.order_by("number")
    ]


def public(noun, slug, verb="changed", desk=None):
    return (noun, slug, desk or verb, slug, verb)


def hidden(noun, slug, verb="changed"):
    return (noun, slug, verb, "", "")


def save(record, **values):
    for name, value in values.items():
        setattr(record, name, value)
    record.save()


def test_a_records_life():
    draft = make_agreement("Memo", state="draft")
    assert lines_of(lambda: make_agreement("New", state="draft")) == [hidden("agreement", "new", "created")]
    assert lines_of(lambda: make_agreement("Open")) == [public("agreement", "open", "published", "created")]
    assert lines_of(lambda: save(draft, place="Vienna")) == [hidden("agreement", "memo")]
    assert lines_of(lambda: save(draft, state="published")) == [public("agreement", "memo", "published")]
    assert lines_of(lambda: save(draft, slug="mou")) == [public("agreement", "mou")]
    assert lines_of(lambda: save(draft, slug="secret", state="archived")) == [
        ("agreement", "secret", "changed", "mou", "removed")
    ]
    assert lines_of(draft.delete) == [hidden("agreement", "secret", "removed")]
    open_one = Agreement.objects.get(slug="open")
    assert lines_of(open_one.delete) == [public("agreement", "open", "removed")]


def test_numbers_have_no_gaps_and_visitors_have_their_own():
    one = make_organization("One")
    make_organization("Draft", state="draft")
    save(one, website="https://example.org")
    lines = list(LedgerLine.objects.order_by("number").values_list("number", "public_number"))
    assert lines == [(1, 1), (2, None)], "two saves of one record in one transaction are one line"
    assert head(None).number == 1
    assert head(make_user(is_staff=False)).number == 1
    assert head(make_user()).number == 2
    save(one, website="https://example.com")
    assert head(None).number == 2, "once somebody has seen the number, what follows has its own"
    assert head(make_user()).number == 3
    assert head(None).changed_at == LedgerLine.objects.get(number=3).at


def test_what_is_undone_leaves_no_line():
    one = make_organization("One")
    before = head(None)
    with transaction.atomic():
        save(one, website="https://example.org")
        transaction.set_rollback(True)
    assert head(None) == before
    one.refresh_from_db()
    assert lines_of(lambda: save(one, website="https://example.org")) == [public("organization", "one")]


def test_rows_are_changes_of_their_record():
    agreement, body = make_agreement("Memo", parties=[make_organization("First")]), make_organization("Body")
    secret = make_organization("Secret", state="draft")
    other = make_agreement("Other")
    assert lines_of(lambda: make(Party, agreement=agreement, organization=body)) == [public("agreement", "memo")]
    party = agreement.parties.get(organization=body)
    assert lines_of(lambda: save(party, agreement=other)) == [public("agreement", "memo"), public("agreement", "other")]
    assert lines_of(lambda: make(Party, agreement=agreement, organization=secret)) == [hidden("agreement", "memo")]
    assert lines_of(lambda: save(party, organization=secret)) == [public("agreement", "other")]
    assert lines_of(lambda: make(Commitment, agreement=agreement, text="Meet")) == [public("agreement", "memo")]
    assert lines_of(agreement.parties.get(organization=secret).delete) == [hidden("agreement", "memo")]
    assert lines_of(agreement.delete) == [public("agreement", "memo", "removed")], "its rows go with it"
    assert lines_of(lambda: Agreement.objects.filter(slug="other").delete()) == [
        public("agreement", "other", "removed")
    ]


def test_figures_and_evidence_change_what_shows_them():
    project = make_project("Aid")
    indicator = make_indicator("Ships", project=project)
    figure = lambda: make(Measurement, indicator=indicator, value=1)  # noqa: E731
    assert lines_of(figure) == [public("indicator", "ships"), public("project", "aid")]
    story, draft = make_story("Tale"), make_story("Hidden", state="draft")
    proof = {"measurement": indicator.measurements.get(), "claim": "measured"}
    assert lines_of(lambda: make_evidence(story, **proof)) == [
        public("indicator", "ships"),
        public("project", "aid"),
        public("newsitem", "tale"),
    ]
    assert lines_of(lambda: make_evidence(draft, **proof)) == [
        hidden("indicator", "ships"),
        hidden("project", "aid"),
        hidden("newsitem", "hidden"),
    ]
    assert lines_of(story.delete) == [
        public("indicator", "ships"),
        public("project", "aid"),
        public("newsitem", "tale", "removed"),
    ]
    assert Evidence.objects.count() == 1


def test_links_are_changes_of_the_records_that_show_them():
    event, project = make_event("Day"), make_project("Aid")
    secret = make_project("Secret", state="draft")
    story = make_story("Tale")
    assert lines_of(lambda: event.projects.add(project)) == [public("event", "day"), public("project", "aid")]
    assert lines_of(lambda: event.projects.add(project)) == []
    assert lines_of(lambda: project.events.clear()) == [public("event", "day"), public("project", "aid")]
    assert lines_of(lambda: event.projects.add(secret)) == [hidden("event", "day"), hidden("project", "secret")]
    assert lines_of(lambda: event.projects.set([project])) == [
        hidden("event", "day"),
        hidden("project", "secret"),
        public("event", "day"),
        public("project", "aid"),
    ]
    assert lines_of(lambda: story.projects.add(project)) == [public("newsitem", "tale")]
    assert lines_of(lambda: project.countries.add(make_country("NE", "Niger"))) == [
        public("country", "niger", "published", "created"),
        public("project", "aid"),
    ]


def test_what_is_public_only_with_another_comes_and_goes_with_it():
    body, project = make_organization("Body"), make_project("Aid", state="draft")
    make_funder("Fund", organization=body)
    event = make_event("Day", state="draft")
    make_contribution(project=project, slug="gift", funders=[])
    make_contribution(event=event, slug="lunch", funders=[])
    make_contribution(event=event, slug="secret", funders=[], state="draft")
    make_indicator("Ships", project=project)
    assert lines_of(lambda: save(project, state="published")) == [
        public("project", "aid", "published"),
        public("contribution", "gift", "published", "changed"),
        public("indicator", "ships", "published", "changed"),
    ]
    assert lines_of(lambda: save(project, reference="7")) == [public("project", "aid")]
    assert lines_of(lambda: save(project, state="archived")) == [
        public("project", "aid", "removed", "changed"),
        public("contribution", "gift", "removed", "changed"),
        public("indicator", "ships", "removed", "changed"),
    ]
    assert lines_of(lambda: save(event, state="published")) == [
        public("event", "day", "published"),
        public("contribution", "lunch", "published", "changed"),
        hidden("contribution", "secret"),
    ]
    assert lines_of(lambda: save(body, state="draft")) == [
        public("organization", "body", "removed", "changed"),
        public("funder", "fund", "removed", "changed"),
    ]


def test_a_new_name_is_a_change_of_whatever_names_it():
    body = make_organization("Body")
    agreement = make_agreement("Memo", parties=[body])
    secret = make_agreement("Secret", parties=[body], state="draft")
    fund = make_funder("Fund", organization=body)
    project = make_project("Aid")
    make_contribution(funders=[fund], project=project, slug="gift", state="draft")
    told = lines_of(lambda: save(body, name="New body"))
    assert told == [
        public("organization", "body"),
        public("agreement", "memo"),
        hidden("agreement", "secret"),
        hidden("contribution", "gift"),
        public("funder", "fund"),
        hidden("project", "aid"),
    ], "a draft between two public records does not tie them together for visitors"
    assert lines_of(lambda: save(body, website="https://example.org")) == [public("organization", "body")]
    assert lines_of(lambda: save(secret, title="Hidden")) == [hidden("agreement", "secret")]
    story = make_story("Tale", agreements=[agreement])
    make_evidence(story, agreement=agreement)
    assert lines_of(agreement.delete) == [
        public("newsitem", "tale"),
        public("agreement", "memo", "removed"),
    ]


def test_drafts_leave_the_visitors_head_as_it_was():
    one = fill()
    before, desk = head(None), head(make_user())
    add_drafts(one)
    assert [str(line) for line in LedgerLine.objects.filter(public_number__gt=before.number)] == []
    assert head(None) == before
    assert head(make_user()).number > desk.number


def test_what_sends_no_signals_can_be_noted():
    one, draft = make_organization("One"), make_organization("Two", state="draft")
    ids = [one.pk, draft.pk, 999]

    def rename():
        Organization.objects.filter(pk__in=ids).update(website="https://example.org")
        note(Organization, ids)

    assert lines_of(rename) == [public("organization", "one"), hidden("organization", "two")]


def test_others_are_told_what_was_touched():
    told = []

    def tell(sender, ids, verb, **kwargs):
        told.append((sender, ids, verb))

    project = make_project("Aid")
    story = make_story("Tale")
    story_id = story.pk
    touched.connect(tell)
    try:
        gift = make_contribution(project=project, funders=[])
        story.projects.add(project)
        story.delete()
        make(Event, name="Day", kind="meeting")
    finally:
        touched.disconnect(tell)
    assert told == [
        (type(gift), {gift.pk}, "created"),
        (type(project), {project.pk}, "changed"),
        (NewsItem, {story_id}, "changed"),
        (NewsItem, {story_id}, "removed"),
        (Event, {Event.objects.get().pk}, "created"),
    ]


def test_people_and_places():
    person = make_person("Ada")
    body = make_organization("Body")
    assert lines_of(lambda: person.offices.create(title="Director", organization=body)) == [public("person", "ada")]
    country = make_country("NE", "Niger")
    assert lines_of(lambda: save(country, name_en="The Niger")) == [public("country", "niger")]
    assert Country.objects.count() == 1


def test_a_register_that_is_older_than_its_ledger_begins_with_every_record():
    make_country("NE", "Niger")
    body = make_organization("Body")
    make_funder("Fund", organization=body, state="draft")
    LedgerLine.objects.all().delete()
    LedgerHead.objects.all().delete()
    assert head(None) == Head(0, None)
    begin()
    begin()
    lines = LedgerLine.objects.values_list("noun", "slug", "verb", "public_verb")
    assert list(lines) == [
        ("partnerships.country", "niger", "created", "published"),
        ("partnerships.organization", "body", "created", "published"),
        ("partnerships.funder", "fund", "created", ""),
    ]
