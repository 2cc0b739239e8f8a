"""The columns of countries and regions."""

from partnerships.models import Country, Region
from partnerships.models.geography import LANGUAGES

from .columns import Flag, Id, Page, Value, coded, linked, many


def place(route, *columns):
    names = [Value(f"name_{language}", field=False) for language in LANGUAGES]
    flat = [one for column in columns for one in (column if isinstance(column, list) else [column])]
    return [Id(), Value("slug", field=False), *names, *flat, Page(route)]


def country():
    return place(
        "partnerships:country-detail",
        *[Value(name, field=False) for name in ("alpha2", "alpha3", "m49")],
        many("regions", Country, "region_names"),
        *[Value(name, field=False) for name in ("latitude", "longitude")],
        *[Flag(name, field=False) for name in ("is_ldc", "is_lldc", "is_sids")],
    )


def region():
    return place(
        "partnerships:region-detail",
        Value("code", field=False),
        coded("kind", Region.Kind),
        linked("parent", Region),
        Value("note", field=False),
    )
