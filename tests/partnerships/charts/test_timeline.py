"""Where bars, their joining lines and their marks come to lie."""

from datetime import date

from partnerships.charts.timeline import Life, timeline

TODAY = date(2024, 6, 1)


def life(key, starts=None, ends=None, **values):
    values.setdefault("binds", starts and date.fromisoformat(starts))
    days = {"starts": starts and date.fromisoformat(starts), "ends": ends and date.fromisoformat(ends)}
    return Life(key, **days, **values)


def order(drawn):
    return [(row.life.key, row.depth) for row in drawn.rows]


def test_a_bar_without_an_end_reaches_today_and_fades():
    drawn = timeline([life(1, "2020-01-01")], TODAY)
    bar = drawn.rows[0].bar
    assert (bar.x, bar.width, drawn.now) == ("0.00%", "95.22%", "95.22%")
    assert (bar.fades_in, bar.fades_out) == (None, ("95.22%", "4.78%"))
    assert [tick.label for tick in drawn.ticks] == ["2020", "2021", "2022", "2023", "2024"]
    assert drawn.has == {"agreement", "open"}


def test_a_bar_ends_with_its_last_day():
    bar = timeline([life(1, "2020-01-01", "2021-12-31")], TODAY).rows[0].bar
    assert (bar.x, bar.width, bar.fades_out) == ("0.00%", "43.09%", None)


def test_what_began_on_a_day_or_earlier_fades_in():
    drawn = timeline([life(1, "2020-01-05", is_by=True)], TODAY)
    bar = drawn.rows[0].bar
    assert drawn.ticks[0].label == "2019"
    assert float(bar.fades_in[0][:-1]) + float(bar.fades_in[1][:-1]) == float(bar.x[:-1])
    assert "by" in drawn.has


def test_the_time_between_signature_and_force_is_drawn_apart():
    drawn = timeline([life(1, "2020-01-01", "2023-12-31", binds=date(2021, 1, 1))], TODAY)
    bar = drawn.rows[0].bar
    assert bar.waiting == ("0.00%", bar.x)
    assert drawn.has == {"agreement", "waiting"}


def test_plans_follow_what_they_are_made_under_and_successors_what_they_replace():
    lives = [
        life("new", "2019-01-01", replaces=("old",)),
        life("plan of new", "2020-01-01", under="new"),
        life("undated"),
        life("other", "2015-01-01"),
        life("old", "2013-01-01", "2019-01-01"),
        life("plan of old", "2014-01-01", under="old"),
        life("step of plan", "2014-06-01", under="plan of old"),
        life("of an absent one", "2016-01-01", under="absent"),
    ]
    assert order(timeline(lives, TODAY)) == [
        ("old", 0),
        ("plan of old", 1),
        ("step of plan", 2),
        ("new", 0),
        ("plan of new", 1),
        ("other", 0),
        ("of an absent one", 0),
        ("undated", 0),
    ]


def test_joining_lines_pass_the_rows_between():
    lives = [
        life("old", "2013-01-01", "2019-01-01"),
        life("plan", "2014-01-01", under="old"),
        life("new", "2019-01-01", replaces=("old",)),
    ]
    rows = {row.life.key: row for row in timeline(lives, TODAY).rows}
    assert [(one.part, one.kind) for one in rows["old"].threads] == [("down", "under"), ("down", "succession")]
    assert [(one.part, one.kind) for one in rows["plan"].threads] == [("up", "under"), ("past", "succession")]
    assert [(one.part, one.kind) for one in rows["new"].threads] == [("up", "succession")]
    assert rows["new"].threads[0].x == rows["new"].bar.x


def test_what_stands_in_a_circle_is_drawn_once():
    lives = [life(1, "2013-01-01", replaces=(2,)), life(2, "2014-01-01", replaces=(1,)), life(3, "2015-01-01", under=3)]
    assert sorted(order(timeline(lives, TODAY))) == [(1, 0), (2, 0), (3, 0)]


def test_stories_and_joining_parties_are_marked_within_the_years():
    story, early = object(), object()
    drawn = timeline(
        [
            life(
                1,
                "2020-01-01",
                marks=(date(2020, 1, 1), date(2022, 1, 1)),
                stories=((date(2022, 1, 1), story), (date(1999, 1, 1), early)),
            )
        ],
        TODAY,
    )
    row = drawn.rows[0]
    assert (row.marks, row.stories) == (("43.15%",), (("43.15%", story),))
    assert drawn.has == {"agreement", "open", "marks", "stories"}


def test_one_day_centuries_and_the_future_can_be_drawn():
    for starts, ends in (("2024-06-01", "2024-06-01"), ("0001-01-01", "9999-12-31"), ("2030-01-01", None)):
        drawn = timeline([life(1, starts, ends)], TODAY)
        assert float(drawn.rows[0].bar.width[:-1]) >= 0.5
        assert 1 <= len(drawn.ticks) < 110


def test_without_a_date_there_is_nothing_to_draw():
    assert timeline([life(1)], TODAY) is None
    assert timeline([], TODAY) is None


def test_two_hundred_lives_are_laid_out():
    lives = [
        life(number, f"{1900 + number % 120}-01-01", under=number - 1 if number % 3 else None) for number in range(200)
    ]
    drawn = timeline(lives, TODAY)
    assert {row.life.key for row in drawn.rows} == set(range(200))
    assert len(drawn.ticks) <= 7
