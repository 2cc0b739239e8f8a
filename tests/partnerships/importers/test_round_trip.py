"""What was downloaded comes back unchanged, and what was changed in it is exactly what is changed in the register."""

import pytest

from api.urls import NOUNS
from partnerships.exports import csv_bytes, table_of, xlsx_bytes
from partnerships.importers import Outdated, plan, read, write
from partnerships.models import Agreement, Country, Event, Organization, PublicationState
from stories.models import NewsItem
from tests.factories import make_agreement, make_country, make_organization, make_project, make_region

RECORDS = [viewset.model for noun, viewset in NOUNS.items() if noun not in ("countries", "regions")]


def file_of(model, user, format="csv", queryset=None):
    table = table_of(model)
    blocks = table.blocks(queryset if queryset is not None else model.objects.visible_to(user), user)
    pieces = csv_bytes(table.header, blocks) if format == "csv" else xlsx_bytes(table.name, table.header, blocks)
    return b"".join(pieces)


def rows_of(model, user):
    """The download as rows to be changed: `{slug: {column: text}}`."""
    return {row.cells["slug"]: row.cells for row in read(file_of(model, user)).rows}


def sheet(*rows):
    """A Sheet of these rows, by way of a file."""
    header = list(dict.fromkeys(name for row in rows for name in row))
    columns = [[row.get(name, "") for row in rows] for name in header]
    return read(b"".join(csv_bytes(header, [columns] if rows else [])))


def planned(model, user, *rows):
    return plan(table_of(model), sheet(*rows), user)


def carried_out(model, user, *rows):
    data = sheet(*rows)
    fingerprint = plan(table_of(model), data, user).fingerprint
    return write(table_of(model), data, user, fingerprint=fingerprint, reason="imported from test.csv")


def counts(found):
    return {str(verdict): count for verdict, count in found.counts.items() if count}


def test_what_was_downloaded_comes_back_unchanged(world, chief):
    for model in RECORDS:
        for user in (chief, None):
            for format in ("csv", "xlsx"):
                data = file_of(model, user, format)
                found = plan(table_of(model), read(data), chief)
                expected = model.objects.visible_to(user).count()
                assert counts(found) == {"unchanged": expected}, (model, user, format, found.rows)
                assert found.rows == [], (model, user, format)
        versions = set(model.objects.values_list("pk", "version"))
        history = model.history.count()
        found = write(table_of(model), read(data), chief, fingerprint=found.fingerprint, reason="")
        assert set(model.objects.values_list("pk", "version")) == versions
        assert model.history.count() == history


CHANGES = {
    "organizations": ("website", "https://new.example/"),
    "agreements": ("ends_on", "2031"),
    "projects": ("reference", "XAM-Z99"),
    "funders": ("kind", "ministry"),
    "contributions": ("amount", "1234567.89"),
    "indicators": ("unit", "ships"),
    "events": ("place", "Nairobi"),
    "people": ("honorific", "Dr."),
    "news": ("summary", "=A new summary"),
}


def test_one_changed_cell_changes_exactly_that_in_exactly_that_row(world, chief):
    for noun, (column, text) in CHANGES.items():
        model = NOUNS[noun].model
        before = rows_of(model, chief)
        slug = {"contributions": world.contribution.slug}.get(noun) or next(
            slug for slug, row in before.items() if row["state"] == "published"
        )
        changed = {**before[slug], column: text}
        found = carried_out(model, chief, *[changed if key == slug else row for key, row in before.items()])
        assert counts(found) == {"unchanged": len(before) - 1, "changed": 1}, (noun, found.rows)
        assert [(row.slug, row.changes) for row in found.rows] == [(slug, [(column, before[slug][column], text)])]
        after = rows_of(model, chief)
        assert {key for key in after if after[key] != before[key]} == {slug}
        expected = {column, "version", "updated_at"}
        label = {"kind": "kind_label"}.get(column)
        status = {"status", "status_label"} if after[slug].get("status") != before[slug].get("status") else set()
        assert {name for name in after[slug] if after[slug][name] != before[slug][name]} - {"updated_at"} == (
            expected | status | ({label} if label else set())
        ) - {"updated_at"}
        latest = model.objects.get(slug=slug).history.latest()
        assert (latest.history_user, latest.history_change_reason) == (chief, "imported from test.csv")


def test_links_are_set_and_those_to_drafts_stay(world, chief):
    """A file that a visitor downloaded cannot name drafts: to bring it back must not cut what it does not show."""
    other = make_organization("Other", slug="other")
    hidden = make_organization("Hidden", slug="hidden", state="draft")
    world.story.organizations.set([world.partner, hidden])
    public = {row.cells["slug"]: row.cells for row in read(file_of(NewsItem, None)).rows}[world.story.slug]
    assert "hidden" not in public["organizations"]
    row = {"slug": world.story.slug, "organizations": f"{public['organizations']}; other", "countries": ""}
    found = carried_out(NewsItem, chief, row)
    assert counts(found) == {"changed": 1}
    assert set(world.story.organizations.all()) == {world.partner, other, hidden}
    assert not world.story.countries.exists()
    assert set(world.story.regions.all()) == {world.region}
    history = NewsItem.objects.get(pk=world.story.pk).history.latest()
    assert {link.organization_id for link in history.organizations.all()} == {world.partner.pk, other.pk, hidden.pk}
    parent = make_organization("Secret parent", slug="secret-parent", state="draft")
    Organization.objects.filter(pk=other.pk).update(parent=parent)
    assert counts(planned(Organization, chief, {"slug": "other", "parent": ""})) == {"unchanged": 1}
    assert counts(planned(Organization, chief, {"slug": "other", "parent": world.partner.slug})) == {"changed": 1}


def test_a_countrys_share_stays_when_another_country_is_added(world, chief):
    share = world.project.project_countries.first()
    share.percentage = 60
    share.save()
    make_country("ML", "Mali")
    carried_out(type(world.project), chief, {"slug": world.project.slug, "countries": "ml; NA"})
    rows = world.project.project_countries.values_list("country__alpha2", "percentage")
    assert set(rows) == {("NA", 60), ("ML", None)}
    assert world.project.project_countries.get(country__alpha2="ML").history.latest().history_user == chief
    carried_out(type(world.project), chief, {"slug": world.project.slug, "countries": "ML"})
    assert [row.country.alpha2 for row in world.project.project_countries.all()] == ["ML"]


def test_new_rows_become_drafts_unless_they_say_otherwise(world, chief):
    before = Agreement.objects.count()
    found = carried_out(
        Agreement,
        chief,
        {"slug": "", "title": "A new one", "kind": "mou", "signed_on": "2013-05", "countries": "NA", "sdgs": "16"},
        {"slug": "shown", "title": "Shown", "kind": "letters", "state": "published"},
    )
    assert counts(found) == {"new": 2}
    assert Agreement.objects.count() == before + 2
    new = Agreement.objects.get(slug="a-new-one")
    assert (new.state, new.signed.isoformat(), new.title) == (PublicationState.DRAFT, "2013-05", "A new one")
    assert [country.alpha2 for country in new.countries.all()] == ["NA"]
    assert [goal.number for goal in new.goals.all()] == [16]
    assert Agreement.objects.get(slug="shown").state == "published"
    assert Agreement.history.filter(slug="shown").latest().history_change_reason == "imported from test.csv"


def test_every_bad_row_is_reported_with_its_column_and_reason(world, chief):
    agreement, version = world.agreement, world.agreement.version
    former = make_agreement("Once", slug="once")
    former.slug = "today"
    former.save()
    other = make_agreement("Other", slug="other")
    rows = [
        {"slug": agreement.slug, "title": ""},
        {"slug": "other", "kind": "mous"},
        {"slug": "other"},
        {"slug": "a1", "title": "x", "kind": "mou", "signed_on": "21/05/2013"},
        {"slug": "a2", "title": "x", "kind": "mou", "countries": "NA; XX"},
        {"slug": "a3", "title": "x", "kind": "mou", "parent": "othr"},
        {"slug": "a4", "title": "x", "kind": "mou", "ends_on": "2010", "signed_on": "2013"},
        {"slug": "a5", "title": "x" * 300, "kind": "mou"},
        {"slug": "once", "title": "x", "kind": "mou"},
        {"slug": "a6", "title": "x", "kind": "mou", "id": str(other.pk)},
        {"slug": "a7", "title": "x", "kind": "mou", "id": "99999999999999999999"},
        {"slug": "a8", "title": "x", "kind": "mou", "sdgs": "16; 99"},
        {"slug": "123", "title": "x", "kind": "mou"},
        {"slug": "a9", "title": "x", "kind": "mou", "state": "publishd"},
        {"slug": "fine", "title": "x", "kind": "mou"},
    ]
    given = [
        {**dict.fromkeys(["title", "kind", "id"], ""), **row}
        if row["slug"] not in (agreement.slug, "other")
        else {"title": Agreement.objects.get(slug=row["slug"]).title, "kind": "mou", "id": "", **row}
        for row in rows
    ]
    # Cells that a row leaves out are as they are today, or empty for what is new.
    now = rows_of(Agreement, chief)
    given = [{**now.get(row["slug"], {}), **row, "version": ""} for row in given]
    found = planned(Agreement, chief, *given)
    wrong = {(row.number, column): reason for row in found.rows for column, reason in row.errors}
    assert set(wrong) == {
        (2, "title"),
        (3, "kind"),
        (4, "slug"),
        (5, "signed_on"),
        (6, "countries"),
        (7, "parent"),
        (8, ""),
        (9, "title"),
        (10, "slug"),
        (11, "id"),
        (12, "id"),
        (13, "sdgs"),
        (14, "slug"),
        (15, "state"),
    }
    assert counts(found) == {"error": 14, "new": 1}
    assert wrong[3, "kind"].endswith("Did you mean “mou”?")
    assert wrong[4, "slug"] == "Row 3 is about the same record."
    assert "2013-05-21" in wrong[5, "signed_on"]
    assert wrong[6, "countries"] == "“XX” is no country of the register."
    assert wrong[7, "parent"].endswith("Did you mean “other”?")
    assert wrong[8, ""] == "The agreement ends before it was signed. Check both dates."
    assert "“today”" in wrong[10, "slug"]
    assert "“other”" in wrong[11, "id"]
    with pytest.raises(Outdated):
        write(table_of(Agreement), sheet(*given), chief, fingerprint=found.fingerprint, reason="")
    assert not Agreement.objects.filter(slug="fine").exists()
    agreement.refresh_from_db()
    assert agreement.version == version


def test_columns_that_are_not_imported_say_so(world, chief):
    row = rows_of(Agreement, chief)[world.agreement.slug]
    found = planned(
        Agreement,
        chief,
        {
            **row,
            "parties": "fifa",
            "country_names": "Elsewhere",
            "status": "expired",
            "page_url": "https://x/",
            "updated_at": "",
        },
    )
    assert counts(found) == {"unchanged": 1}
    reason = "Not imported, though it differs: the column is for reading only."
    assert found.rows[0].warnings == [(name, reason) for name in ("status", "parties", "country_names")]
    assert found.rows[0].changes == []


def test_a_file_from_before_somebody_elses_change_does_not_undo_it(world, chief):
    row = rows_of(Agreement, chief)[world.agreement.slug]
    world.agreement.place = "Geneva"
    world.agreement.save()
    found = planned(Agreement, chief, {**row, "reference": "R-1"})
    assert [column for column, _reason in found.rows[0].errors] == ["version"]
    assert counts(planned(Agreement, chief, {"slug": row["slug"], "reference": "R-1"})) == {"changed": 1}


def test_a_plan_is_carried_out_only_as_it_was_shown(world, chief):
    rows = [{"slug": world.agreement.slug, "reference": "R-1"}]
    fingerprint = planned(Agreement, chief, *rows).fingerprint
    world.agreement.reference = "R-0"
    world.agreement.save()
    with pytest.raises(Outdated) as outdated:
        write(table_of(Agreement), sheet(*rows), chief, fingerprint=fingerprint, reason="")
    assert outdated.value.plan.rows[0].changes == [("reference", "R-0", "R-1")]
    world.agreement.refresh_from_db()
    assert world.agreement.reference == "R-0"


def test_two_new_rows_that_cannot_both_be_are_refused_together(world, chief):
    rows = [{"slug": slug, "name": "Twins", "type": "40"} for slug in ("twin-1", "twin-2")]
    fingerprint = planned(Organization, chief, *rows).fingerprint
    with pytest.raises(Outdated) as outdated:
        write(table_of(Organization), sheet(*rows), chief, fingerprint=fingerprint, reason="")
    [wrong] = [row for row in outdated.value.plan.rows if row.errors]
    assert wrong.slug == "twin-2"
    assert not Organization.objects.filter(name="Twins").exists()


def test_editors_import_drafts_and_leave_the_public_to_publishers(world, editor, publisher):
    draft = make_agreement("Draft", slug="draft", state="draft")
    rows = [
        {"slug": "draft", "reference": "R-1", "state": "draft"},
        {"slug": world.agreement.slug, "reference": "R-1", "state": "published"},
        {"slug": "new", "reference": "R-1", "state": "published"},
    ]
    given = [
        {"title": title, "kind": "mou", **row}
        for title, row in zip(("Draft", world.agreement.title, "N"), rows, strict=True)
    ]
    found = planned(Agreement, editor, *given)
    assert {row.slug: [column for column, _reason in row.errors] for row in found.rows} == {
        "draft": [],
        world.agreement.slug: [""],
        "new": ["state"],
    }
    assert counts(planned(Agreement, publisher, *given)) == {"changed": 2, "new": 1}
    moved = planned(Agreement, editor, {"slug": "draft", "state": "published"})
    assert [column for column, _reason in moved.rows[0].errors] == ["state"]
    carried_out(Agreement, editor, {"slug": "draft", "reference": "R-1"})
    draft.refresh_from_db()
    assert draft.reference == "R-1"


def test_what_the_file_does_not_say_stays(world, chief):
    event = Event.objects.filter(state="published").first()
    event.internal_note, event.description = "for us", "long"
    event.save()
    carried_out(Event, chief, {"slug": event.slug, "place": "Lima"})
    event.refresh_from_db()
    assert (event.place, event.internal_note, event.description) == ("Lima", "for us", "long")
    assert event.participations.exists()


def test_names_of_other_places_are_no_codes(world, chief):
    make_region("coast")
    make_project("P", slug="p")
    found = planned(type(world.project), chief, {"slug": "p", "countries": "Niger", "regions": "coasts"})
    assert dict(found.rows[0].errors)["regions"].endswith("Did you mean “coast”?")
    assert "countries" in dict(found.rows[0].errors)
    assert Country.objects.filter(projects__slug="p").count() == 0
