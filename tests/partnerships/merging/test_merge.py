"""One record out of two, and both again: nothing is left behind, nothing is told twice, nothing is lost."""

import json

import pytest
from django.core.serializers import serialize
from django.test import Client

from partnerships.merging import Refused, links_to, merge, undo
from partnerships.models import (
    Contribution,
    EventParticipation,
    Funder,
    Merge,
    Office,
    Organization,
    Participation,
    Party,
    Person,
    Project,
    Signature,
)
from stories.models import Speaker
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief():
    return make.make_user(is_superuser=True)


@pytest.fixture
def world():
    """Two records of one office: both are tied to some things, and one of them to others."""
    kept = make.make_organization("Office on Drugs and Crime", acronym="UNODC", slug="unodc")
    gone = make.make_organization("Drug Office", acronym="UNDCP", slug="undcp", website="https://un.example/")
    fifa = make.make_organization("FIFA", slug="fifa")
    for one in (kept, gone):
        one.names.create(name="ONUDC", kind="acronym", language="fr")
    gone.names.create(name="Drug Control Programme", kind="former")
    both = make.make_agreement("Both", parties=[kept, gone, fifa], signed="2015")
    alone = make.make_agreement("Alone", parties=[gone, fifa], signed="2016")
    offices = [{"title": "Director", "organization": one} for one in (gone, kept)]
    person = make.make_person("Ada Quist", slug="ada-quist", offices=offices)
    for agreement in (both, alone):
        make.make_signature(agreement, gone, person=person, capacity="Director")
    roles = [(kept, "implementing"), (gone, "implementing"), (gone, "funding")]
    project = make.make_project("Work", participants=roles)
    make.make_organization("Branch", slug="branch", parent=gone)
    make.make_contribution(project=project, funders=[make.make_funder(organization=gone)], recipient=gone)
    make.make_event("Day", participants=[(gone, "organizer")])
    make.make_story("Of both", organizations=[kept, gone])
    make.make_story("Of one", organizations=[gone])
    return kept, gone


def rows():
    """{(model, pk): values} of all that a merge may touch, without what every save changes."""
    models = {link.model for noun in (Organization, Funder, Person, Party) for link in links_to(noun)}
    found = {}
    for model in models | {Organization, Funder, Person}:
        for row in json.loads(serialize("json", model._base_manager.order_by("pk"))):
            values = {name: value for name, value in row["fields"].items() if name not in ("version", "updated_at")}
            links = {name: sorted(value) for name, value in values.items() if isinstance(value, list)}
            found[row["model"], row["pk"]] = values | links
    return found


def left(record):
    return {(link.model.__name__, link.field.name) for link in links_to(type(record)) if link.rows(record).exists()}


def test_every_way_in_which_something_names_a_record_is_known():
    """A new key to one of these nouns moves with it; this says which there are, so that somebody thinks about it."""

    def ways(model):
        return {f"{link.model.__name__}.{link.field.name}" for link in links_to(model)}

    assert ways(Organization) == {
        "Commitment.responsible",
        "Contribution.recipient",
        "EventParticipation.organization",
        "Funder.organization",
        "NewsItem.organizations",
        "Office.organization",
        "Organization.parent",
        "OrganizationName.organization",
        "Participation.organization",
        "Party.organization",
        "Proposal.organization",
    }
    assert ways(Funder) == {"Contribution.funders"}
    assert ways(Person) == {"Office.person", "Signature.person", "Speaker.person"}
    assert ways(Party) == {"Signature.party"}


def test_nothing_is_left_behind_and_nothing_is_told_twice(world, chief):
    kept, gone = world
    merge(kept, gone, chief, taken=["website"])
    kept.refresh_from_db()
    assert not Organization.objects.filter(pk=gone.pk).exists()
    assert left(gone) == set()
    assert kept.website == "https://un.example/"
    assert sorted(kept.parties.values_list("agreement__title", flat=True)) == ["Alone", "Both"]
    assert sorted(Participation.objects.filter(organization=kept).values_list("role", flat=True)) == [
        "funding",
        "implementing",
    ]
    assert sorted(Signature.objects.values_list("party__organization__slug", "party__agreement__title")) == [
        ("unodc", "Alone"),
        ("unodc", "Both"),
    ]
    assert list(Office.objects.values_list("title", "organization__slug")) == [("Director", "unodc")]
    assert EventParticipation.objects.get().organization == kept
    assert Contribution.objects.get().recipient == Funder.objects.get().organization == kept
    assert Organization.objects.get(slug="branch").parent == kept
    assert [sorted(story.organizations.values_list("slug", flat=True)) for story in kept.stories.all()] == [
        ["unodc"],
        ["unodc"],
    ]


def test_the_names_of_the_other_are_kept(world, chief):
    kept, gone = world
    merge(kept, gone, chief, name_as="former")
    assert sorted(kept.names.values_list("name", "kind")) == [
        ("Drug Control Programme", "former"),
        ("Drug Office", "former"),
        ("ONUDC", "acronym"),
        ("UNDCP", "acronym"),
    ]
    assert [found.slug for found in Organization.objects.search("drug office")] == ["unodc"]


def test_the_name_may_be_taken_from_the_other(world, chief):
    kept, gone = world
    merge(kept, gone, chief, taken=["name", "acronym"])
    kept.refresh_from_db()
    assert (kept.name, kept.acronym, kept.slug) == ("Drug Office", "UNDCP", "unodc")
    assert {"Office on Drugs and Crime", "UNODC"} <= set(kept.names.values_list("name", flat=True))


def test_old_addresses_lead_to_the_record_that_was_kept(world, chief):
    kept, gone = world
    pk = gone.pk
    merge(kept, gone, chief)
    client = Client()
    for address in ("/organizations/undcp/", f"/organizations/{pk}/"):
        response = client.get(address)
        assert (response.status_code, response.headers["Location"]) == (301, "/organizations/unodc/")
    assert client.get("/api/v1/organizations/undcp/", follow=True).json()["slug"] == "unodc"
    assert client.get("/api/v1/agreements/?partner=undcp&count=true").json()["count"] == 2
    third = make.make_organization("Third", slug="third")
    merge(third, kept, chief)
    assert client.get("/organizations/undcp/").headers["Location"] == "/organizations/third/"


def test_undoing_gives_both_back_exactly(world, chief):
    kept, gone = world
    before, made = rows(), gone.created_at
    done = merge(kept, gone, chief, taken=["name", "acronym", "website"])
    assert rows() != before
    undo(done, chief)
    assert rows() == before
    assert Organization.objects.get(slug="undcp").created_at == made
    assert Client().get("/organizations/undcp/").status_code == 200
    with pytest.raises(Refused, match="undone already"):
        undo(done, chief)


def test_what_was_changed_since_is_not_overwritten(world, chief):
    kept, gone = world
    done = merge(kept, gone, chief, taken=["website"])
    after = rows()
    kept.refresh_from_db()
    kept.website = "https://new.example/"
    kept.save()
    with pytest.raises(Refused, match="“Office on Drugs and Crime” has been changed since: website"):
        undo(done, chief)
    changed = {key for key, values in rows().items() if after[key] != values}
    assert changed == {("partnerships.organization", kept.pk)}
    Participation.objects.get(role="funding").delete()
    with pytest.raises(Refused, match="has been deleted since"):
        undo(done, chief)


def test_other_changes_stay_when_a_merge_is_undone(world, chief):
    kept, gone = world
    done = merge(kept, gone, chief)
    kept.refresh_from_db()
    kept.description = "Written since."
    kept.save()
    undo(done, chief)
    kept.refresh_from_db()
    assert kept.description == "Written since."


def test_a_unit_can_go_into_what_it_is_a_unit_of_and_the_other_way_round(chief):
    for into in ("whole", "part"):
        whole = make.make_organization(f"Whole {into}", slug=f"whole-{into}")
        part = make.make_organization("Part", slug=f"part-{into}", parent=whole)
        other = make.make_organization("Other part", slug=f"other-{into}", parent=whole)
        kept, gone = (whole, part) if into == "whole" else (part, whole)
        merge(kept, gone, chief)
        kept.refresh_from_db()
        other.refresh_from_db()
        assert (kept.parent, other.parent) == (None, kept)


def test_what_cannot_become_one_is_refused_and_left_as_it_was(chief):
    top = make.make_organization("Top")
    middle = make.make_organization("Middle", parent=top)
    low = make.make_organization("Low", parent=middle)
    draft = make.make_organization("Draft", state="draft")
    namesakes = [make.make_organization("Bureau", slug=f"bureau-{one.pk}", parent=one) for one in (top, draft)]
    before = rows()
    for kept, gone, reason in (
        (low, top, "is a unit below the units of"),
        (draft, top, "is not published"),
        (top, top, "the same record twice"),
        (top, draft, f"Both have a record “{namesakes[0]}”"),
    ):
        with pytest.raises(Refused, match=reason):
            merge(kept, gone, chief)
        assert rows() == before
    with pytest.raises(Refused, match="already stands below"):
        merge(middle, low, chief, taken=["parent"])
    assert rows() == before
    assert not Merge.objects.exists()


def test_funders_and_people_become_one_too(chief):
    kept, gone = (make.make_funder(name) for name in ("Germany", "Federal Republic"))
    contribution = make.make_contribution(funders=[gone])
    shared = make.make_contribution(funders=[kept, gone])
    version = contribution.version
    done = merge(kept, gone, chief)
    assert [list(one.funders.all()) for one in (contribution, shared)] == [[kept], [kept]]
    contribution.refresh_from_db()
    assert contribution.version == version + 1
    assert len(contribution.history.first().funders.all()) == 1
    undo(done, chief)
    assert [sorted(one.funders.values_list("name", flat=True)) for one in (contribution, shared)] == [
        ["Federal Republic"],
        ["Federal Republic", "Germany"],
    ]
    ada, quist = make.make_person("Ada Quist"), make.make_person("A. Quist")
    story = make.make_story("Talk", speakers=[ada, quist])
    merge(ada, quist, chief)
    assert list(Speaker.objects.values_list("story", "person")) == [(story.pk, ada.pk)]


def test_who_did_it_stands_in_every_history(world, chief):
    kept, gone = world
    pk = gone.pk
    merge(kept, gone, chief)
    for entry in (
        kept.history.first(),
        Party.history.filter(organization_id=kept.pk).first(),
        Organization.history.filter(id=pk).first(),
    ):
        assert (entry.history_user, entry.history_change_reason) == (chief, "merged with Drug Office")
    assert Organization.history.filter(id=pk).first().history_type == "-"


@pytest.mark.parametrize("many", [60, pytest.param(500, marks=pytest.mark.long)])
def test_hundreds_of_links_move_and_come_back(chief, many):
    """Of so many projects, both take part in half; the other half are only the other's."""
    kept, gone = make.make_organization("Kept"), make.make_organization("Gone")
    projects = Project.objects.bulk_create(
        Project(title=f"Project {number}", slug=f"project-n{number}", state="draft") for number in range(many)
    )
    taking_part = [(gone, project) for project in projects] + [(kept, project) for project in projects[::2]]
    Participation.objects.bulk_create(
        Participation(organization=organization, project=project, role="implementing")
        for organization, project in taking_part
    )
    before = rows()
    done = merge(kept, gone, chief)
    assert left(gone) == set()
    held = Participation.objects.filter(organization=kept).values_list("project", flat=True)
    assert (len(held), len(set(held))) == (many, many)
    undo(done, chief)
    assert rows() == before
