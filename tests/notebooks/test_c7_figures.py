"""Every figure that lesson c7 states is what its data give."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach import demand
from pcqa_teach.lessons import Key, misconception_cases
from pcqa_teach.variation import sample_size, wilson
from pcqa_teach.widgets import assessment_board

ROOT = Path(__file__).resolve().parents[2]
PATH = ROOT / "notebooks" / "coach-day4" / "c7_failure_demand_assessment.ipynb"

pytestmark = pytest.mark.skipif(not PATH.exists(), reason="the lesson is not in this checkout")


def _key(sources: dict[str, str], item: str) -> Key:
    return misconception_cases(sources[f"{item}-test"])


def _by_hand(count: int, of: int) -> tuple[float, float]:
    share = (count + 2) / (of + 4)
    reach = 2 * np.sqrt(share * (1 - share) / (of + 4))
    return 100 * (share - reach), 100 * (share + reach)


@pytest.fixture(scope="module")
def causes(sources: dict[str, str]) -> dict[str, tuple[int, str]]:
    for one in ast.parse(sources["c7-task-3-table"]).body:
        if isinstance(one, ast.Assign) and ast.unparse(one.targets[0]) == "causes":
            return ast.literal_eval(one.value)
    raise AssertionError


@pytest.fixture(scope="module")
def coded(causes: dict[str, tuple[int, str]]) -> Any:
    rows: list[dict[str, Any]] = [{"code": "value", "cause": None}] * 196
    for cause, (count, lever) in causes.items():
        code = "failure-practice" if lever == "in the practice" else "failure-system"
        rows += [{"code": code, "cause": cause}] * count
    return demand.failure_demand(pd.DataFrame(rows), cause="cause")


def test_riverside_is_near_what_was_planted(sources: dict[str, str]) -> None:
    doors = {"Telephone": 780, "Online form": 300, "Front desk": 140, "Email": 40}
    found = demand.from_tally(pcqa.load_demo("tally"), doors)
    row = found.row("failure demand")
    assert found.n == 420
    assert row["lower"] < 22 < row["upper"]
    half = found.row("failure demand: wider system")["count"] / row["count"]
    assert half == pytest.approx(0.5, abs=0.06)
    unknown = int(found.row("failure demand: not yet known")["count"])
    assert unknown == 10
    assert "Ten contacts have no lever yet" in sources["c7-facilitator-idea"]


def test_the_worked_example_adds_up(sources: dict[str, str]) -> None:
    told = sources["c7-worked"]
    size = round(4 * 0.3 * 0.7 / 0.1**2)
    low, high = _by_hand(20, size)
    for said in (
        f"4 × 0.3 × 0.7 / (0.1 × 0.1) = **{size}** contacts",
        f"the kit says {sample_size(0.1, share=0.3)} too",
        f"20 / {size} = **{100 * 20 / size:.0f}%**",
        f"From **{low:.0f}%** to **{high:.0f}%**",
        f"20 / {size} × 5 minutes = **{600 * 20 / size * 5:.0f} minutes** a week",
    ):
        assert said in told
    [exact] = wilson(20, size).to_dict("records")
    hours = [round(600 * exact[end] * 5 / 60) for end in ("lower", "upper")]
    assert f"{hours[0]} to {hours[1]} hours" in told


def test_the_design_of_task_1(sources: dict[str, str]) -> None:
    key = _key(sources, "c7-1")
    with_four, with_z = 4 * 0.2 * 0.8 / 0.05**2, sample_size(0.05, share=0.2)
    answers = sources["c7-facilitator-task-1"]
    assert f"4 × 0.2 × 0.8 / 0.0025 = {with_four:.0f} ({with_z} with 3.84)" in answers
    told = re.search(
        r"([\d,]+) contacts a week: (\d+) by telephone, (\d+) by online form, (\d+) at the desk",
        sources["c7-task-1"],
    )
    assert told
    week, calls, forms, desk = (int(one.replace(",", "")) for one in told.groups())
    assert calls + forms + desk == week
    for size in (with_four, with_z):
        assert size == pytest.approx(key.expect["contacts"], abs=key.within["contacts"])
        telephone = size * calls / week
        assert telephone == pytest.approx(key.expect["telephone"], abs=key.within["telephone"])
        assert int(week // size) == key.expect["every"]
    assert f"One in five gives {week // 5}, fewer than you need" in sources["c7-1-test"]
    assert f"every fourth, which gives {week // 4}" in answers


def test_the_share_of_task_2(sources: dict[str, str]) -> None:
    key = _key(sources, "c7-2")
    low, high = _by_hand(54, 250)
    [exact] = wilson(54, 250).to_dict("records")
    assert key.expect["share"] == pytest.approx(100 * 54 / 250, abs=0.05)
    for lower, upper in ((low, high), (100 * exact["lower"], 100 * exact["upper"])):
        assert lower == pytest.approx(key.expect["lower"], abs=0.3)
        assert upper == pytest.approx(key.expect["upper"], abs=0.3)
    told = sources["c7-facilitator-task-2"]
    assert f"{low:.1f}% to {high:.1f}% (Wilson: {100 * exact['lower']:.0f}% to" in told
    wrong = {one.name: one.answer for one in key.misconceptions}
    assert wrong["of_the_rest"]["share"] == pytest.approx(100 * 54 / 196, abs=0.1)
    middle, reach = 56 / 254, np.sqrt(56 / 254 * 198 / 254 / 254)
    once = [100 * (middle - reach), 100 * (middle + reach)]
    stated = [wrong["one_error_each_way"][end] for end in ("lower", "upper")]
    assert stated == pytest.approx(once, abs=0.6)
    reach = 2 * np.sqrt(0.216 * 0.784 / 250)
    plain = [100 * (0.216 - reach), 100 * (0.216 + reach)]
    stated = [wrong["no_two_and_four"][end] for end in ("lower", "upper")]
    assert stated == pytest.approx(plain, abs=0.05)
    assert abs(stated[0] - key.expect["lower"]) > key.within["lower"]


def test_nothing_is_promised_before_it_is_counted(sources: dict[str, str]) -> None:
    first = "Some of this will lie outside this building; how much, your own week will say."
    for name in ("c7-idea-two", "c7-care", "c7-4", "c7-key"):
        assert first in sources[name]
    for name in ("c7-idea", "c7-4"):
        assert "confidentiality agreement" in sources[name]
        assert "strikes whatever points at a person" in sources[name]


def test_causes_levers_and_prize_of_task_3(
    sources: dict[str, str], causes: dict[str, tuple[int, str]], coded: Any
) -> None:
    key = _key(sources, "c7-3").expect
    counts = {name: count for name, (count, _) in causes.items()}
    here = sum(count for count, lever in causes.values() if lever == "in the practice")
    assert sum(counts.values()) == 54
    top = sorted(counts.values())[-2:]
    assert round(100 * sum(top) / 54, 1) == key["top_two_percent"]
    assert round(100 * here / 54, 1) == key["practice_percent"]
    prize = coded.prize(weekly=1150, minutes=6)
    rows = prize.rows.set_index("name")
    assert round(rows.loc["all failure demand", "minutes"]) == key["all_minutes"]
    assert round(rows.loc["results", "minutes"]) == key["results_minutes"]
    hours = [round(rows.loc["all failure demand", end] / 60) for end in ("lower", "upper")]
    assert f"(interval {hours[0]} to {hours[1]} hours)" in sources["c7-facilitator-task-3"]
    assert 54 - here == 23
    assert "For 23 of them the lever" in sources["c7-task-2"]
    largest_here = max(
        (name for name, (_, lever) in causes.items() if lever == "in the practice"),
        key=counts.__getitem__,
    )
    assert largest_here == "results"


def test_the_wrong_minutes_are_what_their_mistakes_give(sources: dict[str, str]) -> None:
    wrong = {one.name: one.answer for one in _key(sources, "c7-3").misconceptions}
    assert wrong["of_the_failures"]["results_minutes"] == pytest.approx(1150 * 17 / 54 * 6, abs=1)
    assert wrong["contacts_not_minutes"]["all_minutes"] == pytest.approx(1150 * 54 / 250, abs=1)
    assert wrong["of_all_contacts"]["top_two_percent"] == 100 * 30 / 250


def test_what_the_notes_say_of_the_board(sources: dict[str, str]) -> None:
    board = assessment_board()
    assert not board.run("desk", "week", 300, "two").holds
    assert board.run("all", "week", 300, "two").holds
    assert "miss the truth more surely than 60" in sources["c7-facilitator-predict"]


def test_the_plan_of_the_invented_book_is_about_eight_hours(sources: dict[str, str]) -> None:
    assert round(sample_size(0.05, share=0.2) * 2 / 60) == 8
    assert "eight hours in a week" in sources["c7-facilitator-own"]
