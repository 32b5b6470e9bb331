"""Limits to 1e-9 and every flag exactly, against what three R packages answer."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pcqa_teach.spc import chart
from pcqa_teach.spc.episodes import phase_runs
from pcqa_teach.spc.kinds.constants import textbook
from pcqa_teach.spc.runs import anhoej_thresholds

ORACLES = Path(__file__).resolve().parents[1] / "oracles"
EXPECTED = {path.stem: path for path in sorted((ORACLES / "expected").glob("*.csv"))}

CONSTANT = "a constant series has no limits: mean and limits on one line are nonsense"
STOPS = "NHSRplotthedots stops at a missing value: the file holds an error, no numbers"
EMPTY = "a fault of that package: it gives no limits for a g chart at 3 sigma"
UNSOUND = {
    "qcc__g_gaps24__g_nsigmas3": EMPTY,
    "qcc__xmr_constant15__xbar_one_SD": CONSTANT,
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
    frame = pd.read_csv(ORACLES / "inputs" / f"{name}.csv")
    return frame.assign(date=pd.to_datetime(frame["date"])) if "date" in frame else frame


def expected(name: str) -> pd.DataFrame:
    return pd.read_csv(EXPECTED[name])


def same(ours, theirs) -> None:
    np.testing.assert_allclose(
        np.asarray(ours, float), np.asarray(theirs, float), rtol=1e-9, atol=1e-12
    )


def in_order(theirs: pd.DataFrame, keys: list[str], ours: pd.DataFrame) -> pd.DataFrame:
    """Put another package's rows in the order of ours."""
    return theirs.set_index(keys).loc[pd.MultiIndex.from_frame(ours)].reset_index()


QIC = {
    "run": "run", "i": "xmr", "mr": "mr", "p": "p", "pp": "p_prime", "ip": "i_prime", "u": "u",
    "up": "u_prime", "c": "c", "g": "g", "t": "t", "xbar": "xbar", "s": "s",
}  # fmt: skip


@pytest.mark.parametrize("name", sound("qic"))
def test_qicharts2(name):
    _, data, variant = name.split("__")
    theirs, frame = expected(name), given(data)
    kind = QIC[variant.split("_")[0]]
    by = "series" if data == "rule_edge_cases" else None
    x = "date" if "date" in frame else "t"
    ours = chart(
        frame,
        x=x,
        y="y",
        by=by,
        kind=kind,
        rules="anhoej",
        screen=kind != "mr" and "unscreened" not in variant,
        # it counts gaps among the first 12, where we count values: its last date says the same
        baseline=frame[x][11] if variant.endswith("freeze12") else None,
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
    assert "outside" not in points or (points["outside"] == theirs["sigma_signal"]).all()
    if kind != "mr":  # its 95% line of a moving range chart is measured from 0, not from the mean
        same(points["upper2"], theirs["ucl_95"])
        same(points["lower2"], theirs["lcl_95"])
    if "anhoej" not in points:  # we do not count runs among moving ranges, or among spreads
        return
    group = points["series"] if by else np.zeros(len(points))
    signal = points["anhoej"].groupby(group).any()
    assert (signal == theirs["runs_signal"].groupby(group).any()).all()
    for i, (_, rows) in enumerate(theirs.groupby("facet1", sort=False)):
        one = ours.single(ours.icons["series"].iloc[i]) if by else ours
        runs, row = phase_runs(one)[0], rows.iloc[0]
        assert runs.useful == row["n_useful"]
        if runs.useful:
            assert runs.longest == row["longest_run"]
        if runs.useful and "bestbox" not in variant:
            assert runs.most == row["longest_run_max"]
            assert (runs.crossings, runs.fewest) == (row["n_crossings"], row["n_crossings_min"])


QCC = {"R": "r", "S": "s", "p": "p", "np": "np", "u": "u", "c": "c", "ewma": "ewma"}
SHEWHART = [name for name in sound("qcc") if "__g_" not in name and "__cusum" not in name]


@pytest.mark.parametrize("name", SHEWHART)
def test_qcc(name):
    _, data, *more = name.split("__")
    variant = more[0] if more else "xbar_one_MR"
    frame = given("rule_edge_cases" if data.startswith("edge_") else data)
    if data.startswith("edge_"):
        frame = frame[frame["series"] == data[5:]]
    kind, settings = QCC.get(variant.split("_")[0], "xmr"), {}
    if variant == "xbar_one_SD":
        settings = {"sigma": "sd"}
    elif variant.startswith("xbar_") and "one" not in variant:
        kind, settings = "xbar", {"sigma": variant[5:]}
    theirs = expected(name)
    x = "date" if "date" in frame else "t"
    ours = chart(frame, x=x, y="y", kind=kind, rules=["outside"], constants="d2", settings=settings)
    points = ours.points
    same(points["y"], theirs["ewma" if kind == "ewma" else "y"])
    same(points["centre"], theirs["center"])
    same(points["lower"], theirs["lcl"])
    same(points["upper"], theirs["ucl"])
    if kind == "xmr":
        same(ours.limits["sigma"], theirs["std_dev"][:1])
    if "WER1" in theirs:
        assert (points["outside"] == (theirs["WER1"] == 1)).all()


def test_qcc_cusum():
    """Its limits, of h = 5, are not in the file; both its sums are."""
    theirs = expected("qcc__xmr_shift36__cusum_h5_k1")
    ours = chart(given("xmr_shift36"), x="date", y="y", kind="cusum", constants="d2")
    same(ours.points["y"], theirs["pos"])
    same(ours.points["lower_sum"], theirs["neg"])
    assert ours.points[["lower", "upper"]].drop_duplicates().to_numpy().tolist() == [[-5, 5]]
    beyond = (theirs["pos"] > 5) | (theirs["neg"] < -5)
    assert (ours.points["outside"] == beyond).all()
    assert beyond.any()


def test_qcc_g_chart_counts_the_event_itself_and_has_exact_limits():
    """Centre and sigma are ours, one case further on; its limits are of another definition."""
    theirs = expected("qcc__g_gaps24__g_conf9973")
    ours = chart(given("g_gaps24"), x="t", y="y", kind="g")
    same(ours.limits["sigma"], theirs["std_dev"][:1])
    same(given("g_gaps24")["y"].mean() + 1, theirs["center"][0])


def test_constants_of_subgroups_of_2_to_25():
    table = expected("constants")
    for row in table.to_dict("records"):
        ours = textbook(int(row["n"]))
        for name, value in row.items():
            if name != "n":
                assert ours[name] == pytest.approx(value, rel=1e-9), (row["n"], name)
    assert table["n"].tolist() == list(range(2, 26))


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


@pytest.mark.parametrize("name", [n for n in UNSOUND if UNSOUND[n] == EMPTY])
def test_where_a_package_gives_no_limits_we_give_those_of_the_formula(name):
    assert expected(name)[["lcl", "ucl"]].isna().all(axis=None)
    ours = chart(given("g_gaps24"), x="t", y="y", kind="g")
    same(ours.limits["upper"], expected("qic__g_gaps24__g")["ucl"][:1])


def test_every_file_is_either_sound_or_named_with_its_reason():
    alone = {"qcc__g_gaps24__g_conf9973", "qcc__xmr_shift36__cusum_h5_k1", "constants"}
    tried = {*sound("qic"), *SHEWHART, *sound("ptd"), *SUMMARIES, *alone}
    tried.add("qic__anhoej_limits_table")
    funnels = {name for name in EXPECTED if name.startswith("fpr__")}  # in tests/variation
    assert tried | set(UNSOUND) == set(EXPECTED) - funnels


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
