"""Every figure that lesson c6 states is what its data give."""

from __future__ import annotations

import ast
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach.errors import DataError
from pcqa_teach.lessons import Key, misconception_cases
from pcqa_teach.variation import false_alarm_rate

ROOT = Path(__file__).resolve().parents[2]
PATH = ROOT / "notebooks" / "coach-day3" / "c6_signals_to_stories.ipynb"
VIGNETTE = ROOT / "tests" / "oracles" / "inputs" / "mdc_vignette18.csv"

pytestmark = pytest.mark.skipif(not PATH.exists(), reason="the lesson is not in this checkout")


def _key(sources: dict[str, str], item: str) -> Key:
    return misconception_cases(sources[f"{item}-test"])


def _chart(values: list[float], **options: Any) -> Any:
    frame = pd.DataFrame({"x": range(1, len(values) + 1), "value": values})
    return pcqa.spc.chart(frame, n=None, **options)


def _assigned(source: str, name: str) -> Any:
    """Give the value of a plain assignment in a cell."""
    for one in ast.parse(source).body:
        if isinstance(one, ast.Assign) and ast.unparse(one.targets[0]) == name:
            return ast.literal_eval(one.value)
    raise AssertionError(f"no {name}")


@pytest.fixture(scope="module")
def months(sources: dict[str, str]) -> list[int]:
    row = re.search(r"^1, 2, 1, 2, \*\*10\*\*.*$", sources["c6-task-1"], re.MULTILINE)
    assert row
    return [int(number) for number in re.findall(r"\d+", row[0])]


@pytest.fixture(scope="module")
def letters(sources: dict[str, str]) -> dict[str, list[float]]:
    return _assigned(sources["c6-task-3-charts"], "letters")


def test_the_18_months_are_those_of_the_packages_own_example(months: list[int]) -> None:
    assert months == pd.read_csv(VIGNETTE)["y"].tolist()


def test_the_upper_limit_is_4_60_with_screening_and_6_95_without(
    sources: dict[str, str], months: list[int]
) -> None:
    upper = {
        name: float(_chart(months, screen=screen).limits["upper"].iloc[0])
        for name, screen in (("upper_all", False), ("upper_screened", True))
    }
    key = _key(sources, "c6-1").expect
    assert {name: round(value, 2) for name, value in upper.items()} == {
        "upper_all": 6.95, "upper_screened": 4.6,
    }  # fmt: skip
    assert {name: key[name] for name in upper} == {"upper_all": 6.95, "upper_screened": 4.6}
    assert upper["upper_screened"] < 6 < upper["upper_all"]
    assert key["next_is_6"] == "screened"


def test_by_calculator_the_18_months_give_the_same(
    sources: dict[str, str], months: list[int]
) -> None:
    moves = [abs(later - earlier) for earlier, later in pairwise(months)]
    great = [move for move in moves if move > 3.267 * sum(moves) / len(moves)]
    assert (sum(months), len(moves), sum(moves), great) == (35, 17, 32, [8, 9])
    assert _key(sources, "c6-1").expect["left_out"] == len(great)
    assert {move for move in moves if move not in great} == {1}
    wrong = {one.name: one.answer for one in _key(sources, "c6-1").misconceptions}
    three = sum(months) / 18 + 3 * sum(moves) / 17
    assert wrong["three_moving_ranges"]["upper_all"] == pytest.approx(three, abs=0.01)
    without = [month for month in months if month != 10]
    dropped = sum(without) / 17 + 2.66
    assert wrong["left_the_dot_out"]["upper_screened"] == pytest.approx(dropped, abs=0.02)


def test_the_worked_example_adds_up(sources: dict[str, str], run_cell: Any) -> None:
    found: dict[str, Any] = {"pcqa": pcqa}
    run_cell(sources["c6-worked-table"], found)
    turned = found["turned"]["value"].tolist()
    plain, screened = (_chart(turned, screen=one).limits.iloc[0] for one in (False, True))
    told = sources["c6-worked"]
    assert ", ".join(map(str, turned)) in told.replace("*", "")
    moves = [abs(later - earlier) for earlier, later in pairwise(turned)]
    unusual = 3.267 * plain["mr_bar"]
    assert f"{sum(turned)} / {len(turned)} = **{plain['centre']:.2f}**" in told
    assert f"{sum(moves)} / {len(moves)} = **{plain['mr_bar']:.2f}**" in told
    assert f"= **{plain['upper']:.2f}**" in told
    assert f"3.267 × {plain['mr_bar']:.2f} = {unusual:.2f}" in told
    assert [move for move in moves if move > unusual] == [9, 9]
    assert screened["mr_bar"] == 1
    assert f"= **{screened['upper']:.2f}**" in told


def test_eight_in_a_row_are_a_signal_by_two_sets_of_four(sources: dict[str, str]) -> None:
    calls = _assigned(sources["c6-task-2-chart"], "calls")
    key = _key(sources, "c6-2").expect
    for name in ("mdc", "western_electric", "nelson", "anhoej"):
        made = _chart(calls, rules=name)
        points = made.points
        assert key[name] == ("yes" if points["signal"].any() else "no")
        fired = {rule.name for rule in made.rules if points[rule.name].any()}
        assert fired <= {"shift"}
        if fired:
            assert points.loc[points["signal"], "x"].tolist() == list(range(17, 25))
    assert _chart(calls).limits["centre"].iloc[0] == pytest.approx(19.9, abs=0.06)


def test_the_room_of_two_practices_and_the_refusal_of_the_third(
    sources: dict[str, str], letters: dict[str, list[float]]
) -> None:
    key = _key(sources, "c6-3").expect
    for name in ("1", "2"):
        found = pcqa.variation.capability(_chart(letters[name]), upper=5)
        assert key[f"room_{name}"] == pytest.approx(found.cpk, abs=0.01)
        limits = found.chart.limits.iloc[0]
        mean, upper = round(limits["centre"], 2), round(limits["upper"], 2)
        assert (5 - mean) / (upper - mean) == pytest.approx(key[f"room_{name}"], abs=0.01)
    assert max(letters["3"]) < 5
    with pytest.raises(DataError, match="not stable"):
        pcqa.variation.capability(_chart(letters["3"]), upper=5)
    assert sum(letter > 5 for letter in letters["2"]) == 2
    assert not _chart(letters["2"]).points["signal"].any()


def test_a_promise_about_each_letter_is_judged_on_letters(sources: dict[str, str]) -> None:
    assert "one hospital letter by lot each working day" in sources["c6-task-3"]
    assert 'unit="days, one letter a day"' in sources["c6-task-3-charts"]
    assert "mean of" not in sources["c6-task-3-charts"]


def test_the_notes_state_the_sums_of_task_3(
    sources: dict[str, str], letters: dict[str, list[float]]
) -> None:
    told = sources["c6-facilitator-task-3"]
    for name in ("1", "2"):
        limits = _chart(letters[name]).limits.iloc[0]
        mean, upper = f"{limits['centre']:.2f}", f"{limits['upper']:.2f}"
        assert f"(5 - {mean}) / ({upper} - {mean})" in told


def test_the_story_is_what_the_chart_says(sources: dict[str, str]) -> None:
    weekly = pcqa.load_demo("failure_weekly")
    weekly = weekly[weekly["week"].between("2024-06-03", "2025-03-31")]
    rate = weekly.assign(asks=1000 * weekly["results"] / weekly["contacts"])
    chart = pcqa.spc.chart(rate, x="week", y="asks", n=None, rebase={"2024-11-25": "texts"})
    first, then = chart.limits.iloc[0], chart.limits.iloc[1]
    told = sources["c6-idea"]
    assert f"about {first['centre']:.0f} were about a result" in told
    assert f"it is about {then['centre']:.0f}" in told
    assert f"Above {then['upper']:.0f} she reads" in told
    plan = sources["c6-4"]
    assert f"mean {then['centre']:.0f}, limits {then['lower']:.0f} to {then['upper']:.0f}" in plan
    assert f"from the {then['points']:.0f} weeks" in plan
    assert not chart.points["signal"].any()
    assert pcqa.spc.chart(rate, x="week", y="asks", n=None).points["signal"].any()


def test_the_false_alarms_of_24_dots_are_those_stated(sources: dict[str, str]) -> None:
    for name, stated in (("mdc", 15), ("nelson", 19)):
        assert 100 * false_alarm_rate(24, name, 0.0, 4_000, 1).share == pytest.approx(stated, abs=1)
        assert f"{stated} in 100" in sources["c6-wrong"]


def test_the_invented_book_is_read_as_the_notes_say(sources: dict[str, str]) -> None:
    missed = pcqa.measures.dna_rate(pcqa.load_demo("appointments"))
    flagged = pcqa.variation.compare_presets(missed, charts=200).summary["flagged"]
    assert f"from {flagged.min()} dot to {flagged.max()}" in sources["c6-facilitator-own"]
