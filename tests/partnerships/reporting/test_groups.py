"""Groups: compared with plain Python that goes through the records one by one."""

from collections import Counter, defaultdict
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnerships.models import Agreement, Contribution, Event, Indicator, Project
from partnerships.reporting import dimensions_for_groups, facet, grouped
from stories.models import NewsItem
from tests import factories as make
from tests.api.conftest import fill
from tests.api.test_gate import add_drafts

pytestmark = pytest.mark.django_db


@pytest.fixture
def one(db):
    return fill()


@pytest.fixture
def money(one):
    """Shared, unknown, in kind, in several currencies and stages, and with drafts beside all that."""
    add_drafts(one)
    single, other = make.make_funder("Alone", organization=one.unit), make.make_funder("Other")
    for stage, currency, amount, dated, funders in (
        ("commitment", "EUR", "0.10", "2017", [single]),
        ("commitment", "EUR", "0.20", "2017", [single]),
        ("commitment", "EUR", "99999999999.99", "2017-05-06", [single]),
        ("pledge", "EUR", "5", "2017", [single]),
        ("commitment", "USD", "7.01", "2017", [single]),
        ("commitment", "EUR", "30.33", "2018", [other, single]),
        ("commitment", "EUR", "60.67", "2018-12-31", [single, other]),
        ("disbursement", "", None, "2018", [other]),
        ("disbursement", "XOF", "1", None, [other]),
        ("pledge", "EUR", "12", "2018", []),
    ):
        make.make_contribution(
            funders=funders, project=one.project, stage=stage, currency=currency, amount=amount, dated=dated
        )
    make.make_contribution(funders=[other], project=one.project, in_kind=True, amount="4", currency="EUR", dated="2017")
    return one


def written(names):
    return " + ".join(sorted(names)) or None


def one_by_one(user, key, only=None):
    """The groups of all contributions by plain Python: counts, sums with the number of records, and what is left out."""
    counts, sums, summed, left_out = Counter(), defaultdict(Decimal), Counter(), Counter()
    for contribution in Contribution.objects.visible_to(user).for_list(user):
        group = key(contribution)
        counts[group] += 1
        if contribution.amount is None:
            left_out[group, "no_amount"] += 1
        elif only and contribution.currency not in only:
            left_out[group, "other_currency"] += 1
        else:
            line = (group, contribution.currency, contribution.stage, contribution.in_kind)
            sums[line] += contribution.amount
            summed[line] += 1
    return counts, dict(sums), summed, left_out


def as_told(groups):
    """The same from Groups."""
    counts, sums, summed, left_out = Counter(), {}, Counter(), Counter()
    for group in groups:
        key = tuple(value.value for value in group.values.values())
        assert key not in counts
        counts[key] = group.count
        for one in group.sums:
            line = (key, one.of["currency"], one.of["stage"], one.of["in_kind"])
            assert line not in sums
            sums[line], summed[line] = one.total, one.summed
        left_out.update({(key, reason): count for reason, count in group.left_out.items() if count})
        assert group.count == sum(one.summed for one in group.sums) + sum(group.left_out.values())
    return counts, sums, summed, left_out


KEYS = {
    ("year",): lambda one: (str(one.dated_on.year) if one.dated_on else None,),
    ("funder",): lambda one: (written(funder.slug for funder in one.funders.all()),),
    ("funder", "year"): lambda one: (
        written(funder.slug for funder in one.funders.all()),
        str(one.dated_on.year) if one.dated_on else None,
    ),
    ("stage", "currency"): lambda one: (one.stage, one.currency or None),
    ("in_kind", "project", "event"): lambda one: (
        str(one.in_kind).lower(),
        one.project.slug if one.project else None,
        one.event.slug if one.event else None,
    ),
    ("country",): lambda one: (written(place.alpha2 for place in (one.project or one.event).countries.all()),),
}


@pytest.mark.parametrize("who", ["visitor", "desk"])
def test_each_contribution_is_summed_or_left_out_once(money, who):
    user = make.make_user() if who == "desk" else None
    visible = Contribution.objects.visible_to(user)
    for names, key in KEYS.items():
        for only in (None, {"EUR"}, {"EUR", "USD"}, {"CHF"}):
            told = grouped(visible, names, user, only=only)
            assert as_told(told.groups) == one_by_one(user, key, only), (names, only)
            assert as_told([told.everything]) == one_by_one(user, lambda one: (), only)
            assert told.everything.count == visible.count()
            assert {group.shared for group in told.groups} == {" + " in str(group.values) for group in told.groups}


def test_sums_are_exact_and_shared_amounts_are_in_one_group(money):
    told = grouped(Contribution.objects.visible_to(None), ["funder", "year"], None)
    sums = {
        (group.values["funder"].value, group.values["year"].value, one.of["currency"], one.of["stage"]): one.total
        for group in told.groups
        for one in group.sums
        if not one.of["in_kind"]
    }
    assert sums["alone", "2017", "EUR", "commitment"] == Decimal("100000000000.29")
    assert sums["alone + other", "2018", "EUR", "commitment"] == Decimal("91.00")
    shared = next(group for group in told.groups if group.values["funder"].value == "alone + other")
    assert shared.values["funder"].label == "Alone + Other"
    assert shared.shared
    assert ("other", "2018", "EUR", "commitment") not in sums


def test_sums_grow_beyond_what_a_column_holds(one):
    for _number in range(12):
        make.make_indicator(project=one.project, unit="atoms", measurements=[{"value": "90000000000000"}])
    told = grouped(Indicator.objects.filter(unit="atoms"), [], None).everything
    assert [(total.of["figure"], total.total, total.summed, total.left_out) for total in told.sums] == [
        ("baseline", None, 0, {"no_figure": 12}),
        ("target", None, 0, {"no_figure": 12}),
        ("actual", Decimal("1080000000000000.0000"), 12, {"no_figure": 0}),
    ]


def test_results_are_summed_by_unit_and_from_the_latest_figure(one):
    figures = [{"value": "10.5", "measured": "2018"}, {"value": "20.25", "measured": "2019"}, {"value": "1"}]
    for unit in ("persons", "ships"):
        make.make_indicator(project=one.project, unit=unit, measurements=figures)
    make.make_indicator(project=one.project, measurements=[{"kind": "target", "value": "3"}], state="draft")
    told = grouped(Indicator.objects.visible_to(None), ["project"], None)
    assert [group.values["project"].value for group in told.groups] == ["project"]
    assert {(total.of["unit"], total.of["figure"]): (total.total, total.summed) for total in told.groups[0].sums} == {
        ("persons", "baseline"): (Decimal(1600), 1),
        ("persons", "target"): (None, 0),
        ("persons", "actual"): (Decimal("862.75"), 2),
        ("ships", "baseline"): (None, 0),
        ("ships", "target"): (None, 0),
        ("ships", "actual"): (Decimal("20.25"), 1),
    }


@pytest.mark.parametrize("model", [Agreement, Project, Event])
def test_what_is_only_counted_counts_like_its_facets(money, model):
    records = model.objects.visible_to(None)
    for name in dimensions_for_groups(model):
        told = grouped(records, [name], None)
        counted = facet(records, name, None, most=1000)
        values = {one.value: (one.label, one.count) for one in counted.values}
        assert {
            group.values[name].value: (group.values[name].label, group.count)
            for group in told.groups
            if group.values[name].value is not None
        } == values
        without = sum(group.count for group in told.groups if group.values[name].value is None)
        assert (without, told.everything.count) == (counted.without, records.count())


def test_groups_of_two_dimensions_count_each_pair(db):
    country, other = make.make_country("NE"), make.make_country("TD")
    make.make_project(countries=[country, other], starts="2016", ends="2017")
    make.make_project(countries=[country], starts="2017", ends="2017")
    told = grouped(Project.objects.all(), ["year", "country"], None)
    assert [(*(value.value for value in group.values.values()), group.count) for group in told.groups] == [
        ("2016", "NE", 1),
        ("2016", "TD", 1),
        ("2017", "NE", 2),
        ("2017", "TD", 1),
    ]
    assert told.everything.count == 2


def test_the_largest_groups_are_kept_in_the_order_of_their_values(db):
    for currency, rows in (("CHF", 1), ("EUR", 2), ("NOK", 3), ("USD", 1)):
        for _number in range(rows):
            make.make_contribution(amount="1", currency=currency)
    told = grouped(Contribution.objects.all(), ["currency"], None, most=2)
    assert ([group.values["currency"].value for group in told.groups], told.more) == (["EUR", "NOK"], 2)
    assert [one.summed for one in told.everything.sums] == [1, 2, 3, 1]


def test_nothing_is_no_group(db):
    for records in (Contribution.objects.all(), Contribution.objects.none()):
        for names in ([], ["year", "funder"]):
            told = grouped(records, names, None)
            assert (told.everything.count, told.everything.sums, told.groups, told.more) == (0, [], [], 0)


def test_groups_cost_one_statement_and_one_for_each_name(money):
    for names, statements in ((["year"], 1), (["year", "funder", "project"], 3)):
        costs = []
        for suffix in ("1", "2"):
            with CaptureQueriesContext(connection) as queries:
                grouped(Contribution.objects.visible_to(None), names, None)
            costs.append(len(queries))
            if names == ["year"]:
                fill(suffix)
        assert costs == [statements] * 2


@pytest.mark.parametrize(
    ("model", "names"),
    [
        (Contribution, ["year"]),
        (Contribution, ["funder", "project"]),
        (NewsItem, ["year"]),
        (NewsItem, ["country", "year"]),
    ],
)
def test_sqlite_does_not_read_all_ties_for_each_record(db, model, names):
    """At 50,000 contributions, one question took more than a minute."""
    if connection.vendor != "sqlite":
        pytest.skip("It is SQLite's plan that matters.")
    make.make_contribution(dated="2019")
    make.make_story()
    with CaptureQueriesContext(connection) as asked:
        grouped(model.objects.visible_to(None), names, None)
    statement = next(one["sql"] for one in asked if "WITH RECURSIVE" in one["sql"])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
        rows = [(parent, plan) for _id, parent, _unused, plan in cursor.fetchall()]
    # Within one SELECT, only the first table is read from its beginning to its end.
    read = Counter(parent for parent, plan in rows if plan.startswith("SCAN") and "CONSTANT" not in plan)
    assert {parent: number for parent, number in read.items() if number > 1} == {}, rows
