"""Records are created, changed and deleted as at the desk: the same rules, one version for each change."""

import pytest

from partnerships.models import Agreement, Organization, Party
from stories.models import Evidence, NewsItem
from tests.factories import (
    make_agreement,
    make_contribution,
    make_organization,
    make_project,
    make_signature,
    make_story,
    make_user,
)

from .conftest import places


def test_an_agreement_is_made_with_all_its_rows(one, write):
    made = write.post(
        "agreements/",
        {
            "title": "Memorandum with three",
            "kind": "mou",
            "signed_on": "../2013-05-21",
            "ends_on": "2020",
            "parent": "framework",
            "countries": ["NA", {"slug": "niger"}],
            "goals": [16],
            "supersedes": [one.agreement.pk],
            "parties": [
                {
                    "organization": "pa",
                    "joined_on": "2014",
                    "signatures": [{"person": "ada-signer", "capacity": "Director", "country": "NAX"}],
                },
                {"organization": {"id": one.unit.pk}},
            ],
            "areas": ["Training", "Research"],
            "commitments": [{"text": "Meet", "responsible": "un", "due_on": "2015-06"}],
            "documents": [{"title": "Text", "url": "https://example.org/a.pdf"}],
        },
    ).answer
    agreement = Agreement.objects.get(pk=made["id"])
    assert (made["slug"], agreement.state, agreement.version) == ("memorandum-with-three", "draft", 1)
    assert (agreement.signed.isoformat(), agreement.ends.isoformat()) == ("../2013-05-21", "2020")
    assert str(agreement.ends_on) == "2020-12-31"
    first, second = agreement.parties.all()
    assert (first.organization, first.joined.isoformat(), second.organization) == (one.partner, "2014", one.unit)
    assert [(row.person, row.capacity, row.country) for row in first.signatures.all()] == [
        (one.person, "Director", one.country)
    ]
    assert [row.text for row in agreement.areas.all()] == ["Training", "Research"]
    assert (list(agreement.countries.all()), list(agreement.supersedes.all())) == ([one.country], [one.agreement])
    assert agreement.commitments.get().due.isoformat() == "2015-06"
    assert agreement.documents.get().url == "https://example.org/a.pdf"


def test_patch_leaves_alone_what_it_leaves_out_and_put_resets_it(one, write):
    one.agreement.internal_note = "For colleagues"
    one.agreement.focal_points.add(make_user("colleague"))
    one.agreement.save()
    address = f"agreements/{one.agreement.slug}/"
    before = write.get(address).answer
    patched = write.patch(address, {"place": "Vienna"}).answer
    assert {**before, "place": "Vienna", "version": 3, "updated_at": patched["updated_at"]} == patched
    put = write.put(address, {"title": "Bare", "kind": "convention"}).answer
    assert (put["title"], put["slug"], put["place"], put["signed_on"]) == ("Bare", "memorandum", "", None)
    for name in ("parties", "areas", "commitments", "documents", "countries", "regions", "goals", "supersedes"):
        assert put[name] == [], name
    assert put["parent"] is None
    # No answer shows the note and the focal points, so none that is put back may take them away.
    one.agreement.refresh_from_db()
    assert (one.agreement.internal_note, one.agreement.version) == ("For colleagues", 4)
    assert [user.username for user in one.agreement.focal_points.all()] == ["colleague"]


def test_rows_that_stay_keep_their_ids(write):
    fifa, unv, _giz = (make_organization(name) for name in ("FIFA", "UNV", "GIZ"))
    agreement = make_agreement("Memorandum", parties=[fifa, unv])
    make_signature(agreement, fifa, capacity="President")
    stays = agreement.parties.get(organization=fifa)
    signature = stays.signatures.get()
    answer = write.patch(
        "agreements/memorandum/",
        {
            "parties": [
                {"organization": "giz"},
                {
                    "organization": "fifa",
                    "note": "Observer",
                    "signatures": [{"capacity": "President", "place": "Zürich"}],
                },
            ]
        },
    ).answer
    assert [party["organization"]["slug"] for party in answer["parties"]] == ["fifa", "giz"]
    stays.refresh_from_db()
    signature.refresh_from_db()
    assert (stays.note, signature.place, answer["version"]) == ("Observer", "Zürich", 2)
    assert not Party.objects.filter(organization=unv).exists()
    assert Party.history.filter(organization_id=unv.pk, history_type="-").get().history_change_reason == (
        "API, token report"
    )


def test_an_organization_joins_again_after_it_left(write):
    make_agreement("Memorandum", parties=[make_organization("FIFA")])
    rows = [{"organization": "fifa", "withdrew_on": "2012"}, {"organization": "fifa", "joined_on": "2015"}]
    answer = write.patch("agreements/memorandum/", {"parties": rows}).answer
    assert [(row["withdrew_on"], row["joined_on"]) for row in answer["parties"]] == [("2012", None), (None, "2015")]
    twice = write.patch("agreements/memorandum/", {"parties": [{"organization": "fifa"}] * 2}, 400)
    assert places(twice) == {"parties.1"}
    assert "already a party" in twice.answer["errors"][0]["message"]


def test_a_change_below_the_record_is_a_new_version_of_it(one, write):
    for address, body in (
        ("agreements/memorandum/", {"areas": ["Training", "Research"]}),
        ("agreements/memorandum/", {"countries": []}),
        ("agreements/memorandum/", {"parties": [{"organization": "pa", "signatures": []}, {"organization": "un"}]}),
        ("projects/project/", {"countries": [{"slug": "niger", "percentage": "40.5"}]}),
        ("organizations/pa/", {"names": [{"name": "Partner of old", "kind": "former", "used_to_on": "2011"}]}),
        ("people/ada-signer/", {"offices": [{"title": "Director", "organization": "pa", "held_from_on": "2016"}]}),
        ("indicators/detainees/", {"measurements": [{"kind": "target", "value": "800"}]}),
        ("events/meeting/", {"participations": [{"organization": "pa", "role": "host"}]}),
        ("news/story/", {"links": []}),
    ):
        before = write.get(address)
        after = write.patch(address, body)
        assert after.answer["version"] == before.answer["version"] + 1, address
        assert after["ETag"] != before["ETag"]
        again = write.patch(address, body)
        assert again.answer == after.answer, address


def test_a_storys_evidence_is_vouched_for(one, write, publisher):
    body = {
        "evidence": [
            {"claim": "signed", "excerpt": "as they said", "target": {"type": "agreement", "slug": "memorandum"}},
            {"claim": "met", "excerpt": "They met.", "target": {"type": "commitment", "id": one.commitment.pk}},
        ]
    }
    kept = Evidence.objects.get(agreement=one.agreement)
    assert len(write.patch("news/story/", body).answer["evidence"]) == 2
    met = Evidence.objects.get(commitment=one.commitment)
    assert (met.excerpt, met.confirmed_by) == ("They met.", publisher)
    # What was not touched keeps who confirmed it: nobody.
    assert Evidence.objects.get(agreement=one.agreement).confirmed_by is None
    assert Evidence.objects.get(agreement=one.agreement).pk == kept.pk


def test_rich_text_is_cleaned_as_at_the_desk(write):
    body = {"title": "Story", "event_start_on": "2020", "body": "<p onclick=x>One<script>alert(1)</script></p>"}
    assert write.post("news/", body).answer["body"] == "<p>One</p>"
    assert NewsItem.objects.get().body == "<p>One</p>"


def test_every_error_is_reported_with_its_place_and_a_suggestion(one, write):
    before = Agreement.objects.count()
    response = write.post(
        "agreements/",
        {
            "titel": "A",
            "kind": "mous",
            "signed_on": "2013-02-30",
            "ends_on": 2013,
            "parent": "framewrok",
            "countries": ["NA", "XX", 7],
            "supersedes": "framework",
            "goals": [16, 18],
            "parties": [{"organization": "pa", "nots": ""}, {"organisation": "un"}, 7],
            "areas": [7],
            "commitments": [{"text": "", "id": 9}],
            "documents": [{"title": "T", "url": "javascript:alert(1)"}],
            "state": "published",
            "version": 7,
            "is_staff": True,
        },
        400,
    )
    found = {error["parameter"]: error["suggestion"] for error in response.answer["errors"]}
    assert found == {
        "titel": "title",
        "title": None,
        "kind": "mou",
        "signed_on": None,
        "ends_on": None,
        "parent": "framework",
        "countries.1": None,
        "countries.2": None,
        "supersedes": None,
        "goals.1": None,
        "parties.0.nots": "note",
        "parties.1.organisation": "organization",
        "parties.1.organization": None,
        "parties.2": None,
        "areas.0": None,
        "commitments.0.text": None,
        "commitments.0.id": None,
        "documents.0.url": None,
        "state": None,
        "version": None,
        "is_staff": None,
    }
    assert Agreement.objects.count() == before


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({"signed_on": "2013", "ends_on": "2012"}, "record"),
        ({"slug": "123"}, "slug"),
        ({"slug": "framework"}, "slug"),
        ({"title": "x" * 256}, "title"),
        ({"title": None}, "title"),
        ({"title": "  "}, "title"),
        ({"parent": "memorandum"}, "parent"),
        ([], "record"),
        ({"areas": None}, "areas"),
        ({"parties": {}}, "parties"),
        ({"parent": {"id": 1, "slug": "nothing"}}, "parent"),
        ({"parent": True}, "parent"),
        ({"parent": 9**4000}, "parent"),
        ({"parent": "9" * 4000}, "parent"),
        ({"parent": -1}, "parent"),
    ],
)
def test_the_models_own_rules_hold(body, place, write):
    framework = make_agreement("Framework")
    make_agreement("Memorandum", parent=framework)
    assert places(write.patch("agreements/memorandum/", body, 400)) == {place}
    assert Agreement.objects.get(slug="memorandum").version == 1


def test_a_loop_is_refused(write):
    make_organization("Unit", parent=make_organization("Whole"))
    assert places(write.patch("organizations/whole/", {"parent": "unit"}, 400)) == {"parent"}


def test_deleting(one, write):
    lonely = make_organization("Lonely")
    assert write.delete("organizations/lonely/").content == b""
    assert not Organization.objects.filter(pk=lonely.pk).exists()
    gone = Organization.history.get(id=lonely.pk, history_type="-")
    assert (gone.history_user.username, gone.history_change_reason) == ("publisher", "API, token report")
    response = write.delete("organizations/pa/", 409)
    assert "party “Partner”" in response.answer["detail"]
    assert "funder “Fund”" in response.answer["detail"]
    assert Organization.objects.filter(pk=one.partner.pk).exists()


def test_an_amount_is_exact_and_an_unknown_one_null(write):
    contribution = make_contribution(project=make_project("P"), amount="10", currency="EUR")
    address = f"contributions/{contribution.slug}/"
    for given, kept in (("1250.5", "1250.50"), (7, "7.00"), (0.1, "0.10")):
        assert write.patch(address, {"amount": given}).answer["amount"] == kept
    for wrong in ("0", "1e3", "NaN", "1.234", True, "", "٣", 10**20, "-1"):
        assert places(write.patch(address, {"amount": wrong}, 400)) <= {"amount", "record"}, wrong
    answer = write.patch(address, {"amount": None, "currency": ""}).answer
    assert (answer["amount"], answer["currency"]) == (None, "")
    assert places(write.patch(address, {"funders": []}, 400)) == {"funders"}
    assert places(write.post("contributions/", {"project": "p"}, 400)) == {"funders"}


def test_a_deep_change_costs_a_fixed_number_of_statements(write, django_assert_max_num_queries):
    """Rows that stay as they are cost nothing each."""
    agreement = make_agreement("Memorandum", parties=[make_organization() for _ in range(12)])
    body = write.get("agreements/memorandum/").answer
    tag = write.get("agreements/memorandum/")["ETag"]
    with django_assert_max_num_queries(57):
        write.put("agreements/memorandum/", body, If_Match=tag)
    assert agreement.history.count() == 1


def test_a_draft_story_may_be_tied_to_what_is_public(edit, one):
    made = edit.post("news/", {"title": "Note", "organizations": ["pa"], "event_start_on": "2021"}).answer
    assert [row["slug"] for row in made["organizations"]] == ["pa"]
    assert make_story("Other").state == "published"
