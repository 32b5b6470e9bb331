"""Every figure that lesson b3 states is what its data give."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach.lessons import Key, misconception_cases

ROOT = Path(__file__).resolve().parents[2]
PATH = ROOT / "notebooks" / "core-day1" / "b3_plot_the_dots.ipynb"

pytestmark = pytest.mark.skipif(not PATH.exists(), reason="the lesson is not in this checkout")


def _key(sources: dict[str, str], item: str) -> Key:
    return misconception_cases(sources[f"{item}-test"])


def _listed(source: str, name: str) -> list[float]:
    inside = re.findall(rf"^{name} \+?= \[(.*?)\]", source, re.MULTILINE)
    assert inside
    return [float(number) for number in re.findall(r"\d+\.\d+", " ".join(inside))]


def _chart(values: list[float], improvement: str) -> Any:
    frame = pd.DataFrame({"x": range(1, len(values) + 1), "value": values})
    return pcqa.spc.chart(frame, n=None, improvement=improvement)


@pytest.fixture(scope="module")
def london(sources: dict[str, str]) -> list[float]:
    return _listed(sources["b3-run-chart"], "share")


@pytest.fixture(scope="module")
def phones(sources: dict[str, str]) -> list[float]:
    first, last = re.findall(r"\d{4}-\d\d-\d\d", sources["b3-task-1-table"])
    demo = pcqa.load_demo("calls_daily")
    return demo.loc[demo["date"].between(first, last), "answered"].tolist()


@pytest.fixture(scope="module")
def waits(sources: dict[str, str]) -> list[float]:
    return _listed(sources["b3-task-2-chart"], "waits")


def test_london_has_the_published_mean_moving_range_and_limits(london: list[float]) -> None:
    limits = _chart(london, "down").limits.iloc[0]
    assert len(london) == 12
    assert round(limits["centre"], 2) == 6.66
    assert round(limits["mr_bar"], 3) == 0.213
    assert (round(limits["lower"], 2), round(limits["upper"], 2)) == (6.10, 7.23)


def test_londons_values_are_those_of_the_open_data(london: list[float], shared_data: Path) -> None:
    rows = pd.read_csv(shared_data / "gpad_london_ccg_month_status_gap.csv")
    rows = rows[rows["month"].between("2019-03-01", "2020-02-01")]
    count = rows.groupby(["month", "APPT_STATUS"])["COUNT_OF_APPOINTMENTS"].sum().unstack()
    share = 100 * count["DNA"] / count.sum(axis=1)
    assert london == pytest.approx(share.tolist(), abs=0.0005)


def test_no_month_of_london_is_a_signal(london: list[float]) -> None:
    assert not _chart(london, "down").points["signal"].any()


def test_the_first_answer_is_what_the_chart_of_the_telephones_says(
    sources: dict[str, str], phones: list[float]
) -> None:
    limits = _chart(phones, "up").limits.iloc[0]
    key = _key(sources, "b3-1")
    names = {"mean": "centre", "mean_moving_range": "mr_bar", "lower": "lower", "upper": "upper"}
    assert {part: round(limits[name], 2) for part, name in names.items()} == key.expect
    assert not limits["trial"]


def test_each_wrong_first_answer_is_what_its_mistake_gives(
    sources: dict[str, str], phones: list[float]
) -> None:
    values = pd.Series(phones)
    moves = values.diff().abs().dropna()
    mean, step, spread = values.mean(), moves.mean(), values.std()
    mistakes = {
        "overall_sd": {"lower": mean - 3 * spread, "upper": mean + 3 * spread},
        "divided_by_the_days": {"mean_moving_range": moves.sum() / len(values)},
        "kept_the_sign": {"mean_moving_range": values.diff().mean()},
        "median_of_the_moves": {"mean_moving_range": moves.median()},
        "median": {"mean": values.median()},
        "three_moving_ranges": {"lower": mean - 3 * step, "upper": mean + 3 * step},
        "distance_not_limit": {"upper": 2.66 * step},
        "largest_and_smallest": {"lower": values.min(), "upper": values.max()},
        "upside_down": {"lower": mean + 2.66 * step, "upper": mean - 2.66 * step},
    }
    stated = {wrong.name: wrong.answer for wrong in _key(sources, "b3-1").misconceptions}
    assert set(stated) == set(mistakes)
    for name, parts in mistakes.items():
        for part, value in parts.items():
            assert stated[name][part] == pytest.approx(value, abs=0.06), (name, part)


def test_the_outage_is_hidden_by_the_overall_sd_and_shown_by_the_moving_range(
    sources: dict[str, str], phones: list[float]
) -> None:
    values = pd.Series(phones)
    chart = _chart(phones, "up")
    wide = 3 * values.std()
    outside = {
        "outside_in_A": int((abs(values - values.mean()) > wide).sum()),
        "outside_in_B": int(chart.points["outside"].sum()),
    }
    assert _key(sources, "b3-2").expect == {**outside, "on_the_wall": "B"}
    assert chart.points.loc[chart.points["outside"], "x"].tolist() == [3]
    assert int(chart.points["signal"].sum()) == 1


def test_the_third_answer_is_what_the_rules_say(
    sources: dict[str, str], waits: list[float]
) -> None:
    points = _chart(waits, "down").points
    rules = ("outside", "shift", "trend", "two_of_three")
    found = {rule: "yes" if points[rule].any() else "no" for rule in rules}
    first = int(points.loc[points["signal"], "x"].iloc[0])
    assert _key(sources, "b3-3").expect == {**found, "dot": first}


def test_the_near_misses_of_task_2_are_there(waits: list[float]) -> None:
    points = _chart(waits, "down").points
    far = (points["y"] > points["upper2"]) | (points["y"] < points["lower2"])
    assert points.loc[far, "x"].tolist() == [13, 14]
    assert sorted(waits[7:13]) == waits[7:13]
    assert waits[6] > waits[7]
    assert waits[13] < waits[12]


def test_the_icons_of_the_fourth_answer_are_the_charts_own(
    sources: dict[str, str], phones: list[float], waits: list[float]
) -> None:
    letters = {"improvement": "A", "concern": "B", "common": "C", "neutral": "D"}
    expect = _key(sources, "b3-4").expect
    for name, chart in {"phones": _chart(phones, "up"), "waits": _chart(waits, "down")}.items():
        assert expect[f"{name}_icon"] == letters[chart.icons["variation"].iloc[0]]
