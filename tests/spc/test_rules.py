"""Each rule by itself, at its edges, and against what qcc flags."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pcqa_teach.spc import RULES, chart
from pcqa_teach.spc.evidence import Evidence
from pcqa_teach.spc.rules import WHOLE
from pcqa_teach.spc.rules.sequences import anhoej, fourteen_alternating, shift, trend
from pcqa_teach.spc.rules.zones import (
    eight_outside,
    fifteen_within,
    four_of_five,
    outside,
    two_of_three,
)
from pcqa_teach.spc.segments import Segments

EXPECTED = Path(__file__).resolve().parents[1] / "oracles" / "expected"


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


@pytest.mark.parametrize("second", [1, -1])
def test_where_two_trends_meet_the_point_belongs_to_the_first(second):
    codes = trend(evidence([0, *(second * np.array([1, 2, 3, 2, 1, 0, -1]))]), k=4)
    assert codes.tolist() == [second] * 4 + [-second] * 4


def test_the_third_of_three_may_lie_anywhere_where_it_is_asked_for():
    for values in ([2.5, -0.5, 2.5], [2.5, 0.0, 2.5], [-2.5, 2.5, 2.5], [2.5, 2.5, -4.0]):
        far = [value == 2.5 for value in values]
        assert (two_of_three(evidence(values), anywhere=True) == 1).tolist() == far
        assert not two_of_three(evidence(values)).any()


def test_two_of_three_above_and_two_below_are_both_seen():
    codes = two_of_three(evidence([2.5, -2.5, 2.5, -2.5]), anywhere=True)
    assert codes.tolist() == [1, -1, 1, -1]


@pytest.mark.parametrize(
    ("values", "flags"),
    [
        ([1.5, 1.5, 1.5, 1.5, 0.5], [0, 1, 2, 3]),
        ([0.5, 1.5, 1.5, 1.5, 1.5], [1, 2, 3, 4]),
        ([1.5, 1.5, -4.0, 1.5, 1.5], [0, 1, 3, 4]),  # the fifth may lie anywhere
        ([1.5, 1.5, 1.5, 1.5, 1.5], [0, 1, 2, 3, 4]),
        ([1.5, 1.5, 1.5, 1.5], []),  # four points are not five
        ([1.0, 1.0, 1.0, 1.0, 1.0], []),  # on the line of one sigma is not beyond it
        ([1.5, 1.5, 0.5, 0.5, 1.5, 1.5], []),
        ([1.5, -1.5, 1.5, -1.5, 1.5], []),
    ],
)
def test_four_of_five(values, flags):
    assert flagged(four_of_five(evidence(values))) == flags
    assert flagged(four_of_five(evidence([-value for value in values]))) == flags


def test_four_of_five_on_one_side_where_it_is_asked_for():
    assert not four_of_five(evidence([1.5, 1.5, -4.0, 1.5, 1.5]), anywhere=False).any()


@pytest.mark.parametrize("length", [14, 15, 16])
def test_fifteen_within_needs_fifteen_and_flags_them_all(length):
    codes = fifteen_within(evidence([2, *np.resize([1.0, -1.0, 0.0], length), -2]))
    assert flagged(codes) == (list(range(1, length + 1)) if length >= 15 else [])
    assert set(codes) <= {0, WHOLE}


def test_without_limits_no_point_is_within_them():
    assert not fifteen_within(evidence([0.0] * 20, sigma=np.nan)).any()


@pytest.mark.parametrize("length", [7, 8, 9])
def test_eight_outside_needs_eight_on_both_sides(length):
    mixed = [0, *np.resize([1.5, -1.5, -1.5], length), 1.0]
    assert flagged(eight_outside(evidence(mixed))) == (
        list(range(1, length + 1)) if length >= 8 else []
    )
    assert not eight_outside(evidence(np.abs(mixed))).any()


def test_of_eight_outside_only_an_eight_with_both_sides_is_flagged():
    assert flagged(eight_outside(evidence([1.5] * 9 + [-1.5]))) == list(range(2, 10))


@pytest.mark.parametrize("length", [13, 14, 15])
def test_fourteen_alternating_needs_fourteen_and_flags_them_all(length):
    swings = np.resize([5.0, 4.0], length)
    codes = fourteen_alternating(evidence([swings[0], *swings, swings[-1]]))  # a tie at each end
    assert flagged(codes) == (list(range(1, length + 1)) if length >= 14 else [])


def test_a_tie_ends_alternation():
    assert not fourteen_alternating(evidence([1, 2] * 6 + [2, 1] * 6)).any()


@pytest.mark.parametrize(
    "rule", [four_of_five, fifteen_within, eight_outside, fourteen_alternating]
)
def test_no_window_looks_across_a_phase(rule):
    swings = [1.5, -1.5] * 10 if rule in (eight_outside, fourteen_alternating) else [0.5] * 20
    values = [1.5] * 20 if rule is four_of_five else swings
    assert rule(evidence(values)).all()
    short = range(0, 20, 4 if rule is four_of_five else 7)
    assert not rule(evidence(values, starts=tuple(short))).any()


def test_one_phase_is_judged_while_its_neighbours_are_too_short():
    values = [1.5, 1.5] + [1.5] * 5 + [1.5, 1.5]
    assert flagged(four_of_five(evidence(values, starts=(0, 2, 7)))) == [2, 3, 4, 5, 6]


@pytest.mark.parametrize("name", RULES)
def test_one_point_or_two_are_never_a_pattern(name):
    for size in (1, 2):
        assert not RULES[name](evidence([0.5, 2.0][:size])).any()


# qcc flags the point at which a pattern is complete; the points of the pattern are these.
QCC = {
    "WER1": (outside, {}, 1, 3),
    "WER2": (two_of_three, {"anywhere": True}, 3, 2),
    "WER3": (four_of_five, {}, 5, 1),
    "WER4": (shift, {"k": 8}, 8, 0),
    "NEL1": (outside, {}, 1, 3),
    "NEL2": (shift, {"k": 9}, 9, 0),
    "NEL3": (trend, {"k": 6}, 6, None),
    "NEL4": (fourteen_alternating, {}, 14, None),
    "NEL5": (two_of_three, {"anywhere": True}, 3, 2),
    "NEL6": (four_of_five, {}, 5, 1),
    "NEL7": (fifteen_within, {}, 15, None),
    "NEL8": (eight_outside, {}, 8, None),
}
NO_RULES = ("ewma", "cusum")
UNSOUND = {
    "constant15": "a constant series has no limits, so nothing can lie within them",
    "g_gaps24": "its limits come from quantiles, so that there is no sigma to count in",
}

# It asks only whether the last of three is far out too: the first two of a series it passes over.
PASSED_OVER = {("qcc__edge_overlap_issue200", two_of_three): [0, 1]}


def qcc_files() -> list[Path]:
    left_out = (*NO_RULES, *UNSOUND)
    found = sorted(EXPECTED.glob("qcc__*.csv"))
    return [path for path in found if not any(part in path.stem for part in left_out)]


@pytest.mark.parametrize("column", QCC)
def test_our_flags_are_every_point_of_the_patterns_that_qcc_finds(column):
    rule, options, width, sigmas = QCC[column]
    for path in qcc_files():
        theirs = pd.read_csv(path)
        y, centre = theirs["y"].to_numpy(float), theirs["center"].to_numpy(float)
        sigma = (theirs["ucl"].to_numpy(float) - centre) / 3
        away = (y - centre) / sigma
        expected = np.zeros(len(y), dtype=bool)
        for end in np.flatnonzero(theirs[column] == 1):
            rows = np.arange(end - width + 1, end + 1)
            counted = sigmas is None or np.sign(away[end]) * away[rows] > sigmas
            expected[rows] |= counted
        expected[PASSED_OVER.get((path.stem, rule), [])] = True
        ours = rule(Evidence(y, centre, sigma, Segments(np.array([0]), len(y))), **options)
        assert ((ours != 0) == expected).all(), path.stem


def test_the_qcc_files_hold_a_case_of_nearly_every_rule():
    hits = {
        column
        for path in qcc_files()
        for column in QCC
        if (pd.read_csv(path, usecols=[column])[column] == 1).any()
    }
    assert set(QCC) - hits == {"NEL8"}


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
