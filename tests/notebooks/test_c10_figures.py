"""Every figure that lesson c10 states is what its data give."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach import juran
from pcqa_teach.lessons import Key, misconception_cases
from pcqa_teach.widgets.comparators import PLANTED, pick_comparator

ROOT = Path(__file__).resolve().parents[2]
PATH = ROOT / "notebooks" / "coach-day5" / "c10_did_it_work.ipynb"
DATA = ROOT / "data" / "synthetic"

pytestmark = pytest.mark.skipif(not PATH.exists(), reason="the lesson is not in this checkout")


def _key(sources: dict[str, str], item: str) -> Key:
    return misconception_cases(sources[f"{item}-test"])


@pytest.fixture(scope="module")
def copies() -> dict[str, pd.DataFrame]:
    both = pcqa.load_demo("attendance")
    return {str(name): part.reset_index(drop=True) for name, part in both.groupby("copy")}


@pytest.fixture(scope="module")
def scheme(copies: dict[str, pd.DataFrame]) -> Any:
    return juran.regression_to_the_mean(copies["scheme"], comparison=copies["usual"])


@pytest.fixture(scope="module")
def texts() -> Any:
    weekly = pcqa.load_demo("failure_weekly").query("week < '2025-09-22'")
    rate = weekly.assign(asks=1000 * weekly["results"] / weekly["contacts"])
    return juran.its(rate, "week", "asks", "2024-11-18")


def test_the_scheme_falls_by_37_of_which_31_would_have_come_anyway(
    sources: dict[str, str], scheme: Any
) -> None:
    found = {
        "naive_percent": 100 * scheme.naive.percent,
        "expected_percent": 100 * scheme.best["change"],
        "left_percent": 100 * scheme.best["left"],
    }
    key = _key(sources, "c10-1").expect
    assert {part: round(float(value), 1) for part, value in found.items()} == {
        part: key[part] for part in found
    }
    interval = sources["c10-task-1-ask"]
    low, high = (-100 * scheme.best[name] for name in ("left_high", "left_low"))
    assert f"from {low:.0f}% to {high:.0f}%" in interval


def test_that_is_what_was_planted_as_far_as_chance_lets_it(scheme: Any) -> None:
    truth = json.loads((DATA / "truth.json").read_text(encoding="utf-8"))["scheme"]
    assert truth["true_effect"] == -0.1
    assert scheme.best["left_low"] < truth["true_effect"] < scheme.best["left_high"]
    assert scheme.naive.percent == pytest.approx(truth["naive_before_after"], abs=0.005)
    assert scheme.best["change"] == pytest.approx(truth["without_scheme"], abs=0.005)
    planned = (1 + truth["without_scheme"]) * (1 + truth["true_effect"]) - 1
    assert planned == pytest.approx(truth["naive_before_after"], abs=0.01)


def test_the_printed_means_give_the_same_answers_by_calculator(
    sources: dict[str, str], scheme: Any
) -> None:
    before, after, anyway = (
        round(float(one), 1)
        for one in (*scheme.people.loc[0, ["before", "after"]], scheme.best["expected"])
    )
    assert (before, after, anyway) == (31.9, 20.0, 22.1)
    key = _key(sources, "c10-1").expect
    assert 100 * (after / before - 1) == pytest.approx(key["naive_percent"], abs=0.6)
    assert 100 * (anyway / before - 1) == pytest.approx(key["expected_percent"], abs=0.6)
    assert 100 * (after / anyway - 1) == pytest.approx(key["left_percent"], abs=0.6)


def test_everybody_else_hardly_changed(
    sources: dict[str, str], copies: dict[str, pd.DataFrame]
) -> None:
    whole = copies["scheme"]
    rest = whole.drop(whole.nlargest(295, "before", keep="first").index)
    change = 100 * (rest["after"].mean() / rest["before"].mean() - 1)
    wrong = {one.name: one.answer for one in _key(sources, "c10-1").misconceptions}
    assert wrong["beside_the_rest"]["expected_percent"] == pytest.approx(change, abs=0.1)


def test_with_nothing_done_a_tenth_of_the_list_falls_by_27_percent(
    sources: dict[str, str], copies: dict[str, pd.DataFrame]
) -> None:
    usual = copies["usual"]
    tenth = usual.nlargest(round(len(usual) / 10), "before", keep="first")
    assert tenth["after"].mean() / tenth["before"].mean() - 1 == pytest.approx(-0.27, abs=0.005)
    assert "Down by 27%" in sources["c10-idea-two"]
    assert usual["after"].mean() / usual["before"].mean() - 1 == pytest.approx(-0.07, abs=0.005)
    assert "came 7% less" in sources["c10-idea-two"]
    assert "ten days short in both copies, which takes nearly 3%" in sources["c10-idea-two"]
    ends = re.findall(r"contacts in days (\d+)-(\d+)", (DATA / "README.md").read_text("utf-8"))
    first, second = (int(last) - int(start) + 1 for start, last in ends)
    assert first - second == 10
    assert 0.025 < 1 - second / first < 0.03


def test_the_worked_example_adds_up(sources: dict[str, str], run_cell: Any) -> None:
    found: dict[str, Any] = {"pcqa": pcqa}
    run_cell(sources["c10-worked-table"], found)
    average, chosen, kept, seen, expected = (
        found[name] for name in ("average", "chosen", "kept", "seen", "expected")
    )
    told = sources["c10-worked"].replace("*", "")
    for said in (
        f"{seen} / {chosen} = {seen / chosen:.2f}: down by {100 * (1 - seen / chosen):.0f}%",
        f"{chosen} - {average} = {chosen - average} contacts",
        f"So {kept} × {chosen - average} = {kept * (chosen - average):g} would have lasted",
        f"{expected:g} / {chosen} = {expected / chosen:.2f}, "
        f"a fall of {100 * (1 - expected / chosen):.0f}%",
        f"{seen} / {expected:g} = {seen / expected:.2f}: "
        f"down by {100 * (1 - seen / expected):.0f}%",
    ):
        assert said in told


def test_the_texts_change_the_level_and_not_the_slope(sources: dict[str, str], texts: Any) -> None:
    key = _key(sources, "c10-2").expect
    level, slope, end = (texts.effect(name) for name in ("level", "slope", "end"))
    assert round(float(level["estimate"]), 1) == key["level"]
    assert slope["low"] < 0 < slope["high"]
    assert key["slope"] == "no"
    last = texts.points.iloc[-1]
    by_hand = 100 * (round(last["fitted"], 1) / round(last["expected"], 1) - 1)
    assert by_hand == pytest.approx(key["percent_at_end"], abs=0.1)
    assert 100 * end["percent"] == pytest.approx(key["percent_at_end"], abs=0.3)
    told = f"(interval {-level['high']:.1f} to {-level['low']:.1f})"
    assert f"{-level['estimate']:.1f} fewer per 1,000 at once {told}" in sources["c10-4"]
    assert (
        f"from {slope['low']:.2f} to {slope['high']:+.2f} a week"
        in (sources["c10-facilitator-task-2"])
    )
    after = texts.points["after"]
    assert (int((~after).sum()), int(after.sum())) == (44, 44)


def test_the_wrong_answers_of_task_2_are_what_their_mistakes_give(
    sources: dict[str, str], texts: Any
) -> None:
    wrong = {one.name: one.answer for one in _key(sources, "c10-2").misconceptions}
    fitted, expected = texts.points["fitted"], texts.points["expected"]
    ends = round(fitted.iloc[-1], 1) - round(expected.iloc[44], 1)
    assert wrong["first_to_last"]["level"] == pytest.approx(ends, abs=0.15)
    turned = 100 * (fitted.iloc[-1] - expected.iloc[-1]) / fitted.iloc[-1]
    assert wrong["percent_of_what_was_seen"]["percent_at_end"] == pytest.approx(turned, abs=1)


def test_the_naive_trend_before_the_texts_is_nearly_flat(texts: Any) -> None:
    expected = texts.points["expected"]
    assert abs(expected.iloc[43] - expected.iloc[0]) < 0.1 * expected.iloc[0]


def test_the_recording_change_looks_like_a_jump(sources: dict[str, str]) -> None:
    book = pcqa.load_demo("book_weekly")
    came = book.assign(came=100 * book["attended"] / book["appointments"])
    jump = juran.its(came, "week", "came", "2024-09-09").effect("level")
    assert jump["low"] > 3
    unknown = 100 * book["unknown"] / book["appointments"]
    early = book["week"] < "2024-09-09"
    assert unknown[early].mean() > 5 > 1 > unknown[~early].mean()


def test_the_panel_plants_what_the_notes_say(sources: dict[str, str]) -> None:
    left = {name: pick_comparator().left(name) for name in ("itself", "alike", "drifting")}
    assert left == {"itself": -10, "alike": PLANTED, "drifting": -2}
    assert "Three alike: 6" in sources["c10-facilitator-predict"]


def test_the_model_page_states_what_was_there_before(sources: dict[str, str]) -> None:
    weekly = pcqa.load_demo("failure_weekly").query("week < '2024-11-18'")
    rate = 1000 * weekly["results"] / weekly["contacts"]
    assert f"{rate.mean():.0f} times in every 1,000" in sources["c10-4"]
    assert f"about {weekly['results'].mean():.0f} times a week" in sources["c10-4"]


def test_on_the_invented_book_the_3_percent_fall_with_nothing_done(sources: dict[str, str]) -> None:
    appts = pcqa.load_demo("appointments")
    middle = appts["date"].min() + (appts["date"].max() - appts["date"].min()) / 2
    around = juran.contacts_around(appts, middle.normalize(), earlier=False)
    found = juran.regression_to_the_mean(around)
    assert found.naive.percent == pytest.approx(-0.32, abs=0.006)
    assert found.people.loc[1, "after"] > found.people.loc[1, "before"]
    assert "fell by 32%" in sources["c10-facilitator-own"]
