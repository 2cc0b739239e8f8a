"""Many records written at once leave the register as row by row saves do: every table is compared, derived ones too."""

from collections import Counter

import pytest
from django.db import IntegrityError, connection, transaction

from api.reading import cards, staleness
from api.urls import NOUNS
from partnerships import ledger, together
from partnerships.exports import table_of
from partnerships.exports.columns import Codes, Dated
from partnerships.importers import plan
from partnerships.importers.writing import save_singly
from partnerships.models import EditConflict, Organization, Project
from partnerships.publication import lacking
from tests.factories import make_country, make_organization
from tests.remembered import dump

from .test_round_trip import RECORDS, rows_of, sheet

# When something was written, and in which order, is not what is compared.
MOMENTS = {"created_at", "updated_at", "history_date", "at", "changed_at", "public_changed_at"}
NAMES = {"contributions": "description", "people": "name", "events": "name", "funders": "name", "organizations": "name"}


def changed_file(model, chief):
    """Rows of the noun's table that change everything a row can: names, dates, states, links; and new ones."""
    table = table_of(model)
    name = NAMES.get(table.name, "title")
    several = [column for column in table.columns if isinstance(column, Codes) and column.field]
    dated = [column.name for column in table.columns if isinstance(column, Dated)]
    other = {column.name: sorted(rows_of(column.links.model, chief)) for column in several if is_noun(column)}
    rows = []
    for number, row in enumerate(rows_of(model, chief).values()):
        row = dict(row)
        new = {**row, "id": "", "version": "", "slug": f"made-{number}", name: f"Made {number}"}
        row[name] = f"{row[name]} renamed {number}" if number % 2 else row[name]
        row["caveat"] = f"caveat {number}"
        if number % 3 == 0 and (row["state"] == "published" or not lacking(model.objects.get(slug=row["slug"]))):
            row["state"] = "published" if row["state"] == "draft" else "draft"
        for column in several:
            codes = other.get(column.name, [])
            required = not model._meta.get_field(column.field).blank
            kept = [code for code in row[column.name].split("; ") if code][: 1 if number % 2 or required else 0]
            row[column.name] = "; ".join(dict.fromkeys([*kept, *codes[number % 3 : number % 3 + 2]]))
        for date in dated[:1]:
            row[date] = "2013" if not row.get("ends_on") or row["ends_on"] > "2014" else row[date]
        rows += [row, new] if number % 2 else [row]
    return sheet(*rows)


def is_noun(column):
    return column.links.model in {viewset.model for viewset in NOUNS.values()} and hasattr(column.links.model, "state")


def sequences():
    if connection.vendor == "sqlite":
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT schemaname || '.' || sequencename, coalesce(last_value, 0) FROM pg_sequences")
        return dict(cursor.fetchall())


def put_back(found):
    """PostgreSQL does not roll its sequences back, and the records of both ways must have the same ids."""
    with connection.cursor() as cursor:
        for name, value in found.items():
            cursor.execute("SELECT setval(%s::regclass, %s, %s)", [name, max(value, 1), value > 0])


def written_by(way, rows, user):
    """What the whole database says after the rows were written this way, without moments and the ids of rows between."""
    before = sequences()
    connection.run_on_commit = []
    try:
        with transaction.atomic():
            way(rows, user)
            tables = dump()
            gone = next(hook.gone for _ids, hook, _robust in connection.run_on_commit if type(hook) is staleness._Keep)
            raise KeyboardInterrupt
    except KeyboardInterrupt:
        put_back(before)
    return comparable(tables), gone


def comparable(tables):
    entries = {}
    for table, (columns, rows) in tables.items():
        if "history_type" in columns:
            for row in rows:
                found = dict(zip(columns, row, strict=True))
                entries[table, found["history_id"]] = (found["id"], found["history_type"], found["history_user_id"])
    found = {}
    for table, (columns, rows) in tables.items():
        named = [dict(zip(columns, row, strict=True)) for row in rows]
        if table == "ledger_line":
            found[table] = told(named)
            continue
        if table == "ledger_head" or table.startswith("sqlite_") or table == "search_word":
            continue
        left_out = MOMENTS | {"history_id", "m2m_history_id"}
        if "slug" not in columns and table not in ("tie", "card", "search_index"):
            left_out = left_out | {"id"}
        found[table] = Counter(
            repr(
                [
                    *((name, value) for name, value in row.items() if name not in left_out),
                    *([owner(entries, table, row["history_id"])] if "m2m_history_id" in row else []),
                ]
            )
            for row in named
        )
    return found


def owner(entries, table, history_id):
    """The entry of the history that a row of its links belongs to."""
    return next(
        (name, entry)
        for (name, pk), entry in entries.items()
        if pk == history_id and table.startswith(name) and name.count("historical") == 1
    )


def told(lines):
    """What readers of the ledger are told of each record.

    "changed" says nothing beside another line of the same record that at least as many may read: they fetch it again anyway.
    """
    found = {
        (row["noun"], row["object_id"], row["slug"], row["verb"], row["public_verb"], row["public_slug"])
        for row in lines
    }
    return Counter(line for line in found if not any(covers(other, line) for other in found - {line}))


def covers(other, line):
    return line[3] == "changed" and line[4] in ("", "changed") and other[:3] == line[:3] and (other[4] or not line[4])


def at_once(rows, user):
    together.save([row.record for row in rows], [row.links for row in rows], user, "imported")


def one_by_one(rows, user):
    save_singly(rows, user, "imported")
    assert [row.errors for row in rows if row.errors] == []


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)
def test_every_table_is_as_after_single_saves(world, chief, model):
    make_country("ML", "Mali")
    cards.keep_all()
    file = changed_file(model, chief)
    before = comparable(dump())
    results = []
    for way in (one_by_one, at_once):
        found = plan(table_of(model), file, chief)
        wrong = [(row.slug, row.errors) for row in found.rows if row.errors]
        assert wrong == []
        assert found.counts["new"]
        assert found.counts["changed"]
        results.append(written_by(way, found.to_write, chief))
    (singly, gone_singly), (together_, gone_together) = results
    assert gone_together == gone_singly
    for table in singly:
        assert together_[table] == singly[table], table
    assert {table for table in singly if singly[table] != before[table]} >= {"ledger_line", "search_index", "card"}


def test_nothing_is_written_where_one_version_is_not_the_one_that_was_read(world, chief):
    records = list(Organization.objects.order_by("pk")[:3])
    Organization.objects.filter(pk=records[1].pk).update(version=9)
    before = dump()
    fresh = Organization(name="Fresh", slug="fresh", type="40")
    for record in records:
        record.website = "https://new.example/"
    versions = [record.version for record in records]
    with pytest.raises(EditConflict):
        together.save([fresh, *records], [{}] * 4, chief, "imported")
    assert comparable(dump()) == comparable(before)
    assert [record.version for record in records] == versions
    assert (fresh.pk, fresh._state.adding) == (None, True)


def test_nothing_is_written_where_the_database_refuses_a_row(world, chief):
    make_organization("Taken", slug="taken")
    before = dump()
    fresh = [Organization(name=f"Fresh {slug}", slug=slug, type="40") for slug in ("free", "taken")]
    with pytest.raises(IntegrityError):
        together.save(fresh, [{}, {}], chief, "imported")
    assert comparable(dump()) == comparable(before)
    assert [record.pk for record in fresh] == [None, None]


def test_shares_of_countries_have_a_history(world, chief):
    make_country("ML", "Mali")
    [country] = Project.objects.get(pk=world.project.pk).countries.all()
    other = type(country).objects.get(alpha2="ML")
    together.save([world.project], [{"countries": {other.pk}}], chief, "imported from x")
    [row] = world.project.project_countries.all()
    assert row.history.get().history_change_reason == "imported from x"
    gone = type(row).history.filter(country_id=country.pk).latest()
    assert (gone.history_type, gone.history_user) == ("-", chief)


def test_the_ledger_moves_on_once_for_each_record(world, chief):
    number = ledger.head(chief).number
    fresh = [Organization(name=f"Fresh {n}", slug=f"fresh-{n}", type="40", state="published") for n in range(120)]
    together.save(fresh, [{}] * 120, chief, "imported")
    assert ledger.head(chief).number == number + 120
