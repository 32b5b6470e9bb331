"""Every figure that lesson b11 states is what its data, or its own tables, give."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from contextlib import redirect_stdout
from math import comb
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach.errors import DataError
from pcqa_teach.lessons import Key, misconception_cases
from pcqa_teach.widgets.pdsa import PdsaOnAChart

ROOT = Path(__file__).resolve().parents[2]
EXPORTS = ROOT / "data" / "synthetic" / "exports"
PATH = ROOT / "notebooks" / "core-day3" / "b11_model_for_improvement.ipynb"

pytestmark = pytest.mark.skipif(not PATH.exists(), reason="the lesson is not in this checkout")


def _key(sources: dict[str, str], item: str) -> Key:
    return misconception_cases(sources[f"{item}-test"])


@pytest.fixture(scope="module")
def names(
    sources: dict[str, str], run_cell: Callable[[str, dict[str, Any]], Any]
) -> dict[str, Any]:
    """Return the names that the lesson's first cells leave."""
    names: dict[str, Any] = {}
    exec(sources["b11-setup"], names)
    run_cell(sources["b11-log"], names)
    names["baseline"] = run_cell(sources["b11-baseline"], names)
    run_cell(sources["b11-sums"], names)
    return names


@pytest.fixture(scope="module")
def activity(
    sources: dict[str, str], names: dict[str, Any], run_cell: Callable[[str, dict[str, Any]], Any]
) -> PdsaOnAChart:
    return run_cell(sources["b11-widget"], names)


@pytest.fixture(scope="module")
def returned(sources: dict[str, str]) -> list[float]:
    lists = re.findall(r"^returned \+?= \[(.*?)\]", sources["b11-task-3-chart"], re.MULTILINE)
    return [float(number) for number in ", ".join(lists).split(", ")]


def test_the_log_holds_no_expectation_and_no_later_line(names: dict[str, Any]) -> None:
    assert len(names["early"]) == 5
    assert names["early"]["date"].max() == pd.Timestamp("2024-10-08")
    assert list(names["early"].columns) == ["date", "change", "by"]


def test_the_baseline_is_steady_and_never_meets_the_goal(
    sources: dict[str, str], names: dict[str, Any]
) -> None:
    chart = names["baseline"]
    assert not chart.points["signal"].any()
    assert len(chart.points) == names["BASELINE"] == 21
    assert round(chart.limits["centre"].iloc[0], 1) == 6.9
    assert chart.limits["lower"].iloc[0] > 3.5
    assert "from 6.9 to 3.5 a working day" in sources["b11-idea-two"]


def test_what_would_have_happened_anyway_is_a_fifth(
    sources: dict[str, str], names: dict[str, Any]
) -> None:
    assert (names["asks"], names["normal"], names["people"]) == (34, 170, 30)
    assert names["without"] == 6
    by_chance = sum(comb(30, k) * 0.2**k * 0.8 ** (30 - k) for k in range(3))
    assert round(100 * by_chance) == 4
    assert "about 4 times in 100" in sources["b11-worked-two"]
    assert "at most 2 of the 30 will ask for their result.*" in sources["b11-worked-two"]
    assert "promised day" not in "".join(sources.values())  # the tally knows no promised day


def test_the_tests_before_the_last_were_not_to_be_seen_on_the_chart(
    activity: PdsaOnAChart,
) -> None:
    assert [test["value"] for test in activity.tests[:3]] == [0, 3, 2]
    assert activity.since(1) == []
    assert activity.since(2) == ["outside"]
    assert activity.since(3) == []
    points = activity.chart(2).points
    assert points.loc[points["outside"], "x"].tolist() == [pd.Timestamp("2024-10-28")]
    days = pcqa.load_demo("demand_day")
    days = days[days["date"].between("2024-09-02", "2024-11-22")]  # the twelve weeks of lesson B9
    weeks = days.resample("W-MON", on="date", label="left", closed="left")[["asks", "slots"]].sum()
    assert weeks["asks"].idxmax() == weeks["slots"].idxmin() == pd.Timestamp("2024-10-28")
    compared = activity.log(3).table["compared"].tolist()
    assert compared == ["as predicted", "higher than predicted", "as predicted"]


def test_the_last_test_is_seen_as_a_shift_and_went_as_predicted(
    sources: dict[str, str], activity: PdsaOnAChart
) -> None:
    last = activity.tests[-1]
    assert last["value"] == 3.3
    assert "3.3 a working day over eight weeks" in sources["b11-facilitator-predict"]
    assert activity.log(4).table["compared"].iloc[-1] == "as predicted"
    assert {"outside", "shift"} <= set(activity.since(4))
    points = activity.chart(4).points
    assert points.loc[points["shift"], "x"].iloc[0] == pd.Timestamp("2024-11-25")
    assert int(points["shift"].sum()) == 8


def test_without_a_text_so_many_of_each_test_would_have_asked(activity: PdsaOnAChart) -> None:
    anyway = [test["size"] * 34 / 170 for test in activity.tests[:3]]
    assert anyway == [1, 4, 8]
    assert "one of the five would have asked" in activity.tests[0]["taught"]
    assert "Eight of forty would have asked" in activity.tests[2]["taught"]
    assert "some 340" in activity.tests[2]["taught"]


def test_the_change_for_all_is_in_the_practices_log(
    names: dict[str, Any], activity: PdsaOnAChart
) -> None:
    log = names["log"]
    line = log[log["change"].str.contains("text message")].iloc[0]
    begun = pd.to_datetime(activity.tests[-1]["done_on"], dayfirst=True)
    assert 0 <= (begun - line["date"]).days <= 1
    january = log[log["date"].dt.year == 2025]["change"].iloc[0]
    assert "call-back" in january


def test_six_faults_are_used_once_and_two_are_left_over(sources: dict[str, str]) -> None:
    faults = _key(sources, "b11-1").expect
    offered = re.findall(r'\| `"([A-H])"` \|', sources["b11-task-1-ask"])
    assert len(set(faults.values())) == len(faults) == 6
    assert set(offered) - set(faults.values()) == {"G", "H"}
    listed = ", ".join(f"{place} {letter}" for place, letter in faults.items())
    assert f"**Answers.** {listed}." in sources["b11-facilitator-task-1"]


def test_the_third_answer_is_what_the_ramp_gives(
    sources: dict[str, str], returned: list[float]
) -> None:
    before, ramp = returned[:12], returned[12:]
    mean = sum(before) / 12
    assert mean == pytest.approx(10.0)
    assert len(ramp) == 12
    run = next(i for i, value in enumerate(reversed(returned)) if value >= mean)
    last_five = sum(returned[19:]) / 5
    assert _key(sources, "b11-3").expect == {
        "in_a_row": run,
        "mean": round(last_five, 1),
        "fall": round(100 * (mean - last_five) / mean),
        "next": 3,
    }


def test_the_ramp_shows_a_shift_and_no_other_signal(returned: list[float]) -> None:
    frame = pd.DataFrame({"x": range(1, 25), "value": returned})
    points = pcqa.spc.chart(frame, n=None, baseline=12, improvement="down").points
    assert points.loc[points["shift"], "x"].tolist() == [*range(18, 25)]
    assert not points[["outside", "trend", "two_of_three"]].any(axis=None)


def test_each_wrong_third_answer_is_what_its_mistake_gives(
    sources: dict[str, str], returned: list[float]
) -> None:
    ramp, last = returned[12:], returned[19:]
    mistakes = {
        "since_the_last_test": {"in_a_row": len(last)},
        "all_that_are_below": {"in_a_row": sum(value < 10 for value in ramp)},
        "the_whole_ramp": {"in_a_row": len(ramp)},
        "mean_of_the_ramp": {"mean": sum(ramp) / 12},
        "only_the_last_dot": {"mean": last[-1], "fall": 10 * (10 - last[-1])},
        "median_of_five": {"mean": sorted(last)[2]},
        "points_not_per_cent": {"fall": 10 - sum(last) / 5},
        "share_of_the_way": {"fall": 100 * (10 - sum(last) / 5) / (10 - 5)},
        "what_is_left": {"fall": 100 * sum(last) / 5 / 10},
    }
    stated = {wrong.name: wrong.answer for wrong in _key(sources, "b11-3").misconceptions}
    assert set(mistakes) | {"close_it", "failed", "no_signal", "tidy_limits"} == set(stated)
    for name, parts in mistakes.items():
        for part, value in parts.items():
            assert stated[name][part] == pytest.approx(value, abs=0.001), (name, part)


def test_the_evidence_is_that_of_the_published_review(sources: dict[str, str]) -> None:
    said = sources["b11-wrong"]
    for claim in (
        "120 published projects",
        "98% reported",
        f"{100 * 32 / 120:.0f}% had",
        "Of the 72",
        f"{100 * 3 / 72:.0f}% showed",
    ):
        assert claim in said


def test_the_model_answers_chance_is_that_of_three_piles(sources: dict[str, str]) -> None:
    assert "into three piles" in sources["b11-4"]
    assert f"it would be about {20 / 3:.0f} of 20" in sources["b11-4"]


def test_the_lines_to_copy_are_those_of_the_model_answer(sources: dict[str, str]) -> None:
    labels = r"^\*\*([^*]+):\*\*"
    copied = re.findall(labels, sources["b11-monday"], re.MULTILINE)
    assert copied == re.findall(labels, sources["b11-4"], re.MULTILINE)
    assert {"Question", "Prediction", "Plan"} <= set(copied)


OWN = ["b11-setup", "b11-log", "b11-parameters", "b11-own-chart", "b11-own-family"]


def _own(sources: dict[str, str], export: Path | None) -> tuple[dict[str, Any], str]:
    """Run what the section on one's own data needs; return the names it left and what it said."""
    names: dict[str, Any] = {}
    said = io.StringIO()
    with redirect_stdout(said):
        for cell in OWN:
            exec(sources[cell], names)
            if cell.endswith("parameters"):
                names["export"] = export
    return names, said.getvalue()


BOOKS = ("systmone", "emis_slots", "gpad_practice")  # exports that say what became of each


@pytest.mark.parametrize(
    "name",
    [None, *sorted(path.name for path in EXPORTS.glob("*.*") if path.name.startswith(BOOKS))],
)
def test_the_section_on_ones_own_data_answers_or_says_what_is_lacking(
    sources: dict[str, str], name: str | None
) -> None:
    export = EXPORTS / name if name else None
    if name and "overlap" in name:
        with pytest.raises(DataError, match="at least 12"):
            _own(sources, export)
        return
    names, said = _own(sources, export)
    kept = names["kept"]
    assert {f"{kind}_mean" for kind in ("outcome", "process", "balancing")} <= set(kept)
    for kind in ("outcome", "process", "balancing"):
        assert kept[f"{kind}_lower"] <= kept[f"{kind}_mean"] <= kept[f"{kind}_upper"]
    assert "would be a signal" in said


@pytest.mark.parametrize("kind", ["emis_crosstab", "gpad_daily", "cbt_day_time", "anima_audit"])
def test_an_export_without_outcomes_is_refused_in_a_sentence(
    sources: dict[str, str], kind: str
) -> None:
    with pytest.raises(DataError, match=r"does not say what became of|not a table of appointments"):
        _own(sources, EXPORTS / f"{kind}_dirty.csv")
