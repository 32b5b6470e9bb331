"""Demand, capacity, activity, queue; and why backlogs grow."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pcqa_teach.data.demo import load_demo
from pcqa_teach.errors import DataError
from pcqa_teach.flow import backlog_growth, dcaq
from pcqa_teach.flow.backlog import queue_lengths
from pcqa_teach.flow.dcaq_words import dcaq_notes


def test_the_queue_is_what_was_asked_less_what_was_done(week):
    found = dcaq(week, minutes=10)
    assert found.table["queue"].tolist() == [60, 40, 100, 50, 40]
    assert found.table["unused"].tolist() == [0, 0, 0, 0, 40]
    assert found.load == 1
    assert found.every == "day"


def test_columns_can_stand_for_different_minutes(week):
    found = dcaq(week, minutes={"demand": 12, "capacity": 10, "activity": 10})
    assert found.table["demand"].iloc[0] == 360
    assert found.table["capacity"].iloc[0] == 240


def test_a_counted_queue_is_kept_and_compared(week):
    found = dcaq(week.assign(waiting=[100, 100, 100, 100, 100]), queue="waiting")
    assert found.table["queue"].tolist() == [100] * 5
    steady = dcaq(week.assign(waiting=[10, 8, 14, 9, 8]), queue="waiting")
    assert "another door" not in steady.explain()
    leaky = dcaq(week.assign(waiting=[10, 40, 90, 120, 190]), queue="waiting")
    assert "another door" in leaky.explain()


def test_a_queue_that_grows_though_capacity_is_larger_is_the_headline():
    days = pd.date_range("2025-03-03", periods=40)
    demand, capacity = np.tile([300.0, 100.0], 20), np.full(40, 220.0)
    frame = pd.DataFrame({"date": days, "demand": demand, "capacity": capacity,
                          "activity": np.minimum(demand, 220)})  # fmt: skip
    found = dcaq(frame, unit="minutes")
    assert found.load < 1
    assert found.grown == 20 * 80
    assert found.message == (
        "Capacity is larger than demand on average, yet the queue grew by 1,600 minutes (27 hours);"
        " unused time on quiet days cannot be saved for busy ones"
    )
    assert "the queue grew by 1,600 minutes (27 hours) over 40 days" in found.explain()


def test_a_queue_says_its_direction(week):
    assert dcaq(week, minutes=10).message == (
        "Demand and capacity are about the same on average, yet the queue grew by 40 minutes"
    )
    fortnight = pd.concat([week, week.assign(date=week["date"] + pd.Timedelta(days=7))])
    shrinks = dcaq(fortnight.assign(waiting=range(100, 0, -10)), queue="waiting")
    assert shrinks.message.endswith("; the queue fell by 90 asks")
    assert "work done (activity)" in shrinks.explain()
    still = dcaq(week.assign(activity=week["demand"], capacity=30))
    assert still.message == "Demand is 27% below capacity on average; the queue hardly moved"


def test_a_queue_counted_in_under_two_weeks_has_no_trend_and_no_cause(week):
    roomy = week.assign(capacity=40, activity=[40, 22, 20, 19, 19], waiting=[10, 20, 30, 40, 50])
    found = dcaq(roomy, queue="waiting")
    assert found.message == "More capacity than demand over 5 days, and none of it left on Monday"
    told = found.explain() + found.alt_text + str(dcaq_notes(found))
    assert "grew" not in told
    assert "unused time" not in told
    assert "5 days cannot say whether the queue grows" in found.explain()
    assert any("compare weeks" in note for note in dcaq_notes(found))


def test_over_eleven_days_the_full_ones_are_dated_and_from_twelve_the_queue_is_told(week):
    days = pd.concat([week, week.assign(date=week["date"] + pd.Timedelta(days=7))])
    days = days.assign(demand=20, capacity=24, activity=20, waiting=range(10, 110, 10))
    days.iloc[7, days.columns.get_loc("activity")] = 24
    short = dcaq(days.iloc[:-1], queue="waiting")
    assert short.message.endswith("over 9 days, and none of it left on 12 Mar 2025")
    assert "the queue grew by 90 asks" in dcaq(days, queue="waiting").message


@pytest.mark.parametrize(
    ("capacity", "activity", "said"),
    [
        ([24] * 5, [20] * 5, "About as much capacity as demand over 5 days, and some of it left"),
        ([24] * 5, [20] * 5, "and some of it left on every day"),
        ([10] * 5, [10] * 5, "Less capacity than demand over 5 days, and none of it left on any"),
        ([24, 24, 14, 24, 24], [24, 24, 14, 24, 20], "none of it left on 4 of them"),
        ([30] * 5, [30, 30, 20, 20, 20], "none of it left on Monday and Tuesday"),
    ],
)
def test_days_with_nothing_left_are_told_whatever_their_number(week, capacity, activity, said):
    each = {"demand": [24] * 5, "capacity": capacity, "activity": activity, "waiting": [9] * 5}
    assert said in dcaq(week.assign(**each), queue="waiting").message


def test_asks_are_not_called_minutes(week):
    found = dcaq(week)
    assert found.unit == "asks"
    assert "minute" not in found.explain() + found.alt_text
    assert dcaq(week, unit="appointments").unit == "appointments"
    assert dcaq(week, minutes=10).unit == "minutes"
    timed = week.rename(columns={"demand": "demand_minutes"})
    assert dcaq(timed, demand="demand_minutes").unit == "minutes"


def test_weeks_run_from_monday_and_part_weeks_at_the_ends_go(year):
    cut = year.iloc[2:-3]
    found = dcaq(cut, every="week")
    assert found.table["x"].dt.day_of_week.eq(0).all()
    assert len(found.table) == 48
    assert not found.table["short"].any()


def test_a_four_day_week_in_the_middle_is_marked_and_not_compared(year):
    holed = year.drop(index=[52])
    found = dcaq(holed, every="week")
    assert found.table["short"].sum() == 1
    assert found.variation["n"].tolist() == [49] * 3
    assert "1 week with fewer days than usual" in found.explain()


def test_entries_of_one_day_are_added_up_and_a_queue_is_not(week):
    twice = pd.concat([week.assign(q=5), week.assign(q=7)])
    found = dcaq(twice, queue="q", every="day")
    assert found.table["demand"].tolist() == [60, 44, 40, 38, 38]
    assert found.table["queue"].tolist() == [7] * 5


def test_capacity_that_varies_more_is_found_with_its_interval(year):
    found = dcaq(year)
    assert found.varies_more == "capacity"
    assert found.ratio_low < found.ratio < found.ratio_high
    assert found.ratio == pytest.approx(3, rel=0.2)
    spread = found.variation.set_index("what")
    for name in ("demand", "capacity"):
        values = year[name]
        assert spread.loc[name, "cv"] == pytest.approx(values.std() / values.mean())
        assert spread.loc[name, "low"] < spread.loc[name, "cv"] < spread.loc[name, "high"]


def test_the_interval_holds_the_true_ratio_about_nineteen_times_in_twenty():
    rng, held = np.random.default_rng(2), 0
    for _ in range(60):
        frame = pd.DataFrame({"date": np.arange(60.0), "demand": rng.normal(100, 10, 60),
                              "capacity": rng.normal(100, 15, 60)})  # fmt: skip
        found = dcaq(frame.assign(activity=0))
        held += found.ratio_low < 1.5 < found.ratio_high
    assert held >= 50  # 57 expected; 50 or fewer has a chance under one in a thousand


def test_equal_spread_is_not_called_different():
    rng = np.random.default_rng(11)
    frame = pd.DataFrame({"date": np.arange(40.0), "demand": rng.normal(100, 10, 40),
                          "capacity": rng.normal(100, 10, 40)})  # fmt: skip
    found = dcaq(frame.assign(activity=90))
    assert found.varies_more is None
    assert "Neither can be said to vary more" in found.explain()


def test_few_periods_give_no_verdict_and_say_why(week):
    found = dcaq(week)
    assert found.varies_more is None
    assert np.isnan(found.ratio_low)
    assert "cannot be told from 5 days" in found.explain()
    alone = dcaq(week.head(1))
    assert alone.variation["cv"].isna().all()
    assert "1 period" in alone.explain()


def test_a_constant_demand_has_no_ratio_and_no_verdict(year):
    found = dcaq(year.assign(demand=100.0))
    assert np.isnan(found.ratio)
    assert found.varies_more is None


def test_the_invented_practice_varies_more_in_capacity_as_planted():
    table = load_demo("demand_day")
    table["done"] = table["asks"] - table["turned_away"]
    found = dcaq(table, demand="asks", capacity="slots", activity="done", every="week")
    assert found.varies_more == "capacity"


def test_activity_above_capacity_and_an_older_backlog_are_doubted(week):
    assert "Work done (activity) is above capacity" in dcaq(week.assign(activity=40)).explain()
    assert "older backlog" in dcaq(week.assign(demand=10)).explain()


def test_row_order_seed_and_the_callers_frame(year):
    before = year.copy(deep=True)
    one, two = dcaq(year), dcaq(year.sample(frac=1, random_state=2))
    pd.testing.assert_frame_equal(one.table, two.table)
    pd.testing.assert_frame_equal(one.variation, two.variation)
    pd.testing.assert_frame_equal(year, before)


@pytest.mark.parametrize(
    ("change", "more", "said"),
    [
        (lambda f: f.iloc[:0], {}, "has no rows"),
        (lambda f: "week", {}, "must be a pandas DataFrame"),
        (lambda f: f.drop(columns="activity"), {}, "no column 'activity' for activity"),
        (lambda f: f.drop(columns="date"), {}, "no column 'date' for x="),
        (
            lambda f: f.assign(demand="many"),
            {},
            "'demand' is not a number in rows 1, 2, 3, 4 and 5",
        ),
        (lambda f: f.assign(demand=True), {}, "'demand' holds yes and no"),
        (lambda f: f.assign(demand=[1, np.nan, 2, 3, 4]), {}, "is empty in row 2"),
        (lambda f: f.assign(demand=[1, np.inf, 2, 3, 4]), {}, "is infinite in row 2"),
        (lambda f: f.assign(demand=[1, -1, 2, -3, 4]), {}, "below 0 in rows 2 and 4"),
        (lambda f: f.assign(capacity=0), {}, "'capacity' is nought throughout"),
        (lambda f: f.assign(demand=0), {}, "'demand' is nought throughout"),
        (lambda f: pd.concat([f, f]), {}, "the same value twice"),
        (lambda f: f.assign(date="soon"), {}, "is not a date"),
        (lambda f: f, {"every": "month"}, "every='month' is not known"),
        (lambda f: f, {"minutes": -10}, "minutes must be a number above 0"),
        (lambda f: f, {"minutes": {"demand": "ten"}}, "must be a number"),
        (lambda f: f, {"seed": "x"}, "seed must be a whole number"),
        (lambda f: pd.concat([f, f[["demand"]]], axis=1), {}, "'demand' is there more than once"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_one_sentence(week, change, more, said):
    with pytest.raises(DataError, match=said):
        dcaq(change(week), **more)


def test_equal_means_and_variation_make_a_backlog_near_the_formula():
    grown = backlog_growth(100, periods=400, runs=2000, seed=3).table
    sd = np.hypot(10, 15)
    expected = sd * np.sqrt(2 * grown["period"] / np.pi) - 0.5826 * sd  # steps are not endless
    late = grown["period"] >= 50
    np.testing.assert_allclose(grown["mean"][late], expected[late], rtol=0.06)
    assert (grown["low"] <= grown["mean"]).all()
    assert (grown["stored"] == 0).all()
    assert np.diff(grown["unused"]).min() >= -1e-9


def test_without_variation_there_is_no_backlog_and_with_spare_capacity_it_levels_off():
    none = backlog_growth(100, demand_cv=0, capacity_cv=0)
    assert not none.table["mean"].any()
    assert "Without variation" in none.message
    spare = backlog_growth(100, 110, periods=400).table["mean"]
    assert spare.iloc[-1] < 1.3 * spare.iloc[100]
    short = backlog_growth(110, 100, periods=100).table["mean"]
    assert short.iloc[-1] == pytest.approx(1000, rel=0.1)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), min_size=1, max_size=30))
def test_the_queue_is_the_one_of_its_recursion(pairs):
    come, room = (np.array(column)[None] for column in zip(*pairs, strict=True))
    queue, expected = 0.0, []
    for asked, offered in pairs:
        queue = max(queue + asked - offered, 0.0)
        expected.append(queue)
    np.testing.assert_allclose(queue_lengths(come, room)[0], expected, atol=1e-9)


def test_a_practices_own_spread_can_be_played_forward(year):
    found = dcaq(year, every="week")
    ahead = found.if_equal(periods=52, seed=2)
    assert ahead.demand == ahead.capacity == pytest.approx(found.variation["mean"].iloc[0])
    assert ahead.per == "week"
    assert "weeks of demand" in ahead.message


def test_one_period_has_no_spread_to_play_forward(week):
    with pytest.raises(DataError, match="too few periods"):
        dcaq(week.head(1)).if_equal()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"demand": 0}, "demand must be a number above 0"),
        ({"capacity": -1}, "capacity must be a number above 0"),
        ({"demand_cv": -0.1}, "demand_cv must be a number"),
        ({"capacity_cv": np.nan}, "capacity_cv must be a number"),
        ({"periods": 0}, "periods must be a whole number"),
        ({"runs": True}, "runs must be a whole number"),
        ({"periods": 100_000, "runs": 100_000}, "ask for fewer runs"),
    ],
)
def test_a_backlog_that_cannot_be_simulated_is_refused(change, said):
    with pytest.raises(DataError, match=said):
        backlog_growth(**change)


def test_every_length_of_a_backlog_has_its_unit():
    grown = backlog_growth(seed=2, runs=50, unit="appointments")
    last = grown.table.iloc[-1]
    assert f"the queue is {last['mean']:.0f} appointments, " in grown.message
    for name in ("low", "high"):
        assert f"{last[name]:.0f} appointments" in grown.explain()
    assert f"and {last['high']:.0f} appointments." in grown.alt_text


def test_the_words_say_why_and_what_was_assumed():
    said = backlog_growth(seed=2).explain()
    assert "A slot that nobody takes today is gone" in said
    assert "independently (our assumption)" in said
