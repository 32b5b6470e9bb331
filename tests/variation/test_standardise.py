"""Standardised rates by hand, their intervals, and what a rank is worth."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pcqa_teach.errors import DataError
from pcqa_teach.variation import (
    direct_rates,
    funnel,
    indirect_ratios,
    rank_intervals,
    sample_size,
    wilson,
)

BANDS = pd.DataFrame(
    {"practice": list("AAABBB"), "age": ["young", "middle", "old"] * 2,
     "seen": [10, 30, 60, 12, 8, 45], "people": [1000, 800, 400, 300, 500, 900]}
)  # fmt: skip
NAMES = {"events": "seen", "population": "people", "stratum": "age"}
STANDARD = {"young": 5000, "middle": 3000, "old": 2000}


def test_a_direct_rate_by_hand():
    found = direct_rates(BANDS, **NAMES, unit="practice", standard=STANDARD).iloc[0]
    rates = np.array([10 / 1000, 30 / 800, 60 / 400])
    share = np.array([0.5, 0.3, 0.2])
    assert found["rate"] == pytest.approx(1000 * (share @ rates))
    variance = (share**2 * rates / np.array([1000, 800, 400])).sum()
    byar = 100 * (1 - 1 / 900 - 1.959964 / (3 * 10)) ** 3
    lower = 1000 * (share @ rates + np.sqrt(variance / 100) * (byar - 100))
    assert found["lower"] == pytest.approx(lower, rel=1e-6)


def test_a_standard_like_the_practice_leaves_its_crude_rate():
    own = BANDS[BANDS["practice"] == "A"]
    found = direct_rates(own, **NAMES, standard=dict(zip(own["age"], own["people"], strict=True)))
    assert found["rate"][0] == pytest.approx(found["crude"][0])


def test_all_practices_together_have_a_ratio_of_one():
    found = indirect_ratios(BANDS, **NAMES, unit="practice")
    assert found["expected"].sum() == pytest.approx(BANDS["seen"].sum())
    assert (found["lower"] < found["ratio"]).all()
    assert (found["ratio"] < found["upper"]).all()


def test_a_ratio_goes_straight_into_a_funnel():
    found = indirect_ratios(BANDS, **NAMES, unit="practice")
    ours = funnel(found, numerator="events", denominator="expected", unit="practice", kind="ratio")
    np.testing.assert_allclose(ours.points["value"], found["ratio"])


def test_few_events_and_empty_strata_are_said():
    few = BANDS.assign(seen=[1, 1, 1, 12, 8, 45])
    assert "fewer than 10" in direct_rates(few, **NAMES, unit="practice", standard=STANDARD)[
        "caution"
    ].iloc[0]  # fmt: skip
    empty = BANDS.assign(seen=[0, 30, 60, 12, 8, 45], people=[0, 800, 400, 300, 500, 900])
    row = direct_rates(empty, **NAMES, unit="practice", standard=STANDARD).iloc[0]
    assert np.isnan(row["rate"])
    assert "nobody in a stratum" in row["caution"]


@pytest.mark.parametrize(
    ("standard", "said"),
    [({"young": 1, "old": 2}, "lacks a stratum"), ({**STANDARD, "other": 1}, "lacks: look"),
     ({**STANDARD, "old": -1}, "none below 0"), ({**STANDARD, "old": "x"}, "else than numbers"),
     (5, "a number for each stratum"), ({**STANDARD, "old": np.nan}, "missing or infinite")],
)  # fmt: skip
def test_a_standard_that_does_not_fit_is_refused(standard, said):
    with pytest.raises(DataError, match=said):
        direct_rates(BANDS, **NAMES, standard=standard)


def test_wilson_holds_at_the_edges():
    """Newcombe 1998, table I: 81 of 263, 0 of 20, 1 of 29."""
    found = wilson([81, 0, 1], [263, 20, 29])
    np.testing.assert_allclose(found["lower"], [0.2553, 0, 0.0061], atol=5e-5)
    np.testing.assert_allclose(found["upper"], [0.3662, 0.1611, 0.1718], atol=5e-5)
    assert np.isnan(wilson(0, 0)["share"][0])


@pytest.mark.parametrize(
    "pair", [(5, 4), (-1, 4), (1.5, 4), ("a", 4), (True, 4), ([1, 2], [3] * 3)]
)
def test_wilson_refuses_what_is_no_count(pair):
    with pytest.raises(DataError):
        wilson(*pair)


def test_a_sample_gives_the_margin_it_promises():
    n = sample_size(0.05, share=0.3)
    assert 1.959964 * np.sqrt(0.3 * 0.7 / n) <= 0.05 < 1.959964 * np.sqrt(0.3 * 0.7 / (n - 1))
    assert sample_size(0.01, population=50) == 50
    with pytest.raises(DataError):
        sample_size(0)


def test_practices_that_are_alike_could_stand_anywhere(network):
    table = rank_intervals(
        network(40, low=200, high=201), numerator="missed", denominator="booked", unit="practice",
        draws=500,
    )  # fmt: skip
    assert (table["rank_upper"] - table["rank_lower"]).median() > 20
    assert (table["rank_lower"] <= table["rank_upper"]).all()
    assert "Not a league table" in " ".join(table.attrs["pcqa"]["notes"])
    assert table["value"].is_monotonic_increasing
