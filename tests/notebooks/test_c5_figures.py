"""Every figure that lesson c5 states is what its data give."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach.lessons import Key, misconception_cases
from pcqa_teach.spc import choose

ROOT = Path(__file__).resolve().parents[2]
PATH = ROOT / "notebooks" / "coach-day3" / "c5_which_chart_when.ipynb"

pytestmark = pytest.mark.skipif(not PATH.exists(), reason="the lesson is not in this checkout")

# What the twelve cases of task 1 say of a dot, as the kit's own chooser asks it.
TOLD: dict[str, tuple[str, dict[str, Any]]] = {
    "1": ("value", {}),
    "2": ("share", {"typical": 50}),
    "3": ("share", {"typical": 40_000}),
    "4": ("count", {"typical": 6}),
    "5": ("gap", {}),
    "6": ("gap", {"in_time": False}),
    "7": ("count", {"typical": 12, "same_chance": False}),
    "8": ("value", {"dots": 8}),
    "9": ("share", {"typical": 30}),
    "10": ("share", {"typical": 30_000}),
    "11": ("value", {}),
    "12": ("count", {"typical": 25, "same_chance": False}),
}


def _key(sources: dict[str, str], item: str) -> Key:
    return misconception_cases(sources[f"{item}-test"])


@pytest.fixture(scope="module")
def names(sources: dict[str, str], run_cell: Any) -> dict[str, Any]:
    found: dict[str, Any] = {"pcqa": pcqa, "demo": pcqa.load_demo("calls_daily")}
    cells = ("p-chart", "xmr-chart", "worked-table", "task-2-table", "break", "weekdays")
    for cell in cells:
        found[f"shown {cell}"] = run_cell(sources[f"c5-{cell}"], found)
    return found


def test_ten_of_londons_months_are_outside_a_p_chart_and_none_an_xmr_chart(
    names: dict[str, Any],
) -> None:
    assert int(names["as_p"].points["outside"].sum()) == 10
    assert not names["as_xmr"].points["signal"].any()
    line = names["as_xmr"].limits.iloc[0]
    assert (round(line["lower"], 2), round(line["upper"], 2)) == (6.10, 7.23)
    stretched = pcqa.spc.chart(names["london"], kind="p_prime")
    assert not stretched.points["outside"].any()
    assert round(float(stretched.limits["sigma_z"].iloc[0]), 1) == 14.1


def test_londons_counts_are_those_of_the_open_data(
    names: dict[str, Any], shared_data: Path
) -> None:
    rows = pd.read_csv(shared_data / "gpad_london_ccg_month_status_gap.csv")
    rows = rows[rows["month"].between("2019-03-01", "2020-02-01")]
    count = rows.groupby(["month", "APPT_STATUS"])["COUNT_OF_APPOINTMENTS"].sum().unstack()
    assert names["missed"] == count["DNA"].tolist()
    assert names["held"] == count.sum(axis=1).tolist()


def test_the_worked_limits_are_what_the_sum_gives(
    names: dict[str, Any], sources: dict[str, str]
) -> None:
    rows = names["rows"]
    assert [row["Limits of a p chart"] for row in rows] == [
        "0.00% to 16.32%", "4.29% to 9.03%", "6.62% to 6.70%",
    ]  # fmt: skip
    assert [row["Three of them"] for row in rows] == ["9.66", "2.37", "0.0406"]
    line = names["as_xmr"].limits.iloc[0]
    assert round((line["upper"] - line["lower"]) / 2, 2) == 0.57
    assert round((line["upper"] - line["lower"]) / 2 / float(rows[2]["Three of them"])) == 14
    assert "**fourteen times**" in sources["c5-worked-two"]


def test_the_charts_of_the_twelve_cases_are_those_of_the_kits_chooser(
    sources: dict[str, str],
) -> None:
    expect = _key(sources, "c5-1").expect
    assert {case: choose(dot, **asked).kind for case, (dot, asked) in TOLD.items()} == expect


def test_the_hospital_is_outside_as_often_as_the_second_answer_says(
    names: dict[str, Any], sources: dict[str, str]
) -> None:
    expect = _key(sources, "c5-2").expect
    outside = {name: chart.points["outside"] for name, chart in names["three"].items()}
    keys = {"p": "outside_p", "p'": "outside_p_prime", "XmR": "outside_xmr"}
    assert {keys[name]: int(one.sum()) for name, one in outside.items()} == {
        name: value for name, value in expect.items() if name != "say"
    }
    winter = [f"{one:%b}" for one in names["months"][outside["XmR"].to_numpy()]]
    assert winter == ["Dec", "Jan", "Feb"]
    assert outside["p'"].tolist() == outside["XmR"].tolist()
    assert [f"{one:%b %Y}" for one in names["months"][~outside["p"].to_numpy()]] == ["May 2017"]
    points = names["three"]["p"].points
    assert int((points["y"] > points["upper"]).sum()) == 4


def test_what_the_table_rounds_does_not_move_a_month_across_a_limit(
    names: dict[str, Any],
) -> None:
    share = names["percent"].round(1).tolist()
    for name, chart in names["three"].items():
        pairs = [one.split(" to ") for one in names["limits_said"](name)]
        read = [
            not float(low) <= y <= float(high) for y, (low, high) in zip(share, pairs, strict=True)
        ]
        assert read == chart.points["outside"].tolist(), name


def test_the_hospitals_figures_are_those_of_the_open_data(
    names: dict[str, Any], shared_data: Path
) -> None:
    rows = pd.read_csv(shared_data / "nhsr_ae_attendances.csv")
    rows = rows[(rows["org_code"] == "RF4") & (rows["type"].astype(str) == "1")]
    rows = rows[rows["period"].between("2017-03-01", "2018-02-01")].sort_values("period")
    assert rows["breaches"].astype(int).tolist() == names["waited"]
    assert rows["attendances"].astype(int).tolist() == names["came"]


def test_the_break_is_flagged_in_the_publication(names: dict[str, Any], shared_data: Path) -> None:
    rows = pd.read_csv(shared_data / "cbt_monthly_trend_2025-10_2026-08.csv")
    assert (100 * rows["answered_under_2min_published"]).round(1).tolist() == names["under_two"]
    flagged = rows.loc[rows["wait_time_series_break"], "month"]
    assert flagged.tolist() == ["2026-06", "2026-07", "2026-08"]


def test_days_in_a_row_have_wider_limits_than_mondays(names: dict[str, Any]) -> None:
    frame = names["shown weekdays"].frame.set_index("Days")
    assert frame["Limits"].tolist() == ["120 to 415", "265 to 438", "186 to 330"]
    assert frame["Dots"].tolist() == [60, 12, 12]


@pytest.mark.parametrize(
    ("points", "alike", "share"),
    [
        (12, 0.0, 4.6),
        (24, 0.0, 15.4),
        (36, 0.0, 25.9),
        (52, 0.0, 38.2),
        (24, 0.3, 43.3),
        (24, 0.5, 69.0),
    ],
)
def test_the_false_alarms_are_what_simulation_gives(
    points: int, alike: float, share: float, sources: dict[str, str], run_cell: Any
) -> None:
    names: dict[str, Any] = {"pcqa": pcqa, "pd": pd}
    run_cell(sources["c5-task-3-table"], names)
    assert 100 * names["found"][alike][points] == pytest.approx(share)
    found = pcqa.variation.false_alarm_rate(points, autocorrelation=alike, charts=4000)
    assert abs(100 * found.share - share) < 400 * found.error


def test_the_third_answer_is_twenty_times_the_table(sources: dict[str, str]) -> None:
    expect = _key(sources, "c5-3").expect
    assert expect["at_24"] == pytest.approx(20 * 0.154, abs=0.05)
    assert expect["at_52"] == pytest.approx(20 * 0.382, abs=0.05)
    assert expect["alike"] == pytest.approx(20 * 0.433, abs=0.05)
    assert "15 in 100 charts of 24 dots, 38 in 100 of 52" in sources["c5-key"]


def test_how_often_an_honest_count_moves_less_than_chance(sources: dict[str, str]) -> None:
    draw = np.random.default_rng(1)
    found = []
    for dots in (8, 12, 24):
        z = draw.standard_normal((20_000, dots))
        moved = np.abs(np.diff(z)).mean(axis=1) / 1.128
        found.append(round(100 * float((moved < 0.67).mean())))
    assert found == pytest.approx([16, 10, 3], abs=1)
    said = "16 in 100 stretches of 8 dots lie below 0.67, 10 of 12 dots, 3 of 24"
    assert said in sources["c5-words"]
    assert "stretch < 0.67" in sources["c5-own-words"]
