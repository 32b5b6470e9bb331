"""Limits to 1e-9 and every flag exactly, against what three R packages answer."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pcqa_teach.spc import chart
from pcqa_teach.spc.episodes import phase_runs
from pcqa_teach.spc.runs import anhoej_thresholds

ORACLES = Path(__file__).resolve().parents[1] / "oracles"
EXPECTED = {path.stem: path for path in sorted((ORACLES / "expected").glob("*.csv"))}

CONSTANT = "a constant series has no limits: mean and limits on one line are nonsense"
STOPS = "NHSRplotthedots stops at a missing value: the file holds an error, no numbers"
UNSOUND = {
    **dict.fromkeys([name for name in EXPECTED if name.startswith("ptd__xmr_missing30")], STOPS),
    "qic__xmr_constant15__i_unscreened": CONSTANT,
    "qic__xmr_constant15__mr": CONSTANT,
    "qcc__xmr_constant15__xbar_one_MR": CONSTANT,
    "ptd__xmr_constant15__unscreened": CONSTANT,
    "ptd__xmr_constant15__unscreened__summary": CONSTANT,
}


def sound(engine: str) -> list[str]:
    names = [name for name in EXPECTED if name.startswith(engine + "__") and name not in UNSOUND]
    return [name for name in names if not name.endswith(("__summary", "_table"))]


def given(name: str) -> pd.DataFrame:
    return pd.read_csv(ORACLES / "inputs" / f"{name}.csv", parse_dates=["date"])


def expected(name: str) -> pd.DataFrame:
    return pd.read_csv(EXPECTED[name])


def same(ours, theirs) -> None:
    np.testing.assert_allclose(
        np.asarray(ours, float), np.asarray(theirs, float), rtol=1e-9, atol=1e-12
    )


def in_order(theirs: pd.DataFrame, keys: list[str], ours: pd.DataFrame) -> pd.DataFrame:
    """Put another package's rows in the order of ours."""
    return theirs.set_index(keys).loc[pd.MultiIndex.from_frame(ours)].reset_index()


@pytest.mark.parametrize("name", sound("qic"))
def test_qicharts2(name):
    _, data, variant = name.split("__")
    theirs = expected(name)
    kind = {"run": "run", "i": "xmr", "mr": "mr"}[variant.split("_")[0]]
    by = "series" if data == "rule_edge_cases" else None
    ours = chart(
        given(data),
        x="date",
        y="y",
        by=by,
        kind=kind,
        rules="anhoej",
        screen=kind == "xmr" and "unscreened" not in variant,
        # it counts gaps among the first 12, where we count values: its last date says the same
        baseline=given(data)["date"][11] if variant.endswith("freeze12") else None,
        exclude=[16] if variant.endswith("exclude17") else None,
    )
    points = ours.points
    if by:
        step = points.groupby("series").cumcount() + 1
        keys = pd.DataFrame({"facet1": points["series"], "x": step})
        theirs = in_order(theirs, ["facet1", "x"], keys)
    same(points["y"], theirs["y"])
    same(points["centre"], theirs["cl"])
    same(points["lower"], theirs["lcl"])
    same(points["upper"], theirs["ucl"])
    if kind != "mr":  # its 95% line of a moving range chart is measured from 0, not from the mean
        same(points["upper2"], theirs["ucl_95"])
        same(points["lower2"], theirs["lcl_95"])
        group = points["series"] if by else np.zeros(len(points))
        signal = points["anhoej"].groupby(group).any()
        assert (signal == theirs["runs_signal"].groupby(group).any()).all()
    if "outside" in points:
        assert (points["outside"] == theirs["sigma_signal"]).all()
    for i, (_, rows) in enumerate(theirs.groupby("facet1", sort=False)):
        one = ours.single(ours.icons["series"].iloc[i]) if by else ours
        runs, row = phase_runs(one)[0], rows.iloc[0]
        assert runs.useful == row["n_useful"]
        if runs.useful:
            assert runs.longest == row["longest_run"]
        if runs.useful and "bestbox" not in variant:
            assert runs.most == row["longest_run_max"]
            assert (runs.crossings, runs.fewest) == (row["n_crossings"], row["n_crossings_min"])


@pytest.mark.parametrize("name", sound("qcc"))
def test_qcc(name):
    data = name.split("__")[1]
    frame = given("rule_edge_cases" if data.startswith("edge_") else data)
    if data.startswith("edge_"):
        frame = frame[frame["series"] == data[5:]]
    theirs = expected(name)
    ours = chart(frame, x="date", y="y", rules=["outside"], constants="d2")
    same(ours.points["centre"], theirs["center"])
    same(ours.points["lower"], theirs["lcl"])
    same(ours.points["upper"], theirs["ucl"])
    same(ours.limits["sigma"], theirs["std_dev"][:1])
    assert (ours.points["outside"] == (theirs["WER1"] == 1)).all()


RULE_COLUMNS = {
    "outside": "rule_outside",
    "shift": "rule_shift7",
    "trend": "rule_trend7",
    "two_of_three": "rule_2in3",
}
VARIATION = {
    "common_cause": "common",
    "special_cause_improvement": "improvement",
    "special_cause_concern": "concern",
    "special_cause_neutral_low": "neutral",
    "special_cause_neutral_high": "neutral",
}
ASSURANCE = {
    "inconsistent": "hit-and-miss",
    "consistent_pass": "passing",
    "consistent_fail": "failing",
}


def plot_the_dots(name: str):
    """Ours and theirs for one file of NHSRplotthedots."""
    _, data, variant = name.split("__")[:3]
    way = variant.split("_")[-1]
    by = "series" if data == "rule_edge_cases" else None
    ours = chart(
        given(data),
        x="date",
        y="y",
        by=by,
        rules="nhsr",
        improvement={"decrease": "down", "neutral": None}.get(way, "up"),
        screen=False if variant == "unscreened" else None,
        baseline=12 if variant == "fix12" else None,
        target=float(variant[6:8]) if variant.startswith("target") else None,
    )
    theirs = expected(name)
    if by and "f" in theirs and "date" in theirs:
        dates = ours.points["x"].dt.strftime("%Y-%m-%d")
        keys = pd.DataFrame({"f": ours.points["series"], "date": dates})
        theirs = in_order(theirs, ["f", "date"], keys)
    return ours, theirs


@pytest.mark.parametrize("name", sound("ptd"))
def test_plot_the_dots_limits_and_every_rule_by_itself(name):
    ours, theirs = plot_the_dots(name)
    points = ours.points
    same(points["y"], theirs["y"])
    same(points["centre"], theirs["mean_col"])
    same(points["lower"], theirs["lpl"])
    same(points["upper"], theirs["upl"])
    for rule, column in RULE_COLUMNS.items():
        assert (points[rule] == (theirs[column] == 1)).all(), rule
    assert (points["signal"] == theirs["special_cause_flag"]).all()


@pytest.mark.parametrize("name", sound("ptd"))
def test_plot_the_dots_verdicts_differ_only_where_a_point_is_both(name):
    """That package keeps one rule a point; Making Data Count's tool lets improvement win."""
    ours, theirs = plot_the_dots(name)
    verdict = ours.points["verdict"].astype(str)
    differs = (theirs["point_type"].map(VARIATION) != verdict).to_numpy()
    assert (ours.workings.up & ours.workings.down)[differs].all()
    assert (verdict[differs] == "improvement").all()


SUMMARIES = [name for name in EXPECTED if name.endswith("__summary") and name not in UNSOUND]


@pytest.mark.parametrize("name", SUMMARIES)
def test_plot_the_dots_icons(name):
    ours, theirs = plot_the_dots(name)
    if ours.by:
        theirs = theirs.set_index("f").loc[ours.icons["series"]].reset_index()
    both = (ours.workings.up & ours.workings.down)[_latest(ours)]
    agrees = theirs["variation_type"].map(VARIATION) == ours.icons["variation"].astype(str)
    assert (agrees | both).all()
    same(ours.limits["centre"], theirs["mean_col"])
    same(ours.limits["lower"], theirs["lpl"])
    if "assurance_type" in theirs:
        assert list(ours.icons["assurance"]) == list(theirs["assurance_type"].map(ASSURANCE))


def _latest(ours) -> np.ndarray:
    starts = ours.workings.series.group_starts
    return np.append(starts[1:], len(ours.points)) - 1


def test_anhoej_thresholds_as_qicharts2_tabulates_them():
    table = expected("qic__anhoej_limits_table")
    longest, crossings = anhoej_thresholds(table["n_useful"].to_numpy())
    assert (longest == table["longest_run_max"]).all()
    assert (crossings == table["n_crossings_min"]).all()


@pytest.mark.parametrize("name", [n for n in UNSOUND if UNSOUND[n] == CONSTANT])
def test_a_constant_series_has_no_limits_and_says_so(name):
    kind = "mr" if name.endswith("__mr") else "xmr"
    ours = chart(given("xmr_constant15"), x="date", y="y", kind=kind)
    assert ours.limits[["lower", "upper", "sigma"]].isna().all(axis=None)
    assert not ours.points["signal"].any()
    assert "no limits" in ours.explain()


@pytest.mark.parametrize("name", [n for n in UNSOUND if UNSOUND[n] == STOPS])
def test_where_plot_the_dots_stops_at_a_missing_value_we_draw_the_gap(name):
    assert list(expected(name).columns) == ["error"]
    ours = chart(given("xmr_missing30"), x="date", y="y", rules="nhsr")
    gap = ours.points["y"].isna()
    assert gap.sum() == 3
    assert not ours.points.loc[gap, "signal"].any()
    same(ours.points["centre"], expected("qic__xmr_missing30__i_screened")["cl"])
    assert "3 values are missing" in ours.explain()


def test_every_file_is_either_sound_or_named_with_its_reason():
    tried = {*sound("qic"), *sound("qcc"), *sound("ptd"), *SUMMARIES, "qic__anhoej_limits_table"}
    assert tried | set(UNSOUND) == set(EXPECTED)


def test_london_missed_appointments(shared_data):
    path = shared_data / "gpad_london_ccg_month_status_gap.csv"
    if not path.is_file():
        pytest.skip("gpad_london_ccg_month_status_gap.csv is not beside this checkout")
    rows = pd.read_csv(path)
    count = rows.pivot_table(
        index="month", columns="APPT_STATUS", values="COUNT_OF_APPOINTMENTS", aggfunc="sum"
    ).loc["2019-03-01":"2020-02-01"]
    month = pd.DataFrame({"x": pd.to_datetime(count.index), "n": count.sum(axis=1).to_numpy()})
    month["value"] = 100 * count["DNA"].to_numpy() / month["n"]
    limits = chart(month, improvement="down").limits.iloc[0]
    assert len(month) == 12
    assert limits["centre"] == pytest.approx(6.66, abs=0.005)
    assert limits["mr_bar"] == pytest.approx(0.213, abs=0.0005)
    assert limits["lower"] == pytest.approx(6.10, abs=0.005)
    assert limits["upper"] == pytest.approx(7.23, abs=0.005)
    assert limits["trial"]
