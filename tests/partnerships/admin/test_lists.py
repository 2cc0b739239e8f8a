"""The filters of the desk's lists mean what they mean on the public pages."""

import pytest

from partnerships.models import Agreement, Organization, Project
from tests.factories import make_agreement, make_country, make_organization, make_project

from .desk import address

pytestmark = pytest.mark.django_db


def found(client, model, **question):
    return set(client.get(address(model, "changelist"), question).context["cl"].result_list)


def test_partner_by_slug_acronym_or_former_name_finds_its_units_too(as_chief):
    eu = make_organization("European Union", acronym="EU")
    eu.names.create(name="European Community", kind="former")
    near = make_organization("DG NEAR", parent=eu)
    wanted = {make_agreement(parties=[eu]), make_agreement(parties=[near])}
    make_agreement(parties=[make_organization()])
    for word in ("eu", "EU", "european community", str(eu.pk)):
        assert found(as_chief, Agreement, partner=word) == wanted


def test_country_by_code(as_chief):
    niger = make_country("NE", "Niger", "NER")
    wanted = make_agreement(countries=[niger])
    make_agreement()
    for code in ("NE", "ner", "niger"):
        assert found(as_chief, Agreement, country=code) == {wanted}


def test_year_is_a_year_in_force(as_chief):
    wanted = make_agreement(signed="2013", ends="2015")
    make_agreement(signed="2016")
    assert found(as_chief, Agreement, year="2014") == {wanted}


def test_questions_add_up(as_chief):
    fifa, niger = make_organization("FIFA"), make_country("NE")
    wanted = make_project(participants=[(fifa, "funding")], countries=[niger], starts="2019", ends="2020")
    make_project(participants=[(fifa, "funding")])
    assert found(as_chief, Project, partner="fifa", country="NE", year="2020", status="closed") == {wanted}


def test_a_word_that_nobody_knows_is_named_and_finds_nothing(as_chief):
    make_organization("FIFA")
    make_agreement()
    answer = as_chief.get(address(Agreement, "changelist"), {"partner": "fifaa"})
    assert list(answer.context["cl"].result_list) == []
    assert "Did you mean “fifa”?" in answer.content.decode()


def test_the_box_suggests_partners_in_use_only(as_chief):
    used, unused = make_organization("Used"), make_organization("Unused")
    make_agreement(parties=[used])
    page = as_chief.get(address(Agreement, "changelist")).content.decode()
    assert f'<option value="{used.slug}">' in page
    assert f'<option value="{unused.slug}">' not in page


def test_a_filter_keeps_the_other_questions(as_chief):
    page = as_chief.get(address(Organization, "changelist"), {"q": "a", "year": "2019"}).content.decode()
    assert '<input type="hidden" name="q" value="a">' in page


def test_status_of_today(as_chief):
    expired, running = make_agreement(signed="2001", ends="2002"), make_agreement(signed="2001")
    assert found(as_chief, Agreement, status="expired") == {expired}
    assert found(as_chief, Agreement, status="in_force") == {running}
    assert found(as_chief, Agreement, state="published") == {expired, running}
