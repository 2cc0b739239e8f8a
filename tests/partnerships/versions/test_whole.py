"""What a record says in all, now and at any moment of its history, and putting it back."""

import random

import pytest

from partnerships.models import Agreement, AreaOfCooperation, Commitment, Party, Signature
from partnerships.versions import Refused, moment_of, put, to_restore, whole_at, whole_of
from partnerships.versions.parts import is_shared, parts_of
from stories.models import Evidence, NewsItem
from tests.factories import (
    make_agreement,
    make_country,
    make_evidence,
    make_organization,
    make_person,
    make_region,
    make_signature,
    make_story,
)

pytestmark = pytest.mark.django_db


def names(model):
    return [(part.model.__name__, part.key.name) for part in parts_of(model)]


def test_the_parts_of_an_agreement():
    assert names(Agreement) == [
        ("AgreementDocument", "agreement"),
        ("AreaOfCooperation", "agreement"),
        ("Commitment", "agreement"),
        ("Document", "agreement"),
        ("Party", "agreement"),
        ("Evidence", "agreement"),
        ("Evidence", "commitment"),
        ("Signature", "party"),
    ]
    assert {model: is_shared(model) for model in (Party, Signature, Evidence)} == {
        Party: False,
        Signature: False,
        Evidence: True,
    }


def change(agreement, dice, organizations, countries, stories):
    """One save of the record with links and rows, as a form does it: the record first."""
    agreement.refresh_from_db()
    agreement.title = f"Title {dice.random()}"
    agreement.signed = dice.choice(["2013", "2014-05", "2015-01-02", ""])
    agreement.save()
    agreement.countries.set(dice.sample(countries, dice.randint(0, 3)))
    agreement.supersedes.set([])
    for party in dice.sample(list(agreement.parties.all()), agreement.parties.count() // 2):
        if dice.random() < 0.5:
            party.delete()
        else:
            party.note = f"note {dice.random()}"
            party.save()
    free = [one for one in organizations if not agreement.parties.filter(organization=one).exists()]
    for organization in dice.sample(free, min(2, len(free))):
        party = agreement.parties.create(organization=organization)
        Signature.objects.create(party=party, capacity=f"capacity {dice.random()}")
    agreement.areas.all().first() and agreement.areas.all().first().delete()
    AreaOfCooperation.objects.create(agreement=agreement, text=f"area {dice.random()}")
    commitment = Commitment.objects.create(agreement=agreement, text=f"commitment {dice.random()}")
    if dice.random() < 0.5:
        Evidence.objects.create(story=dice.choice(stories), claim="met", excerpt="so", commitment=commitment)


@pytest.fixture
def world(db):
    return (
        random.Random(4),
        [make_organization() for _ in range(6)],
        [make_country(code) for code in ("NE", "TD", "ML", "BF")],
        [make_story() for _ in range(3)],
    )


def plain(agreement):
    """What the agreement says, asked of the models by hand."""
    return {
        "title": agreement.title,
        "signed": agreement.signed,
        "countries": set(agreement.countries.values_list("alpha2", flat=True)),
        "parties": set(agreement.parties.values_list("pk", "organization", "note", "joined_on")),
        "signatures": set(Signature.objects.filter(party__agreement=agreement).values_list("pk", "party", "capacity")),
        "areas": set(agreement.areas.values_list("pk", "text", "position")),
        "commitments": set(agreement.commitments.values_list("pk", "text")),
    }


def test_each_of_the_last_ten_versions_comes_back_exactly(world):
    agreement = make_agreement(countries=world[2][:1])
    wholes, plains = {}, {}
    for _ in range(11):
        change(agreement, *world)
        agreement.refresh_from_db()
        wholes[agreement.version], plains[agreement.version] = whole_of(agreement), plain(agreement)
    chosen = list(wholes)[:10]
    for version in chosen:
        then = whole_at(agreement, moment_of(agreement, version))
        assert then == wholes[version]
        put(agreement, to_restore(then, whole_of(agreement)), None, "restored")
        agreement.refresh_from_db()
        assert plain(agreement) == plains[version]
    # Each of these was a save like others, and can be had again itself.
    assert agreement.version == max(wholes) + len(chosen)


def test_what_history_began_too_late_for_stays():
    agreement = make_agreement()
    early = agreement.areas.create(text="Sport")
    AreaOfCooperation.history.all().delete()
    agreement.title = "New"
    agreement.save()
    assert list(whole_at(agreement, moment_of(agreement, 1)).rows) == [("partnerships.areaofcooperation", early.pk)]


def test_a_passage_added_since_is_not_taken_from_its_story():
    agreement = make_agreement("Old")
    then = whole_of(agreement)
    evidence = make_evidence(make_story(), agreement=agreement)
    agreement.title = "New"
    agreement.save()
    put(agreement, to_restore(then, whole_of(agreement)), None, "restored")
    assert list(agreement.evidence.all()) == [evidence]
    put(agreement, then, None, "restored")
    assert list(agreement.evidence.all()) == []
    assert NewsItem.objects.filter(pk=evidence.story_id).exists()


def test_what_is_gone_is_named():
    fifa = make_organization("FIFA")
    agreement = make_agreement(parties=[fifa], countries=[make_country("NE")])
    then = whole_of(agreement)
    agreement.parties.all().delete()
    fifa.delete()
    with pytest.raises(Refused) as refused:
        put(agreement, then, None, "restored")
    assert refused.value.messages == [
        "Organization “FIFA” is no longer in the register. Bring it back from the bin first, or leave it out."
    ]
    agreement.refresh_from_db()
    assert (agreement.version, agreement.parties.count()) == (1, 0)


def test_publication_and_version_are_not_restored(chief):
    agreement = make_agreement("Old", state="draft")
    then = whole_of(agreement)
    agreement.title, agreement.state = "New", "published"
    agreement.save()
    put(agreement, then, chief, "restored")
    agreement.refresh_from_db()
    assert (agreement.title, agreement.state, agreement.version) == ("Old", "published", 3)
    entry = agreement.history.latest()
    assert (entry.history_user, entry.history_change_reason) == (chief, "restored")


def test_new_rows_find_each_other(world):
    agreement = make_agreement(parties=[world[1][0]])
    base = whole_of(agreement)
    party = agreement.parties.create(organization=world[1][1])
    make_signature(agreement, world[1][1], capacity="President", person=make_person())
    wanted = whole_of(agreement).with_new_rows(base)
    assert ("partnerships.party", f"new-{party.pk}") in wanted.rows
    put(agreement, base, None, "back")
    put(agreement, wanted, None, "again")
    again = agreement.parties.get(organization=world[1][1])
    assert again.pk != party.pk
    assert again.signatures.get().capacity == "President"


def test_a_whole_survives_json(world):
    import json

    agreement = make_agreement(parties=[world[1][0]], regions=[make_region("sahel")], signed="2013", ends="2019-04")
    make_signature(agreement, world[1][0], capacity="President")
    whole = whole_of(agreement)
    assert type(whole).from_json(json.loads(json.dumps(whole.as_json()))) == whole
