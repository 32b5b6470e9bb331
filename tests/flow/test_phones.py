"""The desk, call by call: it agrees with the formulas where they hold, and loses no call."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pcqa_teach.errors import DataError
from pcqa_teach.flow import erlang_a, erlang_b, erlang_c, simulate_phones

RUSH = [30, 20, 14, 10, 8]


def _steady(agents: int, patience: float | None, days: int = 16, **more) -> pd.DataFrame:
    """Give each day's figures at 60 calls an hour, without its first hours; nobody redials."""
    run = simulate_phones(
        [15] * 200, agents, 150, None, patience, 0, 300, days=days, seed=7, **more
    )
    late = run.calls[run.calls["at_seconds"] > 20 * 900]
    answered = late["outcome"] == "answered"
    return pd.DataFrame(
        {
            "p_wait": (late["waited_seconds"] > 0).groupby(late["day"]).mean(),
            "abandoned": (late["outcome"] == "gave up").groupby(late["day"]).mean(),
            "blocked": (late["outcome"] == "engaged").groupby(late["day"]).mean(),
            "mean_wait_seconds": late["waited_seconds"].groupby(late["day"]).mean(),
            "within": (answered & (late["waited_seconds"] <= 60)).groupby(late["day"]).mean(),
        }
    )


def _agree(days: pd.DataFrame, formula: pd.Series, names: list[str]) -> None:
    """Each mean lies within four standard errors of its formula."""
    for name in names:
        error = days[name].std() / np.sqrt(len(days))
        assert abs(days[name].mean() - formula[name]) < 4 * error, name


@pytest.mark.parametrize("agents", [4, pytest.param(5, marks=pytest.mark.slow)])
def test_patient_callers_at_a_steady_rate_wait_as_erlang_c_says(agents):
    formula = erlang_c(60, 150, agents).table.iloc[0]
    _agree(_steady(agents, None), formula, ["p_wait", "mean_wait_seconds", "within"])


@pytest.mark.parametrize("agents", [3, pytest.param(2, marks=pytest.mark.slow)])
def test_impatient_callers_at_a_steady_rate_give_up_as_erlang_a_says(agents):
    formula = erlang_a(60, 150, agents).table.iloc[0]
    names = ["p_wait", "abandoned", "mean_wait_seconds", "within"]
    _agree(_steady(agents, 240), formula, names)


def test_as_many_lines_as_staff_is_erlang_b():
    _agree(_steady(3, None, lines=3), erlang_b(60, 150, 3).table.iloc[0], ["blocked"])


@settings(max_examples=25)
@given(
    arrivals=st.lists(st.floats(0, 30), min_size=1, max_size=6).filter(lambda a: sum(a) > 1),
    agents=st.integers(1, 5),
    redial=st.floats(0, 0.9),
    lines=st.one_of(st.none(), st.integers(1, 8)),
    patience=st.one_of(st.none(), st.floats(5, 600)),
    seed=st.integers(0, 99),
)
def test_every_call_ends_one_way_and_people_are_first_calls(
    arrivals, agents, redial, lines, patience, seed
):
    run = simulate_phones(
        arrivals, agents, patience_seconds=patience, redial=redial, redial_delay_seconds=60,
        lines=lines, days=4, seed=seed,
    )  # fmt: skip
    ends = ["answered", "gave_up", "engaged", "waiting_at_close"]
    for table in (run.days, run.intervals):
        assert (table[ends].sum(axis=1) == table["calls"]).all()
        assert (table["people"] + table["redials"] == table["calls"]).all()
        assert table["calls"].sum() == len(run.calls)
    calls = run.calls
    people = calls.groupby("day")["person"].nunique()
    assert people.sum() == run.days["people"].sum() == (calls["attempt"] == 1).sum()
    assert (calls.groupby(["day", "person"])["attempt"].apply(list).map(
        lambda tries: tries == list(range(1, len(tries) + 1)))).all()  # fmt: skip
    through = calls[calls["outcome"] == "answered"]
    assert not through.duplicated(["day", "person"]).any()
    assert (calls["waited_seconds"] >= 0).all()
    assert (calls["at_seconds"] < 900 * len(arrivals)).all()
    assert (run.minutes["talking"] <= run.minutes["agents"].max() + 1e-9).all()
    if lines is not None:
        assert (run.minutes["waiting"] + run.minutes["talking"] <= lines + 1e-9).all()


def test_calls_are_answered_in_the_order_in_which_they_came():
    calls = simulate_phones(RUSH, 2, patience_seconds=None, days=5, seed=2).calls
    served = calls[calls["outcome"] == "answered"]
    for _, day in served.groupby("day"):
        begun = (day["at_seconds"] + day["waited_seconds"]).to_numpy()
        assert (np.diff(begun) >= -1e-6).all()


def test_the_same_seed_gives_the_same_days_and_another_gives_others():
    one, two = (simulate_phones(RUSH, 2, days=10, seed=4) for _ in range(2))
    pd.testing.assert_frame_equal(one.calls, two.calls)
    assert not one.summary.equals(simulate_phones(RUSH, 2, days=10, seed=5).summary)


def test_with_other_staff_the_same_people_ring_first_at_the_same_times():
    few, many = (simulate_phones(RUSH, n, days=10, seed=4).calls for n in (2, 5))
    firsts = [c.loc[c["attempt"] == 1, ["day", "person", "at_seconds"]] for c in (few, many)]
    pd.testing.assert_frame_equal(*(f.reset_index(drop=True) for f in firsts))


def test_more_days_do_not_change_the_first_ones():
    short, long = (simulate_phones(RUSH, 2, days=n, seed=4).days for n in (5, 10))
    pd.testing.assert_frame_equal(short, long.head(5))


def test_redials_make_more_calls_than_people_and_more_staff_mends_it():
    few, many = (simulate_phones(RUSH, n, days=60).summary["mean"] for n in (2, 9))
    assert few["calls"] > 1.2 * few["people"]
    assert many["calls"] < 1.01 * many["people"]
    assert many["got_through"] > 0.99 > few["got_through"]
    none = simulate_phones(RUSH, 2, redial=0, days=60).summary["mean"]
    assert none["calls"] == none["people"]


def test_staff_of_each_quarter_hour_are_followed_and_nobody_is_hung_up_on():
    run = simulate_phones([20, 20, 20, 20], [3, 0, 3, 3], patience_seconds=None, days=40)
    begun = (run.calls["at_seconds"] + run.calls["waited_seconds"])[
        run.calls["outcome"] == "answered"
    ]
    assert not begun.between(900, 1799.9).any()
    assert run.minutes["talking"].iloc[16] > 0  # who was talking at 08:15 finishes the call


def test_handling_has_the_mean_that_was_given_whatever_its_spread():
    for spread in (0.3, 0.85, None):
        run = simulate_phones([20] * 20, 20, 150, spread, days=20)
        assert run.calls["handled_seconds"].mean() == pytest.approx(150, rel=0.04)


def test_quarters_are_the_means_of_the_days():
    run = simulate_phones(RUSH, [2, 3, 3, 2, 2], days=30, opens="08:30")
    assert run.quarters["clock"].tolist() == ["08:30", "08:45", "09:00", "09:15", "09:30"]
    assert run.quarters["calls"].sum() == pytest.approx(run.summary.loc["calls", "mean"])
    assert run.quarters["agents"].tolist() == [2, 3, 3, 2, 2]
    answered = run.calls[run.calls["outcome"] == "answered"]
    weighted = (run.quarters["mean_wait_seconds"] * run.quarters["answered"]).sum()
    mean = answered["waited_seconds"].mean()
    assert weighted / run.quarters["answered"].sum() == pytest.approx(mean)
    assert (run.summary["low"] <= run.summary["high"]).all()


def test_a_full_exchange_gives_the_engaged_tone_and_says_so():
    run = simulate_phones(RUSH, 2, lines=3, days=20)
    assert run.days["engaged"].sum() > 0
    assert "engaged tone" in run.explain()
    assert "3 lines" in run.explain()


def test_the_words_give_the_assumptions_and_the_seed():
    run = simulate_phones(RUSH, 2, days=12, seed=8)
    said = run.explain()
    assert "Assumed: calls of 2.5 minutes" in said
    assert "60% of those who give up ring again" in said
    assert "12 days, seed 8" in said
    assert run.message in run.alt_text
    assert "nobody gives up" in simulate_phones(RUSH, 4, patience_seconds=None, days=3).explain()


def test_a_quiet_quarter_hour_has_no_mean_wait_and_is_still_described():
    run = simulate_phones([0, 5, 0], 2, redial=0, days=3)
    assert run.quarters["mean_wait_seconds"].isna().tolist()[0]
    assert run.message.endswith("calls")


def test_days_on_which_hardly_anybody_rings_do_not_stop_it():
    run = simulate_phones([0.05], 1, days=3, seed=1)
    assert len(run.days) == 3
    assert run.explain()
    assert run.figure().alt


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"arrivals": []}, "arrivals must be a number"),
        ({"arrivals": [0, 0]}, "arrivals is nought all day"),
        ({"arrivals": [-1, 2]}, "arrivals must be a number from 0"),
        ({"arrivals": [np.nan, 2]}, "arrivals must be a number"),
        ({"arrivals": [1.0] * 1000}, "quarters of an hour"),
        ({"agents": 0}, "agents is nought all day"),
        ({"agents": -1}, "agents must be a whole number from 0"),
        ({"agents": [1, 2]}, "agents has 2 values and arrivals 5"),
        ({"agents": True}, "agents must be a whole number"),
        ({"handling_seconds": 0}, "handling_seconds must be a number above 0"),
        ({"handling_log_sd": -1}, "handling_log_sd must be a number above 0"),
        ({"patience_seconds": "long"}, "patience_seconds must be a number"),
        ({"redial": 1}, "redial must be a number from 0 to 0.95"),
        ({"redial": np.nan}, "redial must be a number"),
        ({"redial_delay_seconds": 0}, "redial_delay_seconds must be a number from 1"),
        ({"lines": 0}, "lines must be a whole number from 1"),
        ({"days": 0}, "days must be a whole number from 1"),
        ({"days": 50_000}, "ask for fewer days"),
        ({"seed": -1}, "seed must be a whole number"),
        ({"seed": None}, "seed must be a whole number"),
        ({"opens": "early"}, "opens is not a time of day"),
        ({"within_seconds": -1}, "within_seconds must be a number from 0"),
    ],
)
def test_what_cannot_be_simulated_is_refused_in_one_sentence(change, said):
    with pytest.raises(DataError, match=said):
        simulate_phones(**({"arrivals": RUSH, "agents": 2, "days": 3} | change))
