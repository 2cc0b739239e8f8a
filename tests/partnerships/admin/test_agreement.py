"""A whole agreement on one page, in one save."""

import pytest

from partnerships.models import Agreement, Signature
from tests.factories import make_agreement, make_country, make_organization, make_person, make_signature

from .desk import address, errors, posted, rows

pytestmark = pytest.mark.django_db


def whole(client, **data):
    return posted(client.get(address(Agreement, "add"))) | {"title": "A memorandum", "kind": "mou", **data}


def test_two_parties_their_signatures_and_areas_in_one_save(as_editor, editor):
    fifa, unodc = make_organization("FIFA"), make_organization("UNODC")
    waly, vienna = make_person("Ghada Waly"), make_country("AT", "Austria")
    data = whole(
        as_editor,
        short_title="FIFA MoU",
        signed="2020-09-14",
        ends="2023",
        countries=[str(vienna.pk)],
        **rows("parties", {"organization": str(fifa.pk)}, {"organization": str(unodc.pk), "joined": "2020-09"}),
        **rows(
            "signatures",
            {"organization": str(unodc.pk), "person": str(waly.pk), "signed": "2020-09-14", "country": str(vienna.pk)},
            {"organization": str(fifa.pk), "capacity": "President", "signed": "2020"},
        ),
        **rows("areas", {"position": "1", "text": "Integrity in sport"}, {"position": "2", "text": "Youth"}),
        **rows("commitments", {"text": "A joint plan", "responsible": str(fifa.pk), "due": "2021"}),
        **rows("documents", {"title": "The text", "url": "https://example.org/mou.pdf", "language": "en"}),
    )
    answer = as_editor.post(address(Agreement, "add"), data)
    assert answer.status_code == 302, errors(answer)
    agreement = Agreement.objects.get()
    assert (agreement.state, agreement.slug, str(agreement.signed)) == ("draft", "fifa-mou", "14 September 2020")
    assert {str(party) for party in agreement.parties.all()} == {"FIFA", "UNODC"}
    signatures = Signature.objects.filter(party__agreement=agreement)
    assert {str(signature) for signature in signatures} == {"Ghada Waly for UNODC", "President for FIFA"}
    assert {str(signature.signed) for signature in signatures} == {"14 September 2020", "2020"}
    assert [area.text for area in agreement.areas.all()] == ["Integrity in sport", "Youth"]
    assert agreement.commitments.get().due_on.isoformat() == "2021-12-31"
    assert agreement.documents.count() == 1
    assert list(agreement.countries.all()) == [vienna]
    assert agreement.history.earliest().history_user == editor


def test_who_is_no_party_cannot_sign(as_chief):
    fifa, stranger = make_organization("FIFA"), make_organization("Stranger")
    data = whole(
        as_chief,
        **rows("parties", {"organization": str(fifa.pk)}),
        **rows("signatures", {"organization": str(stranger.pk), "signed": "2020"}),
    )
    answer = as_chief.post(address(Agreement, "add"), data)
    assert "“Stranger” is not among the parties above" in errors(answer)
    assert not Agreement.objects.exists()


def test_signatures_are_changed_and_removed_on_the_agreements_page(as_chief):
    fifa, unodc = make_organization("FIFA"), make_organization("UNODC")
    agreement = make_agreement(parties=[fifa, unodc])
    make_signature(agreement, fifa, capacity="President")
    make_signature(agreement, unodc, capacity="Director")
    data = posted(as_chief.get(address(agreement, "change"))) | {
        "signatures-0-organization": str(unodc.pk),
        "signatures-1-DELETE": "on",
    }
    assert as_chief.post(address(agreement, "change"), data).status_code == 302
    assert [str(signature) for signature in Signature.objects.all()] == ["President for UNODC"]


def test_a_signature_of_another_agreement_is_out_of_reach(as_chief):
    fifa = make_organization("FIFA")
    agreement, other = make_agreement(parties=[fifa]), make_agreement(parties=[fifa])
    theirs = make_signature(other, fifa, capacity="President")
    data = posted(as_chief.get(address(agreement, "change"))) | {
        "signatures-TOTAL_FORMS": "1",
        "signatures-INITIAL_FORMS": "1",
        "signatures-0-id": str(theirs.pk),
        "signatures-0-organization": str(fifa.pk),
        "signatures-0-capacity": "Forged",
    }
    as_chief.post(address(agreement, "change"), data)
    theirs.refresh_from_db()
    assert theirs.capacity == "President"


def test_who_joined_twice_signs_for_the_place_held_on_that_day(as_chief):
    fifa = make_organization("FIFA")
    agreement = make_agreement()
    first = agreement.parties.create(organization=fifa, joined="2001", withdrew="2005")
    second = agreement.parties.create(organization=fifa, joined="2010")
    data = posted(as_chief.get(address(agreement, "change"))) | rows(
        "signatures",
        {"organization": str(fifa.pk), "signed": "2002"},
        {"organization": str(fifa.pk), "signed": "2010-06"},
    )
    assert as_chief.post(address(agreement, "change"), data).status_code == 302
    assert (first.signatures.count(), second.signatures.count()) == (1, 1)


def test_a_party_leaves_with_its_signature(as_chief):
    fifa = make_organization("FIFA")
    agreement = make_agreement(kind="convention", parties=[fifa])
    make_signature(agreement, fifa)
    data = posted(as_chief.get(address(agreement, "change"))) | {"parties-0-DELETE": "on"}
    assert as_chief.post(address(agreement, "change"), data).status_code == 302
    assert not Signature.objects.exists()


def test_one_party_twice_is_told_before_the_database_refuses_it(as_chief):
    fifa = make_organization("FIFA")
    twice = rows("parties", {"organization": str(fifa.pk)}, {"organization": str(fifa.pk)})
    answer = as_chief.post(address(Agreement, "add"), whole(as_chief, **twice))
    assert "already a party" in errors(answer)
    assert not Agreement.objects.exists()


def test_who_withdrew_may_join_again_on_the_same_page(as_chief):
    fifa = make_organization("FIFA")
    again = rows(
        "parties",
        {"organization": str(fifa.pk), "joined": "2001", "withdrew": "2005"},
        {"organization": str(fifa.pk), "joined": "2010"},
    )
    assert as_chief.post(address(Agreement, "add"), whole(as_chief, **again)).status_code == 302
    assert Agreement.objects.get().parties.count() == 2


def test_rows_that_only_the_database_can_refuse_are_no_server_error(as_chief):
    fifa, unodc = make_organization("FIFA"), make_organization("UNODC")
    agreement = make_agreement(parties=[fifa, unodc])
    swapped = {"parties-0-organization": str(unodc.pk), "parties-1-organization": str(fifa.pk)}
    data = posted(as_chief.get(address(agreement, "change"))) | swapped
    answer = as_chief.post(address(agreement, "change"), data)
    assert answer.status_code == 200
    assert "Nothing has been saved" in errors(answer)
