"""The map: what load_geography loads, and that loading it again changes nothing."""

from io import StringIO

import pytest
from django.core.management import call_command

from partnerships.models import Country, Goal, Region

pytestmark = pytest.mark.django_db


def load():
    output = StringIO()
    call_command("load_geography", stdout=output)
    return output.getvalue()


def everything():
    """Every row of every table that the command writes."""
    tables = (Country, Region, Goal, Country.regions.through)
    return [list(table.objects.order_by("pk").values()) for table in tables]


def test_loads_all_countries_regions_and_goals():
    assert "250 countries, 43 regions, 17 goals" in load()
    assert Country.objects.count() == 250
    assert Region.objects.count() == 43
    assert Goal.objects.count() == 17
    assert str(Goal.objects.get(pk=16)) == "SDG 16: Peace, Justice and Strong Institutions"


def test_namibia_keeps_its_code():
    """NA is what many readers of tables take for “not available”."""
    load()
    namibia = Country.objects.get(alpha2="NA")
    assert (namibia.alpha3, namibia.name_en) == ("NAM", "Namibia")
    assert namibia.regions.filter(slug="southern-africa").exists()


def test_the_sahel_has_its_ten_countries():
    load()
    codes = Region.objects.get(slug="sahel").countries.values_list("alpha2", flat=True)
    assert sorted(codes) == ["BF", "CM", "GM", "GN", "ML", "MR", "NE", "NG", "SN", "TD"]


def test_regions_form_one_tree():
    load()
    africa = Region.objects.get(code="002")
    assert africa.parent.slug == "world"
    within = Country.objects.in_regions([africa.pk])
    assert within.filter(alpha2="NE").exists()
    assert not within.filter(alpha2="BE").exists()
    world = Country.objects.in_regions([Region.objects.get(slug="world").pk])
    assert set(Country.objects.exclude(pk__in=world).values_list("alpha2", flat=True)) == {"AQ"}


def test_twice_changes_nothing():
    load()
    before = everything()
    assert "unchanged" in load()
    assert everything() == before


def test_what_was_changed_is_put_right():
    load()
    before = everything()
    Country.objects.filter(alpha2="NE").update(name_en="Nigeria")
    Region.objects.get(slug="sahel").countries.add(Country.objects.get(alpha2="BE"))
    assert "2 written" in load()
    assert everything() == before


def test_what_was_loaded_is_found_by_its_names():
    load()
    assert {country.alpha2 for country in Country.objects.search("Намибия")} == {"NA"}
    assert {region.slug for region in Region.objects.search("sahel")} == {"sahel", "g5-sahel"}
