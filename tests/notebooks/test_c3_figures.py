"""Every figure that lesson c3 states is what its data give."""

from __future__ import annotations

import ast
import re
from itertools import combinations
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach.lessons import Key, misconception_cases
from pcqa_teach.variation import sample_size

ROOT = Path(__file__).resolve().parents[2]
PATH = ROOT / "notebooks" / "coach-day2" / "c3_operational_definitions.ipynb"
GAPS = {"Same Day": "Same day", "1 Day": "1 day", "2 to 7 Days": "2 to 7 days"}

pytestmark = pytest.mark.skipif(not PATH.exists(), reason="the lesson is not in this checkout")


def _key(sources: dict[str, str], item: str) -> Key:
    return misconception_cases(sources[f"{item}-test"])


@pytest.fixture(scope="module")
def names(sources: dict[str, str], run_cell: Any) -> dict[str, Any]:
    found: dict[str, Any] = {"pcqa": pcqa}
    for cell in ("c3-idea-chart", "c3-task-2-table"):
        run_cell(sources[cell], found)
    return found


@pytest.fixture(scope="module")
def months(names: dict[str, Any]) -> Any:
    return pcqa.variation.stratify(
        names["london"], events="missed", n="appointments", group="month", stratum="booking gap"
    )


def test_the_worked_example_turns_round_and_its_mix_is_the_sum_shown(names: Any) -> None:
    turned = names["turned"]
    assert turned.kind == "turns round"
    assert turned.together == pytest.approx({"Practice L": 0.048, "Practice M": 0.076})
    assert turned.same_mix == pytest.approx({"Practice L": 0.0705, "Practice M": 0.056})
    assert turned.table["weight"].tolist() == pytest.approx([0.55, 0.45])


def test_two_people_agree_as_often_as_the_first_answer_says(sources: dict[str, str]) -> None:
    tree = ast.parse(sources["c3-task-1-table"])
    assert isinstance(tree.body[0], ast.Assign)
    calls = ast.literal_eval(tree.body[0].value)
    apart = [place for place, (_, one, two) in enumerate(calls, 1) if one != two]
    assert apart == [5, 9, 10, 12]
    expect = _key(sources, "c3-1").expect
    assert expect["same_percent"] == pytest.approx(100 * (12 - len(apart)) / 12, abs=0.05)
    by_call_back = [place for place in apart if "call-back" in calls[place - 1][0]]
    assert expect["same_after"] == 12 - len(apart) + len(by_call_back)
    assert "wrong number" in calls[9][0]


def test_london_turns_round_from_january_to_april_2021(
    sources: dict[str, str], months: Any
) -> None:
    expect = _key(sources, "c3-2").expect
    january, april = (100 * months.together[f"{month} 2021"] for month in ("January", "April"))
    assert (round(january, 2), round(april, 2)) == (expect["january"], expect["april"])
    assert months.kind == "turns round"
    assert months.signs.count(-1) == expect["lower_in"] == 4
    table = months.table
    part = (table["n January 2021"] / table["n January 2021"].sum()).round(3)
    assert part.tolist() == [0.518, 0.129, 0.221, 0.132]
    share = table["share April 2021"]
    assert round(100 * float((part * share).sum()), 2) == expect["april_on_january_mix"]
    said = sources["c3-facilitator-task-2"]
    for was, now in zip(table["share January 2021"], share, strict=True):
        assert f"{100 * was:.2f} to {100 * now:.2f}" in said


def test_each_wrong_second_answer_is_what_its_mistake_gives(
    sources: dict[str, str], months: Any
) -> None:
    table = months.table
    shares = {month: 100 * table[f"share {month} 2021"] for month in ("January", "April")}
    mix = table["n April 2021"] / table["n April 2021"].sum()
    mistakes = {
        "mean_of_the_four": {"january": shares["January"].mean()},
        "mean_of_the_four_again": {"april": shares["April"].mean()},
        "own_mix": {"april_on_january_mix": 100 * months.together["April 2021"]},
        "the_other_way": {"april_on_january_mix": (mix * shares["January"]).sum()},
    }
    stated = {wrong.name: wrong.answer for wrong in _key(sources, "c3-2").misconceptions}
    for name, parts in mistakes.items():
        for what, value in parts.items():
            assert stated[name][what] == pytest.approx(value, abs=0.006), name


def test_londons_counts_are_those_of_the_open_data_and_such_months_are_rare(
    names: Any, shared_data: Path
) -> None:
    rows = pd.read_csv(shared_data / "gpad_london_ccg_month_status_gap.csv")
    gap = rows["TIME_BETWEEN_BOOK_AND_APPT"]
    rows = rows[gap != "Unknown / Data Issue"].assign(gap=gap.map(GAPS).fillna("8 days or more"))
    count = rows.groupby(["month", "gap", "APPT_STATUS"])["COUNT_OF_APPOINTMENTS"].sum().unstack()
    missed, n = count["DNA"], count.sum(axis=1)
    for row in names["london"].to_dict("records"):
        month = {"January 2021": "2021-01-01", "April 2021": "2021-04-01"}[row["month"]]
        at = (month, row["booking gap"])
        assert (missed[at], n[at]) == (row["missed"], row["appointments"])
    share, whole = missed / n, missed.groupby("month").sum() / n.groupby("month").sum()
    assert len(whole) == 30
    turned = [
        (one, two)
        for one, two in combinations(whole.index, 2)
        if ((share[two] - share[one]) * (whole[two] - whole[one]) < 0).all()
    ]
    assert turned == [("2020-12-01", "2021-07-01"), ("2021-01-01", "2021-04-01")]


def test_the_rule_for_the_calculator_is_the_kits_own(sources: dict[str, str]) -> None:
    key = _key(sources, "c3-3")
    ten, five = sample_size(0.1), sample_size(0.05)
    assert (ten, five, 2 * ten) == (97, key.expect["five_points"], key.expect["two_groups"])
    rule = re.search(r"cases = ([\d.]+) divided by the margin, divided", sources["c3-task-3"])
    assert rule
    by_calculator = float(rule[1]) / 0.05 / 0.05
    assert by_calculator == pytest.approx(five, abs=key.within["five_points"])
    told = sources["c3-facilitator-task-3"]
    assert f"{rule[1]} / 0.05 / 0.05 = {by_calculator:.0f} ({five} by the kit" in told
    assert f"of 200 contacts, {sample_size(0.1, population=200)} for a margin of 10" in told
    assert sample_size(0.14) == pytest.approx(ten / 2, abs=1)  # the hint to half as many


def test_the_same_appointments_are_split_three_ways() -> None:
    found = {
        by: pcqa.widgets.split_and_see().split(by).kind
        for by in pcqa.widgets.split_and_see().splits
    }
    assert list(found.values()) == ["turns round", "the same", "differs"]
