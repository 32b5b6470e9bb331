"""Each rule by itself, at its edges."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pcqa_teach.errors import ChartError
from pcqa_teach.spc import PRESETS, RULES, chart
from pcqa_teach.spc.rules import Evidence, anhoej, outside, shift, trend, two_of_three
from pcqa_teach.spc.segments import Segments


def evidence(values, centre=0.0, sigma=1.0, starts=(0,)) -> Evidence:
    y = np.array(values, dtype=float)
    line = np.full_like(y, centre)
    return Evidence(y, line, np.full_like(y, sigma), Segments(np.array(starts), len(y)))


def flagged(codes) -> list[int]:
    return np.flatnonzero(codes).tolist()


def test_a_point_on_the_limit_is_not_outside():
    assert outside(evidence([3.0, 3.0001, -3.0, -3.0001])).tolist() == [0, 1, 0, -1]


@pytest.mark.parametrize("length", [6, 7, 8])
def test_a_shift_needs_seven_and_flags_every_point_of_the_run(length):
    codes = shift(evidence([-1, *[1] * length, -1]))
    assert flagged(codes) == (list(range(1, length + 1)) if length >= 7 else [])


def test_a_point_on_the_line_ends_a_run():
    assert not shift(evidence([1, 1, 1, 1, 0, 1, 1, 1, 1])).any()


def test_a_point_on_a_line_that_rounding_moved_still_ends_a_run():
    ones = [0.1 + 0.2] * 4 + [0.3] * 4
    assert not shift(evidence(ones, centre=0.3)).any()


def test_a_run_stops_at_the_end_of_its_phase():
    assert not shift(evidence([1] * 12, starts=(0, 6))).any()
    assert not trend(evidence(range(12), starts=(0, 6))).any()


@pytest.mark.parametrize("length", [6, 7, 8])
def test_a_trend_needs_seven_points_and_flags_them_all(length):
    codes = trend(evidence([5, *range(length), 0]))
    assert flagged(codes) == (list(range(1, length + 1)) if length >= 7 else [])


def test_a_tie_ends_a_trend():
    assert not trend(evidence([0, 1, 2, 3, 3, 4, 5, 6])).any()


def test_a_rise_and_then_a_fall_are_two_trends():
    codes = trend(evidence([*range(7), *range(5, -1, -1)]))
    assert codes.tolist() == [1] * 7 + [-1] * 6


@pytest.mark.parametrize(
    ("values", "flags"),
    [
        ([2.5, 0.5, 2.5], [0, 2]),
        ([2.5, 2.5, 0.5], [0, 1]),
        ([2.5, -0.5, 2.5], []),  # the third is on the other side
        ([2.5, 0.0, 2.5], []),  # or on the line
        ([2.5, -2.5, 0.5], []),
        ([2.0, 2.0, 2.0], []),  # on the line of two sigma is not beyond it
        ([2.5, 0.5, 0.5, 2.5], []),
        ([3.5, 0.5, 2.5], [0, 2]),  # outside the limits counts too
    ],
)
def test_two_of_three(values, flags):
    assert flagged(two_of_three(evidence(values))) == flags


def test_two_of_three_as_nhsr_reads_it_leaves_out_points_beyond_the_limits():
    assert flagged(two_of_three(evidence([3.5, 0.5, 2.5]), between=True)) == []


@pytest.mark.parametrize("starts", [(0, 1), (0, 2), (0, 3), (0, 4), (0, 1, 2, 3, 4)])
def test_two_of_three_never_looks_across_a_phase(starts):
    whole = evidence([2.5, 2.5, 2.5, 2.5, 2.5], starts=starts)
    ends = [*starts[1:], 5]
    long = [row for a, b in zip(starts, ends, strict=True) if b - a >= 3 for row in range(a, b)]
    assert flagged(two_of_three(whole)) == long


def test_too_few_crossings_are_a_signal_of_the_whole():
    halves = evidence([-1, -2] * 3 + [1, 2] * 3)
    assert (anhoej(halves) != 0).all()
    assert not anhoej(evidence([-1, 1] * 6)).any()


def test_rules_can_be_named_one_by_one_and_run_length_changes_the_preset(series):
    frame = series([6, 8, 6, 8, 6, 8, 9, 9, 9, 9, 9, 9, 5, 5, 6, 7])
    one = chart(frame, rules=["outside", "shift"])
    assert {"outside", "shift"} <= set(one.points)
    assert "trend" not in one.points
    seven = chart(frame, rules="mdc").points["shift"]
    six = chart(frame, rules="mdc", run_length=6).points["shift"]
    assert (seven.sum(), six.sum()) == (7, 7)
    assert chart(frame, run_length=8).points["shift"].sum() == 0


def test_a_rule_of_your_own_is_a_column_like_any_other(series):
    from pcqa_teach.spc import Rule

    top = Rule("top", lambda seen: (seen.y == seen.y.max()).astype(np.int8), "the highest point")
    ours = chart(series([1, 5, 2, 4]), rules=["outside", top], improvement="up")
    assert ours.points["top"].tolist() == [False, True, False, False]
    assert ours.points["verdict"].tolist()[1] == "improvement"


def test_an_unknown_rule_is_refused_by_name(series):
    with pytest.raises(ChartError, match=r"no rule or preset 'nelsen'.*mdc"):
        chart(series([1, 2, 3]), rules="nelsen")
    with pytest.raises(ChartError, match="no rule or preset 'shfit'"):
        chart(series([1, 2, 3]), rules=["outside", "shfit"])


def test_presets_name_only_rules_that_exist():
    for preset in PRESETS.values():
        assert set(preset.rules) <= set(RULES)


@pytest.mark.parametrize(("points", "share"), [(12, 0.046), (24, 0.154)])
def test_false_alarms_of_the_mdc_rules(points, share):
    """The share of charts of pure chance with a signal, limits from the same data."""
    count = 4000
    values = np.random.default_rng(20240401).normal(size=(count, points))
    frame = pd.DataFrame(
        {
            "chart": np.repeat(np.arange(count), points),
            "x": np.tile(np.arange(points), count),
            "value": values.ravel(),
        }
    )
    told = chart(frame, by="chart").points["signal"].to_numpy().reshape(count, points)
    seen = told.any(axis=1).mean()
    assert abs(seen - share) < 3.5 * np.sqrt(share * (1 - share) / count)
