"""What a chart holds, and what it refuses."""

from __future__ import annotations

import dataclasses
import json

import numpy as np
import pandas as pd
import pytest

from pcqa_teach.errors import ChartError
from pcqa_teach.spc import chart

POINTS = ["x", "y", "n", "phase", "centre", "lower", "upper", "lower2", "upper2"]
MDC = ["outside", "shift", "trend", "two_of_three"]


def test_frames_have_the_promised_columns(series, stable):
    one = chart(series(stable))
    assert list(one.points) == [*POINTS, *MDC, "signal", "verdict"]
    assert list(one.limits) == [
        *["phase", "centre", "lower", "upper", "sigma", "mr_bar", "points", "trial"]
    ]
    assert list(one.icons) == [
        *["variation", "assurance", "latest_x", "latest_y", "centre", "lower", "upper", "target"]
    ]
    many = chart(series(stable).assign(practice="G-1"), by="practice")
    for frame in (many.points, many.limits, many.icons):
        assert frame.columns[0] == "practice"


def test_a_chart_cannot_be_changed(series, stable):
    with pytest.raises(dataclasses.FrozenInstanceError):
        chart(series(stable)).kind = "run"


def test_rows_in_any_order_make_the_same_chart(series, stable):
    frame = series(stable)
    mixed = frame.sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(chart(frame).points, chart(mixed).points)


@pytest.mark.parametrize("rules", ["mdc", "nhsr", "anhoej"])
def test_a_preset_brings_screening_and_constants_and_an_argument_wins(series, stable, rules):
    spike = np.append(stable, 60)
    ours = chart(series(spike), rules=rules)
    assert (ours.screen, ours.constants) == {
        "mdc": (False, "wheeler"),
        "nhsr": (True, "wheeler"),
        "anhoej": (False, "d2"),
    }[rules]
    ratio = {"wheeler": 2.66 / 3, "d2": 1 / 1.128}[ours.constants]
    assert ours.limits["sigma"][0] == pytest.approx(ratio * ours.limits["mr_bar"][0])
    screened = chart(series(spike), rules=rules, screen=True, constants="d2")
    ranges = np.abs(np.diff(spike))
    kept = ranges[ranges <= 3.267 * ranges.mean()].mean()
    assert screened.limits["sigma"][0] == pytest.approx(kept / 1.128)


def test_a_run_chart_has_a_median_no_limits_and_the_anhoej_rules(series, stable):
    ours = chart(series(stable), kind="run")
    assert ours.limits["centre"][0] == pytest.approx(np.median(stable))
    assert ours.limits[["lower", "upper"]].isna().all(axis=None)
    assert "anhoej" in ours.points


def test_a_moving_range_chart_reads_only_points_outside(series, stable):
    ours = chart(series(stable, unit="%"), kind="mr", improvement="down")
    assert set(MDC) & set(ours.points) == {"outside"}
    assert ours.limits["upper"][0] == pytest.approx(3.267 * np.abs(np.diff(stable)).mean())
    assert ours.limits["lower"][0] == 0
    assert ours.unit == "percentage points"


def test_a_frozen_baseline_is_carried_forward(series, stable):
    frame = series(np.append(stable[:12], stable[12:] - 2))
    for baseline in (12, "2023-03-01", pd.Timestamp("2023-03-31"), ("2022-04-01", "2023-03-01")):
        ours = chart(frame, baseline=baseline)
        assert ours.limits["centre"][0] == pytest.approx(stable[:12].mean())
        assert ours.limits["points"][0] == 12
        assert ours.points["shift"].tolist()[12:] == [True] * 12


def test_each_phase_has_its_own_limits_and_its_reason(series, stable):
    frame = series(np.append(stable[:12], stable[12:] - 2))
    for place in ("2023-04-01", "01/04/2023", 12, pd.Timestamp("2023-03-15")):
        ours = chart(frame, rebase={place: "text reminders began"})
        assert ours.points["phase"].tolist() == [1] * 12 + [2] * 12
        np.testing.assert_allclose(
            ours.limits["centre"], [stable[:12].mean(), stable[12:].mean() - 2]
        )
        assert "because: text reminders began" in ours.explain()
    assert "rebased without a stated reason" in chart(frame, rebase=["2023-04-01"]).explain()


def test_no_moving_range_and_no_run_crosses_a_phase(series):
    frame = series([1, 2] * 4 + [101, 102] * 4)
    ours = chart(frame, rebase=[8])
    assert ours.limits["mr_bar"].tolist() == [1, 1]
    assert not ours.points["signal"].any()


def test_an_excluded_point_is_shown_and_judged_but_not_counted(series, stable):
    spike = stable.copy()
    spike[10] = 40
    for place in (10, "2023-02-01"):
        ours = chart(series(spike), exclude=[place])
        assert ours.limits["centre"][0] == pytest.approx(np.delete(stable, 10).mean())
        assert bool(ours.points["outside"][10])
        assert "Left out" in ours.explain()


def test_a_gap_is_kept_never_bridged_and_breaks_no_run(series):
    values = [5, 7, np.nan, 9, 9, 9, 9, np.nan, 9, 9, 9, 1, 2, 1, 2, 1, 2, 1]
    ours = chart(series(values))
    ranges = [2, 0, 0, 0, 0, 0, 8, 1, 1, 1, 1, 1, 1]
    assert ours.limits["mr_bar"][0] == pytest.approx(np.mean(ranges))
    flagged = ours.points["shift"].to_numpy()
    assert flagged[[1, 3, 4, 5, 6, 8, 9, 10]].all()
    assert not flagged[[2, 7]].any()


def test_assurance_needs_a_target_a_direction_and_strict_distance(series, stable):
    frame = series(stable)
    limits = chart(frame).limits.iloc[0]
    held = {
        (limits["upper"] + 0.1, "down"): "passing",
        (limits["upper"] + 0.1, "up"): "failing",
        (limits["lower"] - 0.1, "down"): "failing",
        (limits["lower"] - 0.1, "up"): "passing",
        (limits["centre"], "up"): "hit-and-miss",
        (limits["upper"], "down"): "hit-and-miss",
    }
    for (target, way), answer in held.items():
        ours = chart(frame, target=target, improvement=way)
        assert ours.icons["assurance"][0] == answer
    edge = chart(frame, target=limits["upper"], improvement="down")
    assert "target equals the upper limit" in edge.explain()
    assert chart(frame, target=5).icons["assurance"][0] is None


def test_where_a_point_is_both_improvement_is_shown_and_both_are_said(series, stable):
    frame = series(np.append(stable[:12], np.linspace(4.6, 6.4, 8)))
    ours = chart(frame, improvement="up")
    assert ours.points["verdict"].iloc[-2] == "improvement"
    assert "both an improvement and a concern" in ours.explain()


def test_no_direction_makes_every_signal_neutral(series, stable):
    ours = chart(series(np.append(stable, 20)))
    assert ours.points["verdict"].iloc[-1] == "neutral"
    assert ours.icons["variation"][0] == "neutral"


def test_a_group_too_short_keeps_its_points_and_gets_no_limits(series, stable):
    both = pd.concat([series(stable).assign(g="a"), series([5.0]).assign(g="b")])
    ours = chart(both, by="g")
    assert ours.limits["sigma"].isna().tolist() == [False, True]
    assert len(ours.points) == 25


def test_targets_by_group(series, stable):
    both = pd.concat([series(stable).assign(g="a"), series(stable).assign(g="b")])
    ours = chart(both, by="g", target={"a": 1, "b": 100}, improvement="down")
    assert ours.icons["assurance"].tolist() == ["failing", "passing"]


def test_everything_is_json(series, stable):
    frame = series(np.append(stable, [np.nan, 20.0])).assign(g="a")
    text = json.dumps(chart(frame, by="g", target=6, improvement="down").to_dict(), allow_nan=False)
    told = json.loads(text)
    assert told["points"][0]["x"] == "2022-04-01"
    assert told["points"][-2]["y"] is None
    assert told["limits"][0]["trial"] is False


def test_the_arithmetic_comes_to_the_limits(series):
    ours = chart(series([6, 7, 5, 9, 6]))
    sums = ours.arithmetic().set_index("step")["value"]
    assert sums["Mean"] == pytest.approx(6.6)
    assert sums["Sum of the moving ranges"] == 10
    assert sums["Mean of the moving ranges"] == 2.5
    assert sums["Upper limit"] == pytest.approx(13.25)
    assert sums["Lower limit"] == pytest.approx(-0.05)
    screened = chart(series([6, 7, 5, 6, 7, 6, 5, 30, 6, 7, 6, 5, 6, 7]), rules="nhsr").arithmetic()
    assert screened.set_index("step")["value"]["Ranges screened out"] == 2


REFUSED = {
    "no column 'rate'": {"y": "rate"},
    "no column 'week'": {"x": "week"},
    "no column 'size'": {"n": "size"},
    "no column 'site'": {"by": "site"},
    "no chart of kind 'pie'": {"kind": "pie"},
    "not a direction": {"improvement": "lower"},
    "constants='three'": {"constants": "three"},
    "run_length=1": {"run_length": 1},
    "baseline=1 is too few": {"baseline": 1},
    "baseline=99 asks for more": {"baseline": 99},
    "baseline='soon' is not a date": {"baseline": "soon"},
    "baseline= takes": {"baseline": (1, 2, 3)},
    "does not fall inside": {"rebase": ["2030-01-01"]},
    "rebase='never' is not a date": {"rebase": {"never": "x"}},
    "is not a point of the data": {"exclude": ["2030-01-01"]},
    "target= must be a number": {"target": "high"},
    "target= names a group": {"target": {"a": 5}},
    "rename that column": {"by": "phase"},
}


@pytest.mark.parametrize("sentence", REFUSED)
def test_a_wrong_argument_is_refused_in_a_sentence(series, stable, sentence):
    frame = series(stable).assign(phase=1)
    with pytest.raises(ChartError, match=sentence) as caught:
        chart(frame, **REFUSED[sentence])
    assert "\n" not in str(caught.value)


BAD_DATA = {
    "no rows": {"x": pd.to_datetime([]), "value": []},
    "has 1 value": {"x": [1, 2], "value": [np.nan, 4]},
    "has no value": {"x": [1, 2], "value": [np.nan, np.nan]},
    "same value in several rows": {"x": [1, 1, 2], "value": [1, 2, 3]},
    "not a number in rows 2 and 3": {"x": [1, 2, 3], "value": ["4", "SECRET", "many"]},
    "is infinite in row 2": {"x": [1, 2, 3], "value": [1, np.inf, 3]},
    "is empty in row 2": {"x": [1, None, 3], "value": [1, 2, 3]},
    "is not a date in row 2": {"x": ["01/04/2024", "SECRET", "03/04/2024"], "value": [1, 2, 3]},
    "larger unit": {"x": [1, 2], "value": [1e200, -1e200]},
    "holds dates": {"x": [1, 2], "value": pd.to_datetime(["2024-01-01", "2024-01-02"])},
}


@pytest.mark.parametrize("sentence", BAD_DATA)
def test_data_that_cannot_be_charted_are_refused_without_telling_a_cell(sentence):
    with pytest.raises(ChartError, match=sentence) as caught:
        chart(pd.DataFrame(BAD_DATA[sentence]))
    assert "SECRET" not in str(caught.value)


def test_dates_as_text_are_day_first():
    frame = pd.DataFrame({"x": ["01/02/2024", "01/03/2024", "13/03/2024"], "value": [1, 2, 3]})
    assert chart(frame).points["x"].dt.month.tolist() == [2, 3, 3]


def test_the_way_in_stays_a_function_whatever_is_imported():
    import importlib
    import pkgutil

    import pcqa_teach.spc as spc

    for module in pkgutil.iter_modules(spc.__path__):
        importlib.import_module(f"pcqa_teach.spc.{module.name}")
    assert all(callable(getattr(spc, name)) for name in ("chart", "chart_file", "Chart", "Rule"))


def test_a_run_chart_with_the_mdc_rules_keeps_those_that_need_no_limits(series, stable):
    ours = chart(series(stable), kind="run", rules="mdc")
    assert [rule.name for rule in ours.rules] == ["shift", "trend"]
