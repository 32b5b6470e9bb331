"""Phases, frozen baselines and points left out, at their edges."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pcqa_teach.errors import ChartError
from pcqa_teach.spc import chart


def left_out(ours) -> list[int]:
    return np.flatnonzero(ours.workings.phases.excluded).tolist()


@pytest.mark.parametrize(
    ("places", "rows"),
    [
        (0, [0]),
        ([0], [0]),
        (np.int64(3), [3]),
        (np.array([0, 5]), [0, 5]),
        (np.array(5), [5]),
        (pd.Series([2, 4]), [2, 4]),
        (pd.date_range("2022-04-01", periods=24, freq="MS")[2:4], [2, 3]),
        (np.array(["2022-05-01"], dtype="datetime64[D]"), [1]),
        ([], []),
        (np.array([], dtype=int), []),
    ],
    ids=str,
)
def test_points_are_left_out_however_their_places_come(series, stable, places, rows):
    assert left_out(chart(series(stable), exclude=places)) == rows


@pytest.mark.parametrize("places", [12, np.array([12]), pd.Series([12]), np.int64(12)], ids=str)
def test_phases_start_however_their_places_come(series, stable, places):
    assert chart(series(stable), rebase=places).points["phase"].tolist() == [1] * 12 + [2] * 12


def test_a_place_is_never_yes_or_no(series, stable):
    for what in ("exclude", "rebase"):
        with pytest.raises(ChartError, match="is not a date"):
            chart(series(stable), **{what: np.array([True, False])})


def test_the_same_day_given_twice_starts_one_phase(series, stable):
    twice = {"2023-04-01": "text reminders", pd.Timestamp("2023-04-01"): "a new partner"}
    ours = chart(series(stable), rebase=twice)
    assert ours.limits["phase"].tolist() == [1, 2]
    assert "because: text reminders; a new partner." in ours.explain()
    plain = chart(series(stable), rebase=["2023-04-01", "01/04/2023"])
    assert plain.limits["phase"].tolist() == [1, 2]
    mixed = chart(series(stable), rebase={"2023-04-01": None, "15/03/2023": "a new partner"})
    assert "because: a new partner." in mixed.explain()


def test_a_reason_of_none_is_no_reason(series, stable):
    for none in (None, " "):
        said = chart(series(stable), rebase={"2023-04-01": none}).explain()
        assert "rebased without a stated reason" in said
        assert "None" not in said


def test_a_group_that_starts_after_the_date_begins_with_phase_1(series, stable):
    late = series(stable[:6], start="2023-10-01").assign(g="late")
    both = pd.concat([series(stable).assign(g="early"), late])
    ours = chart(both, by="g", rebase={"2023-04-01": "text reminders", "2024-01-01": "a partner"})
    phases = ours.limits.groupby("g", observed=True)["phase"].agg(list).to_dict()
    assert phases == {"early": [1, 2, 3], "late": [1, 2]}
    late_said = ours.single("late").explain()
    assert "because: a partner" in late_said
    assert "text reminders" not in late_said


def test_a_baseline_counts_values_not_rows(series, stable):
    ours = chart(series([np.nan] * 12 + list(stable)), baseline=12)
    assert ours.limits["points"].tolist() == [12]
    assert ours.limits["centre"][0] == pytest.approx(stable[:12].mean())
    with pytest.raises(ChartError, match="asks for more points than the 12 there are"):
        chart(series([np.nan] * 12 + list(stable[:12])), baseline=13)


def test_a_group_shorter_than_the_baseline_says_so(series, stable):
    both = pd.concat([series(stable).assign(g="a"), series(stable[:8]).assign(g="b")])
    ours = chart(both, by="g", baseline=12)
    caution = "fewer values than the baseline asks for: the limits come from all there are."
    assert caution not in ours.single("a").explain()
    assert caution in ours.single("b").explain()
    early = chart(
        pd.concat([series(stable).assign(g="a"), series(stable, "2023-01-01").assign(g="b")]),
        by="g",
        baseline="2022-12-01",
    )
    assert caution in early.single("b").explain()
