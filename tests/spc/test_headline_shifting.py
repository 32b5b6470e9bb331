"""A process that changed more than once has no one mean, and its chart no one verdict."""

from __future__ import annotations

import pandas as pd

from pcqa_teach import spc

NO_ONE = "no one mean fits the whole time"
MONTHS = pd.period_range("2019-03", periods=30, freq="M").to_timestamp()
FALL = [7.4, 7.1, 6.8, 6.9, 7.2, 6.9, 6.9, 7.0, 6.9, 7.2, 6.5, 6.9, 6.5, 4.2, 4.0, 4.1, 4.5, 4.8,
        5.6, 6.1, 5.7, 5.8, 4.9, 4.7, 4.7, 4.9, 5.3, 5.3, 5.3, 5.3]  # fmt: skip


def drawn(values: list[float]) -> spc.Chart:
    frame = pd.DataFrame({"month": MONTHS[: len(values)], "missed": values})
    return spc.chart(frame, x="month", y="missed", improvement="down", title="Missed")


def test_a_fall_in_most_of_whose_months_points_are_flagged_both_ways_is_no_improvement():
    chart = drawn(FALL)
    assert chart.points["signal"].mean() > 2 / 3
    assert "improvement" not in chart.message
    assert chart.message == "Missed: below its mean for the last 10 months; " + NO_ONE


def test_one_lasting_fall_late_in_a_steady_series_keeps_its_verdict():
    steady = [7.0, 7.2, 6.9, 7.1, 6.8, 7.0, 7.1, 6.7, 7.2, 6.6, 6.9, 7.1] * 2
    chart = drawn([*steady, 5.9, 5.8])
    assert "an improvement" in chart.message
    assert NO_ONE not in chart.message
