"""Erlang B, C and A against hand-worked figures, a birth-and-death chain and each other."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, stats

from pcqa_teach.errors import DataError
from pcqa_teach.flow import agents_needed, erlang_a, erlang_b, erlang_c


@pytest.mark.parametrize(("agents", "waits"), [(3, 0.702), (4, 0.320), (5, 0.130)])
def test_sixty_calls_an_hour_of_150_seconds_wait_as_the_curriculum_says(agents, waits):
    assert round(erlang_c(60, 150, agents).table["p_wait"].iloc[0], 3) == waits


def test_one_agent_is_the_queue_of_every_textbook():
    row = erlang_c(12, 150, 1).table.iloc[0]  # half of one person's work
    assert row["p_wait"] == pytest.approx(0.5)
    assert row["mean_wait_seconds"] == pytest.approx(150)
    assert row["within"] == pytest.approx(1 - 0.5 * np.exp(-60 * 0.5 / 150))
    assert row["occupancy"] == pytest.approx(0.5)


def test_erlang_b_is_the_truncated_poisson():
    loads, lines = np.array([0.5, 2.5, 40, 900.0]), np.array([1, 3, 50, 880])
    expected = stats.poisson.pmf(lines, loads) / stats.poisson.cdf(lines, loads)
    found = erlang_b(loads, 3600, lines).table
    np.testing.assert_allclose(found["blocked"], expected, rtol=1e-9)
    np.testing.assert_allclose(found["occupancy"], loads * (1 - expected) / lines, rtol=1e-9)


@pytest.mark.parametrize("agents", [1, 2])
def test_a_load_as_large_as_the_staff_has_no_steady_state_and_says_so(agents):
    queue = erlang_c(48, 150, agents)  # two people's work
    row = queue.table.iloc[0]
    assert not row["steady"]
    assert (row["p_wait"], row["within"], row["mean_wait_seconds"]) == (1.0, 0.0, np.inf)
    assert "never settles" in queue.message
    assert "no steady state" in queue.explain()
    assert "no steady state" in queue.alt_text


def test_no_calls_no_wait():
    for queue in (erlang_b(0, 150, 2), erlang_c(0, 150, 2), erlang_a(0, 150, 2)):
        row = queue.table.iloc[0]
        assert row[["p_wait", "blocked", "abandoned", "mean_wait_seconds"]].tolist() == [0] * 4
        assert row["within"] == 1


def _chain(rate: float, handling: float, agents: int, patience: float) -> tuple[float, float]:
    """P(wait) and P(gives up) from the balance of a long birth-and-death chain."""
    k = np.arange(1, 20_000)
    leave = np.minimum(k, agents) / handling + np.maximum(k - agents, 0) / patience
    logs = np.append(0, np.cumsum(np.log(rate / 3600) - np.log(leave)))
    chance = np.exp(logs - logs.max())
    chance /= chance.sum()
    queue = np.maximum(np.arange(20_000) - agents, 0)
    return chance[agents:].sum(), (queue * chance).sum() / patience / (rate / 3600)


@pytest.mark.parametrize(
    ("rate", "agents", "patience"),
    [(60, 1, 240), (60, 3, 240), (60, 3, 1e5), (600, 20, 240), (600, 30, 30), (6000, 200, 240),
     (6000, 300, 600), (600, 24, 10)],
)  # fmt: skip
def test_erlang_a_is_the_balance_of_its_chain(rate, agents, patience):
    row = erlang_a(rate, 150, agents, patience).table.iloc[0]
    waits, gone = _chain(rate, 150, agents, patience)
    assert row["p_wait"] == pytest.approx(waits, abs=1e-10)
    assert row["abandoned"] == pytest.approx(gone, abs=1e-10)
    assert row["mean_wait_seconds"] == pytest.approx(gone * patience, abs=1e-6)


@pytest.mark.parametrize("agents", [2, 3, 5])
def test_the_share_answered_in_time_is_the_integral_of_the_wait(agents):
    calls, theta, busy, limit = 60 / 3600, 1 / 240, agents / 150, 60.0

    def density(x: float) -> float:
        return np.exp(calls * (1 - np.exp(-theta * x)) / theta - busy * x)

    whole = integrate.quad(density, 0, 20_000, limit=500, points=[500])[0]
    served = integrate.quad(lambda x: np.exp(-theta * x) * density(x), 0, limit)[0]
    row = erlang_a(60, 150, agents, 240, limit).table.iloc[0]
    assert row["within"] == pytest.approx(1 - row["p_wait"] * (1 - served / whole), abs=1e-8)


def test_at_the_ends_of_time_all_who_do_not_wait_or_do_not_give_up_are_answered():
    row = erlang_a(60, 150, 3, within_seconds=0).table.iloc[0]
    assert row["within"] == pytest.approx(1 - row["p_wait"])
    row = erlang_a(60, 150, 3, within_seconds=1e6).table.iloc[0]
    assert row["within"] == pytest.approx(1 - row["abandoned"])


def test_endless_patience_is_erlang_c_and_none_is_erlang_b():
    patient, c = erlang_a(60, 150, [3, 4], 1e6).table, erlang_c(60, 150, [3, 4]).table
    np.testing.assert_allclose(patient["p_wait"], c["p_wait"], rtol=1e-2)
    np.testing.assert_allclose(patient["within"], c["within"], rtol=1e-2)
    hasty, b = erlang_a(60, 150, [3, 4], 1e-3).table, erlang_b(60, 150, [3, 4]).table
    np.testing.assert_allclose(hasty["abandoned"], b["blocked"], rtol=1e-4)


def test_an_overloaded_desk_still_settles_when_people_give_up():
    queue = erlang_a(600, 150, 2)
    row = queue.table.iloc[0]
    assert row["steady"]
    assert row["abandoned"] == pytest.approx(1 - 2 / 25, abs=1e-4)
    assert row["occupancy"] == pytest.approx(1, abs=1e-4)


def test_lists_are_paired_off_and_each_row_is_as_if_alone():
    rates, staff = [60, 90, 120], [4, 5, 6]
    together = erlang_a(rates, 150, staff).table
    alone = [erlang_a(r, 150, s).table for r, s in zip(rates, staff, strict=True)]
    pd.testing.assert_frame_equal(together, pd.concat(alone, ignore_index=True))


@settings(max_examples=60)
@given(
    rate=st.floats(0.1, 2000),
    handling=st.floats(5, 900),
    agents=st.integers(1, 120),
    patience=st.floats(1, 1e5),
    within=st.floats(0, 3000),
)
def test_every_share_is_a_share_and_one_more_colleague_never_hurts(
    rate, handling, agents, patience, within
):
    for model in (
        erlang_c(rate, handling, [agents, agents + 1], within),
        erlang_a(rate, handling, [agents, agents + 1], patience, within),
    ):
        table = model.table
        for name in ("p_wait", "blocked", "abandoned", "within", "occupancy"):
            assert table[name].between(0, 1 + 1e-9).all()
        assert table["p_wait"].is_monotonic_decreasing or np.ptp(table["p_wait"]) < 1e-9
        assert table["within"].diff().iloc[1] >= -1e-7


def test_the_staff_needed_are_enough_and_one_fewer_are_not():
    rates = [1, 20, 60, 300, 1000]
    for patience in (None, 240):
        needed = agents_needed(rates, 150, 0.8, 60, patience).table
        staff = needed["agents"].to_numpy()
        assert (needed["within"] >= 0.8).all()
        fewer = np.maximum(staff - 1, 1)
        queue = erlang_a(rates, 150, fewer, patience) if patience else erlang_c(rates, 150, fewer)
        assert ((queue.table["within"] < 0.8) | (staff == 1)).all()
    assert agents_needed(0, 150).table["agents"].tolist() == [1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((-1, 150, 3), "calls_per_hour must be a number from 0"),
        ((60, 0, 3), "handling_seconds must be a number above 0"),
        ((60, 150, 0), "agents must be a whole number from 1"),
        ((60, 150, 2.5), "agents must be a whole number"),
        ((60, 150, True), "agents must be a whole number"),
        ((True, 150, 3), "calls_per_hour must be a number"),
        ((np.nan, 150, 3), "calls_per_hour must be a number"),
        ((60, np.inf, 3), "handling_seconds must be a number"),
        (("60", 150, 3), "calls_per_hour must be a number"),
        (([], 150, 3), "calls_per_hour must be a number"),
        (([[1, 2], [3]], 150, 3), "calls_per_hour must be a number"),
        ((None, 150, 3), "calls_per_hour must be a number"),
        ((60, 10**400, 3), "handling_seconds must be a number"),
        (([60, 70, 80], 150, [3, 4]), "agents has 2 values where 3 are wanted"),
    ],
)
@pytest.mark.parametrize("model", [erlang_a, erlang_b, erlang_c])
def test_what_is_no_figure_is_refused_in_one_sentence(model, arguments, said):
    with pytest.raises(DataError, match=said):
        model(*arguments)


def test_goals_out_of_reach_are_refused():
    with pytest.raises(DataError, match=r"share must be a number from 0\.01 to 0\.999"):
        agents_needed(60, 150, share=1)
    with pytest.raises(DataError, match="people's work, more than can be tried"):
        agents_needed(1e6, 3600)
    with pytest.raises(DataError, match="within_seconds must be a number from 0"):
        erlang_c(60, 150, 3, within_seconds=-5)
    with pytest.raises(DataError, match="patience_seconds must be a number above 0"):
        erlang_a(60, 150, 3, patience_seconds=0)


def test_nullable_columns_are_numbers_too():
    table = pd.DataFrame({"calls": pd.array([60, 90], dtype="Int64"), "staff": [4, 6]})
    assert len(erlang_c(table["calls"], 150, table["staff"]).table) == 2
    with pytest.raises(DataError, match="calls_per_hour must be a number"):
        erlang_c(pd.array([60, None], dtype="Int64"), 150, 4)


def test_the_words_say_what_each_formula_leaves_out():
    assert "people give up and ring again" in erlang_c(60, 150, 4).explain()
    assert "assumption" in erlang_a(60, 150, 4).explain()
    assert "engaged" in erlang_b(60, 150, 4).explain()
    assert erlang_c(60, 150, [3, 4, 5]).message == (
        "From 3 to 5 staff, the share of callers who have to wait goes from 70% to 13%"
    )
    assert "2 more rows" in erlang_c(60, 150, list(range(3, 13))).explain()
