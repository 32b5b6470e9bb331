"""False alarms and power by simulation, against the table of the design and common sense."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

from pcqa_teach.errors import ChartError, DataError, PcqaError
from pcqa_teach.spc import PRESETS, chart
from pcqa_teach.variation import (
    compare_presets,
    false_alarm_rate,
    false_alarm_table,
    power,
    small_practice_table,
)
from pcqa_teach.variation.chance import flagged, series

# 200,000 charts each: at least one signal by the rules of Making Data Count
DESIGN = [
    (12, 0.0, 0.046), (24, 0.0, 0.154), (36, 0.0, 0.259), (52, 0.0, 0.382),
    (24, 0.3, 0.433), (24, 0.5, 0.690),
]  # fmt: skip


def within_error(found, wanted: float) -> bool:
    """Say whether two simulations agree: four standard errors of both, and the rounding."""
    error = np.sqrt(found.error**2 + wanted * (1 - wanted) / 200_000)
    return abs(found.share - wanted) < 4 * error + 0.0005


@pytest.mark.parametrize(("points", "alike", "wanted"), DESIGN)
def test_the_false_alarm_table(points, alike, wanted):
    assert within_error(false_alarm_rate(points, autocorrelation=alike), wanted)


@pytest.mark.slow
@pytest.mark.parametrize(("points", "alike", "wanted"), DESIGN)
def test_the_false_alarm_table_with_200000_charts(points, alike, wanted):
    found = false_alarm_rate(points, autocorrelation=alike, charts=200_000, seed=7)
    assert within_error(found, wanted)
    assert found.error < 0.0012


def test_the_same_seed_gives_the_same_answer_and_progress_is_reported():
    heard = []
    first = false_alarm_rate(
        24, charts=40_000, seed=3, progress=lambda done, total: heard.append((done, total))
    )
    assert heard[-1] == (40_000, 40_000)
    assert len(heard) > 1  # in blocks, so that memory stays bounded
    assert first == false_alarm_rate(24, charts=40_000, seed=3)


def test_drawn_series_are_as_alike_as_asked():
    values = series(np.random.default_rng(1), 4000, 30, 0.5)
    near = (values[:, 1:] * values[:, :-1]).mean()
    assert near == pytest.approx(0.5, abs=0.02)
    assert values.var(axis=0) == pytest.approx(np.ones(30), abs=0.12)


def test_charting_many_at_once_is_charting_each():
    values = series(np.random.default_rng(2), 20, 24)
    many = flagged(values, "mdc")
    for row, found in zip(values, many, strict=True):
        one = chart(pd.DataFrame({"x": range(24), "value": row}), rules="mdc")
        assert one.points["signal"].tolist() == found.tolist()


def test_the_table_says_itself_and_is_drawn():
    table = false_alarm_table([12, 24], [0.0, 0.5], ["mdc", "anhoej"], charts=500)
    assert len(table.rates) == 8
    assert table.grid().shape == (4, 4)
    assert "12 points" in table.alt_text
    assert table.figure().alt == table.alt_text
    assert table.data_table().frame.columns.tolist()[2:] == ["12 points", "24 points"]


def test_a_larger_change_is_seen_more_often_and_sooner():
    small, large = (power(24, 12, size, charts=600) for size in (0.5, 2))
    assert large.signalled > small.signalled > small.by_chance
    assert large.points_needed(0.5) < (small.points_needed(0.5) or 99)
    for one in (small, large):
        assert one.steps["signalled"].is_monotonic_increasing
    assert large.points_needed(0.5) <= 5


def test_no_change_is_signalled_as_often_as_chance():
    none = power(24, 8, 0.0, charts=500)
    assert none.signalled == none.by_chance
    assert "has not shown that nothing changed" in none.explain()


def test_a_small_practice_cannot_see_what_a_large_one_can():
    table = small_practice_table(0.06, [0.04], [25, 100, 500], charts=400).table
    assert table["to 4%"].is_monotonic_increasing
    assert table["to 4%"].iloc[0] < 0.6 < 0.95 < table["to 4%"].iloc[-1]
    assert table.columns.tolist() == ["n a week", "no change", "to 4%"]


def test_what_a_small_practice_can_see_is_said_in_whole_charts_of_a_hundred():
    found = small_practice_table(0.06, [0.05, 0.03], [25, 500], charts=400)
    small, large = (round(100 * one) for one in found.table["to 3%"])
    assert found.message == (
        f"With 25 appointments a week you would notice a halving on {small} of 100 charts"
        f" ({round(100 * found.table['no change'][0])} would signal anyway); with 500, on {large}"
    )
    assert found.figure().alt == found.alt_text
    assert f"a change from 6% to 5% on {100 * found.table['to 5%'][0]:.0f} of 100" in found.alt_text
    assert "no change at all" in found.explain()
    shown = found.data_table().frame
    assert shown.columns.tolist() == ["Appointments a week", "No change", "To 5%", "To 3%"]
    assert shown["To 3%"].tolist() == [f"{small} of 100", f"{large} of 100"]
    calls = small_practice_table(0.1, [0.12], [40], charts=200, things="calls")
    assert calls.message.startswith("With 40 calls a week you would notice a rise from 10% to 12%")


def test_presets_stand_side_by_side():
    rng = np.random.default_rng(0)
    y = np.r_[rng.normal(6.7, 0.4, 24), rng.normal(5.6, 0.4, 10)]
    frame = pd.DataFrame({"x": pd.date_range("2025-01-06", periods=34, freq="W"), "value": y})
    found = compare_presets(frame, charts=500, title="Missed")
    assert found.summary["preset"].tolist() == list(PRESETS)
    for row in found.summary.to_dict("records"):
        ours = chart(frame, rules=row["preset"])
        assert row["flagged"] == ours.points["signal"].sum()
        assert row["upper"] == ours.limits["upper"].iloc[-1]
        named = found.flags[row["preset"]] != ""
        assert named.tolist() == ours.points["signal"].tolist()
    assert found.autocorrelation > 0.3
    assert (found.summary["false_alarms_alike"] > found.summary["false_alarms"]).all()
    assert "keep it" in found.explain()
    assert not re.search(
        r"\d\.\d+%", found.explain()
    )  # of 500 charts, no more than whole per cents


def test_a_rate_is_not_said_twice_where_neighbours_are_not_alike():
    rng = np.random.default_rng(8)
    frame = pd.DataFrame({"x": range(30), "value": np.tile([1.0, -1.0], 15) + rng.normal(size=30)})
    found = compare_presets(frame, charts=200)
    assert found.autocorrelation < 0
    assert "if neighbours are as alike" not in found.explain()


@pytest.mark.parametrize(
    "wrong",
    [lambda: false_alarm_rate(2), lambda: false_alarm_rate("ten"), lambda: false_alarm_rate(True),
     lambda: false_alarm_rate(24, "mine"), lambda: false_alarm_rate(24, autocorrelation=1),
     lambda: false_alarm_rate(24, charts=0), lambda: false_alarm_rate(24, seed=-1),
     lambda: false_alarm_table([]), lambda: power(2), lambda: power(24, 0),
     lambda: power(shift_in_sigma=np.nan), lambda: small_practice_table(6),
     lambda: small_practice_table(sizes=[]), lambda: small_practice_table(preset="x"),
     lambda: compare_presets(pd.DataFrame({"x": [1, 2], "value": [1, 2]}), by="x"),
     lambda: compare_presets(pd.DataFrame({"x": [], "value": []}))],
)  # fmt: skip
def test_mistakes_are_said_in_one_sentence(wrong):
    with pytest.raises(PcqaError) as caught:
        wrong()
    assert type(caught.value) in (ChartError, DataError)
    assert str(caught.value).endswith((".", ")."))
