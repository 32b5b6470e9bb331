"""Every figure that lesson b8 states is what its data and its simulation give."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach.lessons import Key, misconception_cases

ROOT = Path(__file__).resolve().parents[2]
PATH = ROOT / "notebooks" / "core-day2" / "b8_eight_oclock.ipynb"

pytestmark = pytest.mark.skipif(not PATH.exists(), reason="the lesson is not in this checkout")


def _key(sources: dict[str, str], item: str) -> Key:
    return misconception_cases(sources[f"{item}-test"])


def _typed(source: str, name: str) -> dict[str, Any]:
    """Return a dict that a cell types in, by its name there."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == name:
            return ast.literal_eval(node.value)
    raise AssertionError(f"{name} is not typed in")


@pytest.fixture(scope="module")
def monday(sources: dict[str, str]) -> dict[str, float]:
    return _typed(sources["b8-task-1-table"], "monday")


@pytest.fixture(scope="module")
def early(sources: dict[str, str]) -> dict[str, float]:
    return _typed(sources["b8-task-1-table"], "early")


@pytest.fixture(scope="module")
def grid(shared_data: Path) -> pd.DataFrame:
    return pd.read_csv(shared_data / "cbt_day_band_grid_2026-08.csv", index_col="day_label")


@pytest.fixture(scope="module")
def desk() -> Any:
    return pcqa.widgets.eight_oclock_desk()


@pytest.fixture(scope="module")
def proposals(sources: dict[str, str], desk: Any) -> dict[str, Any]:
    typed = _typed(sources["b8-task-3-table"], "proposals")
    return {name.split(":")[0]: desk.morning(**one) for name, one in typed.items()}


# the shape of the day


def test_the_check_figures_of_monday(monday: dict[str, float], early: dict[str, float]) -> None:
    now = monday["8:00 to 9:59"]
    assert round(100 * now / sum(monday.values()), 1) == 28.7
    assert round(now / (sum(early.values()) / 4), 2) == 1.63


def test_the_key_of_task_1_is_those_figures(sources: dict[str, str]) -> None:
    expect = _key(sources, "b8-1").expect
    assert expect == {"monday_share": 28.7, "times": 1.63, "means": "B"}


def test_each_wrong_number_of_task_1_is_what_its_mistake_gives(
    sources: dict[str, str], monday: dict[str, float], early: dict[str, float]
) -> None:
    now, others = monday["8:00 to 9:59"], list(early.values())
    open_hours = sum(monday.values()) - sum(
        monday[band] for band in ("before 6:00", "6:00 to 7:59", "from 18:30")
    )
    mistakes = {
        "of_the_weeks_early_calls": ("monday_share", 100 * now / (now + sum(others)), 0.05),
        "of_opening_hours": ("monday_share", 100 * now / open_hours, 0.05),
        "a_fraction": ("monday_share", now / sum(monday.values()), 0.001),
        "more_not_times": ("times", now / (sum(others) / 4) - 1, 0.005),
        "only_tuesday": ("times", now / others[0], 0.005),
        "against_the_sum": ("times", now / sum(others), 0.005),
        "upside_down": ("times", sum(others) / 4 / now, 0.005),
    }
    stated = {wrong.name: wrong.answer for wrong in _key(sources, "b8-1").misconceptions}
    for name, (part, value, within) in mistakes.items():
        assert stated[name][part] == pytest.approx(value, abs=within), name
    assert sum(monday.values()) - open_hours > 100  # thousands, as a hint says


def test_the_typed_figures_are_those_of_the_open_data(
    monday: dict[str, float], early: dict[str, float], grid: pd.DataFrame
) -> None:
    bands = grid.columns.drop("days")
    assert list(monday.values()) == [round(n / 1000, 1) for n in grid.loc["Monday", bands]]
    for day, calls in early.items():
        assert calls == round(grid.loc[day, "08:00-09:59"] / 1000, 1)


def test_the_check_figures_hold_before_rounding(grid: pd.DataFrame) -> None:
    bands = grid.columns.drop("days")
    now = grid.loc["Monday", "08:00-09:59"]
    others = grid.loc[["Tuesday", "Wednesday", "Thursday", "Friday"], "08:00-09:59"].mean()
    assert round(100 * now / grid.loc["Monday", bands].sum(), 1) == 28.7
    assert round(now / others, 2) == 1.63
    assert grid.loc["Monday", "days"] == 4  # the bank holiday stands in a row of its own
    total = (grid[bands].sum(axis=1) * grid["days"]).sum()
    assert round(total) == 27_160_971  # the rounded grid; 27,160,966 as published


def test_what_became_of_the_early_calls_is_as_published(
    sources: dict[str, str], shared_data: Path
) -> None:
    rows = pd.read_csv(shared_data / "cbt_outcomes_monday_tuefri_by_band_2026-08.csv")
    rows = rows[rows["time_band"] == "08:00-09:59"].set_index("day_label")
    parts = ["answered", "ended_in_ivr", "callback_requested", "missed"]
    monday, others = (
        [round(100 * rows.loc[day, part]) for part in parts] for day in ("Monday", "Tuesday-Friday")
    )
    assert (monday, others) == ([49, 26, 14, 11], [60, 22, 10, 8])
    said = sources["b8-facilitator-task-1"]
    assert "49% answered, 26% ended in the recorded menu, 14% led" in said
    assert "11% missed" in said
    assert "60, 22, 10 and 8%" in said


def test_calls_by_deprivation_and_call_lengths_are_as_published(
    sources: dict[str, str], shared_data: Path
) -> None:
    by = pd.read_csv(shared_data / "cbt_outcomes_by_deprivation_2026-08.csv")
    rates = by["calls_per_1000_patients_per_working_day"].round(1).tolist()
    assert (rates[0], rates[-1]) == (28.7, 22.1)
    assert "28.7 calls per 1,000 patients" in sources["b8-wrong"]
    assert "22.1" in sources["b8-wrong"]
    lengths = pd.read_csv(shared_data / "cbt_call_duration_shares.csv", index_col="month")
    august = lengths.loc["2026-08"]
    assert round(100 * (august["1 minute or less"] + august["1 to 2 minutes"])) == 58
    assert round(100 * august["over 5 minutes"]) == 8
    assert "58% of answered calls two minutes or shorter, 8% over five" in sources["b8-words"]
    trend = pd.read_csv(shared_data / "cbt_monthly_trend_2025-10_2026-08.csv", index_col="month")
    assert trend.loc["2026-08", "practices_included"] == 5327


def test_riversides_calls_are_as_told(sources: dict[str, str]) -> None:
    shape = pcqa.flow.call_profile(pcqa.load_demo("calls"))
    days = int(shape.weekdays["days"].sum())
    assert (shape.calls, days, round(shape.calls / days)) == (5443, 20, 272)
    assert shape.calls - shape.people == 378
    assert "378 of 5,443" in sources["b8-idea-two"]
    assert "about 272 calls on an average day" in sources["b8-idea"]


# load, Little, Erlang


def test_the_worked_sums(sources: dict[str, str]) -> None:
    said = sources["b8-worked"]
    work = 36 * 150
    waiting = pcqa.flow.littles_law(rate=36, time=1 / 60).number
    wait = 60 * pcqa.flow.littles_law(number=2, rate=40).time
    for words in (
        f"36 × 150 = {work:,} seconds",
        f"{work:,} ÷ 3,600 = **{work / 3600:.1f} people's work**",
        f"36 × 1/60 = {waiting:.1f} callers",
        f"2 ÷ 40 of an hour, which is {wait:.0f} minutes",
    ):
        assert words in said


def test_three_people_talk_half_of_the_time() -> None:
    assert pcqa.flow.erlang_c(36, 150, 3).table["occupancy"].iloc[0] == 0.5


def test_the_check_figures_of_erlang_c(sources: dict[str, str]) -> None:
    found = pcqa.flow.erlang_c(60, 150, [2, 3, 4, 5]).table
    assert found["load"].iloc[0] == 2.5
    assert found["steady"].tolist() == [False, True, True, True]
    assert found["p_wait"].round(3).tolist()[1:] == [0.702, 0.320, 0.130]
    assert _key(sources, "b8-2").expect == {
        "load": 2.5, "three": 70.2, "four": 32.0, "five": 13.0, "two": "C",
    }  # fmt: skip


def test_the_wrong_rows_of_task_2_are_those_of_the_table(sources: dict[str, str]) -> None:
    def row(load: float) -> list[float]:
        table = pcqa.flow.erlang_c(24 * load, 150, [3, 4, 5]).table
        return (100 * table["p_wait"]).round(1).tolist()

    stated = {wrong.name: wrong.answer for wrong in _key(sources, "b8-2").misconceptions}
    parts = ("three", "four", "five")
    assert [stated["the_row_above"][part] for part in parts] == row(2.0)
    assert [stated["the_row_below"][part] for part in parts] == row(3.0)
    right = row(2.5)
    once = [stated["took_those_who_do_not_wait"][part] for part in parts]
    assert once == pytest.approx([100 - wait for wait in right], abs=0.05)
    assert [stated["fractions"][part] for part in parts] == pytest.approx(
        [wait / 100 for wait in right], abs=0.0005
    )


def test_what_a_facilitator_is_told_of_the_table(sources: dict[str, str]) -> None:
    def wait(load: float, staff: int) -> int:
        return round(100 * pcqa.flow.erlang_c(24 * load, 150, staff).table["p_wait"].iloc[0])

    assert [wait(2.5, n) for n in (3, 4, 5, 6)] == [70, 32, 13, 5]
    assert [wait(3.0, 4), wait(2.5, 4), wait(3.0, 5)] == [51, 32, 24]
    said = sources["b8-facilitator-task-2"]
    assert "from 70 to 32; the fifth from 32 to 13; a sixth from 13 to 5" in said
    assert "takes the share from 51 to 32; a fifth person would have taken it to 24" in said


# eight o'clock


def test_the_first_hour_is_added_up_as_told(sources: dict[str, str], desk: Any) -> None:
    assert sum(desk.people[:8]) == 100
    assert sum(desk.people) == 124
    left = []
    for ring in desk.people[:4]:
        left.append(max((left[-1] if left else 0) + ring - 18, 0))
    assert left == [12, 11, 5, 0]
    assert f"they could answer 8 × 18 = {8 * 18}" in sources["b8-worked-two"]
    said, ring = sources["b8-worked-three"], desk.people[0]
    assert f"{ring:g} × 150 ÷ 900 = **{ring * 150 / 900:.0f} people's work**" in said
    assert f"{left[0]:g} people are still waiting" in said


def test_the_average_of_two_hours_has_an_answer_and_the_first_quarter_has_none(
    sources: dict[str, str],
) -> None:
    average = pcqa.flow.erlang_c(50, 150, 3).table.iloc[0]
    assert round(average["load"], 1) == 2.1
    assert round(100 * average["p_wait"]) == 48
    assert not pcqa.flow.erlang_c(120, 150, 3).table["steady"].iloc[0]
    assert "48 in 100 would wait" in sources["b8-worked-three"]


def test_who_waits_when_is_as_told(desk: Any) -> None:
    found = desk.morning()
    assert found.must_wait(0, 1) == pytest.approx(0.8, abs=0.04)  # "four calls in five"
    assert found.must_wait(8, 12) == pytest.approx(0.1, abs=0.02)  # "one in ten after ten"


def test_what_pairs_will_find_in_the_simulation(sources: dict[str, str], desk: Any) -> None:
    level, fourth, moved = (
        desk.morning(), desk.morning(early=4, later=4), desk.morning(early=5, later=2),
    )  # fmt: skip
    assert [round(100 * one.first_time) for one in (level, fourth, moved)] == [82, 91, 91]
    assert round(level.calls_per_100) == 114
    assert [round(100 * one.after_nine) for one in (level, moved)] == [97, 88]
    assert round(100 * desk.morning(redial=False).first_time) == 86
    said = sources["b8-facilitator-predict"]
    for words in (
        "82 of 100",
        "114 calls",
        "all morning: 91",
        "also 91",
        "88 of 100",
        "answers 86",
    ):
        assert words in said


def test_hilltop(sources: dict[str, str]) -> None:
    told = re.search(
        r"(\d+) of them in the first quarter .* takes 3 minutes, and four people answer",
        sources["b8-task-3"],
    )
    assert told
    ring = int(told[1])
    promise = pcqa.flow.erlang_c(76 / 2, 180, 4).table.iloc[0]
    assert round(promise["load"], 1) == 1.9
    assert round(100 * promise["p_wait"]) == 15
    assert _key(sources, "b8-3").expect == {
        "people_work": ring * 180 / 900, "left_over": ring - 4 * 15 / 3, "why": "C",
    }  # fmt: skip


def test_the_proposals_are_sorted_as_the_simulation_sorts_them(
    sources: dict[str, str], proposals: dict[str, Any]
) -> None:
    base = proposals["As it is"]

    def sort(one: Any) -> str:
        if one.first_time < base.first_time:
            return "hides"
        return "staff" if one.hours > base.hours else "lever"

    assert _key(sources, "b8-4").expect == {name: sort(proposals[name]) for name in "ABCDE"}
    assert sum(word == "lever" for word in _key(sources, "b8-4").expect.values()) >= 2
    apart = [abs(proposals[name].first_time - base.first_time) for name in "ABCDE"]
    assert min(apart) > 0.02  # more than the point or two that the page calls chance
    assert proposals["B"].hours == base.hours == 9
    assert proposals["A"].hours == 12


def test_the_sorting_does_not_hang_on_the_seed(sources: dict[str, str]) -> None:
    typed = _typed(sources["b8-task-3-table"], "proposals")
    for seed in (1, 2):
        desk = pcqa.widgets.eight_oclock_desk(seed=seed, days=120)
        base, a, b, c, d, e = (desk.morning(**one).first_time for one in typed.values())
        assert d < base < min(a, b, c, e)


def test_the_engaged_tone_shortens_the_wait_that_is_measured(
    sources: dict[str, str], proposals: dict[str, Any]
) -> None:
    assert (round(proposals["As it is"].wait), round(proposals["D"].wait)) == (42, 18)
    assert "from 42 to 18 seconds" in sources["b8-facilitator-task-3"]
    assert proposals["D"].calls_per_100 > proposals["As it is"].calls_per_100


def test_the_checks_use_other_numbers(sources: dict[str, str]) -> None:
    assert pcqa.flow.littles_law(rate=20, time=0.1).number == pytest.approx(2)
    assert "20 people join the queue in an hour, and each waits 6 minutes" in sources["b8-check"]
    assert (
        "Mrs A gives up twice and is answered at her third try. Mr B gives up once and is answered "
        "at his second."
    ) in sources["b8-check-2-ask"]
    assert 'expect={"people": 2, "calls": 5}' in sources["b8-check-2"]
