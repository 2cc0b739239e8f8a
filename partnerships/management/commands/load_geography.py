"""Load countries, regions and Sustainable Development Goals from partnerships/data: `manage.py load_geography`."""

import tomllib
from decimal import Decimal
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from partnerships import ledger
from partnerships.models import Country, Goal, Region
from partnerships.search import refresh

DATA = Path(__file__).resolve().parents[2] / "data"


class Command(BaseCommand):
    help = (
        "Loads the countries, regions and Sustainable Development Goals from partnerships/data. Run again, it writes "
        "only what has changed in the files. Nothing is deleted: records refer to countries and regions."
    )

    def handle(self, **options):
        with transaction.atomic():
            goals, new_goals = self._load(Goal, "goals", "number", goal_fields)
            regions, new_regions = self._load(Region, "regions", "slug", region_fields)
            countries, new_countries = self._load(Country, "countries", "alpha2", country_fields)
            # A region may stand above its parent in the file, so the tree is tied when all of them are there.
            moved = self._set_parents(regions)
            placed = self._place_countries(countries, regions)
        written = new_goals + new_regions + new_countries + moved + placed
        counts = f"{len(countries)} countries, {len(regions)} regions, {len(goals)} goals"
        self.stdout.write(self.style.SUCCESS(f"{counts}: {f'{written} written' if written else 'unchanged'}."))

    def _load(self, model, file, key, fields):
        """Write the entries that are new or differ. Returns the entries with their records, by key, and how many."""
        path = DATA / f"{file}.toml"
        (rows,) = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal).values()
        known = {getattr(record, key): record for record in model.objects.all()}
        entries, new = {}, []
        changed = 0
        for row in rows:
            record = known.get(row[key]) or model()
            wanted = fields(row)
            if row[key] in known and all(getattr(record, name) == value for name, value in wanted.items()):
                entries[row[key]] = (row, record)
                continue
            for name, value in wanted.items():
                setattr(record, name, value)
            try:
                record.clean_fields()
            except ValidationError as error:
                raise CommandError(f"{path.name}: {row[key]}: {error.message_dict}") from error
            if row[key] in known:
                record.save()
                changed += 1
            else:
                new.append(record)
            entries[row[key]] = (row, record)
        model.objects.bulk_create(new)
        if model is not Goal:
            # Written together, they have sent no signals, so neither the search nor the ledger has heard of them.
            refresh(model, [record.pk for record in new])
            ledger.note(model, [record.pk for record in new], "created")
        return entries, len(new) + changed

    def _set_parents(self, regions):
        moved = 0
        for slug, (row, region) in regions.items():
            parent = find(regions, row["parent"], f"regions.toml: {slug}: parent") if "parent" in row else None
            if region.parent_id != (parent.pk if parent else None):
                region.parent = parent
                region.save()
                moved += 1
        return moved

    def _place_countries(self, countries, regions):
        """Put each country into its M49 region and its groupings, and out of those that the files no longer name."""
        by_code = {row["code"]: entry for entry in regions.values() if "code" in (row := entry[0])}
        wanted = set()
        for alpha2, (row, country) in countries.items():
            for code in row["regions"]:
                wanted.add((country.pk, find(by_code, code, f"countries.toml: {alpha2}: regions").pk))
        for slug, (row, region) in regions.items():
            for alpha2 in row.get("countries", []):
                wanted.add((find(countries, alpha2, f"regions.toml: {slug}: countries").pk, region.pk))
        places = Country.regions.through.objects
        present = {(place.country_id, place.region_id): place.pk for place in places.all()}
        places.filter(pk__in=[pk for pair, pk in present.items() if pair not in wanted]).delete()
        new = sorted(wanted - present.keys())
        places.bulk_create(places.model(country_id=country, region_id=region) for country, region in new)
        differing = wanted ^ present.keys()
        ledger.note(Country, sorted({country for country, _region in differing}))
        ledger.note(Region, sorted({region for _country, region in differing}))
        return len(differing)


def find(entries, key, where):
    try:
        return entries[key][1]
    except KeyError:
        raise CommandError(f"{where}: there is no “{key}”.") from None


def place_fields(row):
    return {"slug": row["slug"], **{f"name_{language}": name for language, name in row["name"].items()}}


def goal_fields(row):
    return {"number": row["number"], "title": row["title"]}


def region_fields(row):
    return place_fields(row) | {"code": row.get("code"), "kind": row["kind"], "note": row.get("note", "")}


def country_fields(row):
    flags = {f"is_{group}": row.get(group, False) for group in ("ldc", "lldc", "sids")}
    position = {name: row.get(name) for name in ("latitude", "longitude")}
    return (
        place_fields(row) | {"alpha2": row["alpha2"], "alpha3": row["alpha3"], "m49": row.get("m49")} | position | flags
    )
