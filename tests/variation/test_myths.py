"""A belief is tested period by period, against a difference that was agreed to matter."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.stats import ttest_1samp

from pcqa_teach.errors import DataError
from pcqa_teach.variation import myth_test

ARGUMENTS: dict[str, Any] = {
    "period": "week", "group": "day", "of": "Mon", "events": "missed", "cases": "all",
    "claim": "A larger share is missed on Mondays",
}  # fmt: skip


def _weeks(gap: float, size: int = 20, spread: float = 1.0, seed: int = 3) -> pd.DataFrame:
    """Weeks in which Monday's share lies `gap` points above the rest's, on average."""
    chance = np.random.default_rng(seed)
    steps = chance.normal(0, spread, size)
    rest = 15 + chance.normal(0, 2, size)  # whole weeks go up and down together
    monday = rest + gap + steps - steps.mean()
    return pd.DataFrame(
        {
            "week": [*range(size)] * 2,
            "day": ["Mon"] * size + ["rest"] * size,
            "missed": np.r_[monday * 10, rest * 40],
            "all": np.r_[np.full(size, 1000), np.full(size, 4000)],
        }
    )


@pytest.mark.parametrize(
    ("gap", "spread", "verdict"),
    [
        (2.0, 1.0, "holds"),
        (0.2, 1.0, "too small to matter"),
        (-1.5, 1.0, "the other way round"),
        (0.6, 3.0, "cannot tell"),
    ],
)
def test_the_verdict_goes_by_the_interval(gap: float, spread: float, verdict: str) -> None:
    found = myth_test(_weeks(gap, spread=spread), **ARGUMENTS)
    assert found.verdict == verdict
    assert found.mean == pytest.approx(gap, abs=1e-9)
    assert found.claim in found.message
    assert verdict in found.message


def test_the_interval_is_that_of_a_paired_t_test() -> None:
    found = myth_test(_weeks(0.5), **ARGUMENTS)
    low, high = ttest_1samp(found.table["difference"], 0).confidence_interval(0.95)
    assert (found.low, found.high) == pytest.approx((low, high))


def test_what_moves_a_whole_week_does_not_widen_it() -> None:
    calm = myth_test(_weeks(0.5), **ARGUMENTS)
    rough = _weeks(0.5)
    shift = np.where(rough["week"] % 2 == 0, 30.0, 0.0)
    rough["missed"] += shift * rough["all"] / 1000
    stormy = myth_test(rough, **ARGUMENTS)
    assert stormy.low == pytest.approx(calm.low)


def test_a_false_belief_is_believed_one_time_in_forty() -> None:
    verdicts = [myth_test(_chance(seed), **ARGUMENTS, matters=0.01).verdict for seed in range(400)]
    assert 2 <= verdicts.count("holds") <= 22  # 10 are expected


def _chance(seed: int) -> pd.DataFrame:
    chance = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "week": [*range(26)] * 2,
            "day": ["Mon"] * 26 + ["rest"] * 26,
            "missed": np.r_[chance.binomial(250, 0.06, 26), chance.binomial(1000, 0.06, 26)],
            "all": np.r_[np.full(26, 250), np.full(26, 1000)],
        }
    )


def test_weeks_with_nobody_on_one_side_are_left_out_and_said() -> None:
    weeks = _weeks(1)
    weeks.loc[:1, ["missed", "all"]] = 0
    found = myth_test(weeks, **ARGUMENTS)
    assert found.left_out == 2
    assert len(found.table) == 18
    assert "2 periods had nobody on one side" in found.explain()


def test_several_rows_of_a_week_are_added_up() -> None:
    weeks = _weeks(1)
    halves = pd.concat([weeks.assign(missed=weeks["missed"] / 2, all=weeks["all"] / 2)] * 2)
    assert myth_test(halves, **ARGUMENTS).mean == pytest.approx(1)


@pytest.mark.parametrize(
    ("change", "arguments"),
    [
        ({}, {"of": "Tue"}),
        ({}, {"events": "nothing"}),
        ({}, {"matters": 0}),
        ({}, {"claim": " "}),
        ({"missed": -1}, {}),
        ({"missed": 10_000}, {}),
        ({"day": "Mon"}, {}),
    ],
)
def test_what_cannot_be_used_is_an_error_of_one_sentence(
    change: dict[str, Any], arguments: dict[str, Any]
) -> None:
    with pytest.raises(DataError) as caught:
        myth_test(_weeks(1).assign(**change), **(ARGUMENTS | arguments))
    assert "\n" not in str(caught.value)


def test_five_weeks_are_too_few() -> None:
    with pytest.raises(DataError, match="Only 5 periods"):
        myth_test(_weeks(1, size=5), **ARGUMENTS)


def test_it_says_aloud_what_the_dots_show() -> None:
    found = myth_test(_weeks(2), **ARGUMENTS)
    assert "A dot for each of 20 periods" in found.figure().alt
    assert "says nothing of why" in found.explain()
    assert found.data_table().frame.shape[0] == 20
