import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from partnerships.models import EditConflict, Organization
from tests.factories import make_organization, make_story, make_user

pytestmark = pytest.mark.django_db


def test_an_address_is_made_from_the_acronym_and_stays_free():
    assert make_organization("International Federation", acronym="FIFA").slug == "fifa"
    assert make_organization("Another Federation", acronym="FIFA").slug == "fifa-2"
    assert make_organization("Ministère de l’Économie").slug == "ministere-de-leconomie"
    assert make_organization("1540").slug == "organization-1540"
    assert make_organization("世界").slug == "organization"


def test_an_old_address_leads_to_the_record_and_is_not_given_away():
    record = make_organization("Pacific Group", acronym="ACP")
    record.slug = "oacps"
    record.save()
    assert list(Organization.objects.once_at("acp")) == [record]
    assert make_organization("Another", acronym="ACP").slug == "acp-2"


def test_each_save_counts_and_the_second_of_two_is_refused():
    record = make_organization("One")
    mine, theirs = Organization.objects.get(pk=record.pk), Organization.objects.get(pk=record.pk)
    mine.name = "Mine"
    mine.save()
    theirs.name = "Theirs"
    with pytest.raises(EditConflict, match="was changed by somebody else"), transaction.atomic():
        theirs.save()
    record.refresh_from_db()
    assert (record.name, record.version, theirs.version) == ("Mine", 2, 1)
    assert record.history.count() == 2


@pytest.mark.parametrize("state", ["draft", "in_review", "archived"])
def test_only_what_is_published_is_public(state):
    hidden, shown = make_organization(state=state), make_organization()
    visitor, leaver = AnonymousUser(), make_user(is_active=False)
    for user in (None, visitor, leaver, make_user(is_staff=False)):
        assert list(Organization.objects.visible_to(user)) == [shown]
    assert set(Organization.objects.visible_to(make_user())) == {hidden, shown}


def test_a_story_is_sorted_by_its_date_and_cleaned():
    story = make_story(event_start="2019-05-21", body="<p onclick=x>One<script>alert(1)</script></p>")
    story.refresh_from_db()
    assert str(story.listed_on) == "2019-05-21"
    assert story.body == "<p>One</p>"
