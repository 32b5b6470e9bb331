"""Every figure that lesson c1 states is what its data give."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach.lessons import Key, misconception_cases
from pcqa_teach.widgets.conversation_script import KINDS, SCRIPT

ROOT = Path(__file__).resolve().parents[2]
PATH = ROOT / "notebooks" / "coach-day1" / "c1_coaching_with_data.ipynb"

pytestmark = pytest.mark.skipif(not PATH.exists(), reason="the lesson is not in this checkout")


def _key(sources: dict[str, str], item: str) -> Key:
    return misconception_cases(sources[f"{item}-test"])


def _listed(source: str, name: str) -> Any:
    for part in ast.parse(source).body:
        if isinstance(part, ast.Assign) and ast.unparse(part.targets[0]) == name:
            return ast.literal_eval(part.value)
    raise AssertionError(name)


@pytest.fixture(scope="module")
def phones(sources: dict[str, str], run_cell: Any) -> Any:
    names: dict[str, Any] = {"pcqa": pcqa, "demo": pcqa.load_demo("calls_daily")}
    return run_cell(sources["c1-chart"], names)


@pytest.fixture(scope="module")
def missed() -> Any:
    book = pcqa.load_demo("book_weekly")
    book = book[book["week"].between("2025-01-06", "2025-04-20")]
    frame = pd.DataFrame({"x": book["week"], "value": 100 * book["dna"] / book["appointments"]})
    chart = pcqa.spc.chart(frame, n=None, improvement="down")
    return book, chart


def test_the_telephones_range_is_said_as_it_is_and_no_week_stands_out(
    phones: Any, sources: dict[str, str]
) -> None:
    limits = phones.limits.iloc[0]
    assert len(phones.points) == 16
    assert not phones.points["signal"].any()
    assert (round(limits["lower"]), round(limits["upper"]), round(limits["centre"])) == (30, 89, 59)
    assert "anything from 30 to 89 calls in 100" in sources["c1-idea-two"]
    lowest = phones.points.loc[phones.points["y"].idxmin()]
    assert (f"{lowest['x']:%d %B}", round(lowest["y"])) == ("23 September", 46)
    assert round(phones.points["y"].max()) == 71


def test_the_conversation_says_the_same_numbers() -> None:
    words = " ".join(one.words for turn in SCRIPT.values() for one in turn.choices)
    assert "between 30 and 89 calls in 100" in words
    assert "You answer 59 calls in 100" in words


def test_the_worked_example_counts_what_stands_in_it(sources: dict[str, str]) -> None:
    kinds = [kind for kind, _ in _listed(sources["c1-worked-table"], "worked")]
    counts = {kind: kinds.count(kind) for kind in KINDS}
    assert counts == {"agree": 3, "ask": 5, "number": 1, "advice": 3, "blame": 0}
    first = kinds.index("advice")
    assert (first + 1, kinds[:first].count("ask")) == (7, 3)
    share = pcqa.variation.wilson(5, 12).iloc[0]
    assert [round(100 * share[one]) for one in ("share", "lower", "upper")] == [42, 19, 68]


def test_the_numbers_in_the_twenty_sentences_are_those_of_the_invented_practice(
    sources: dict[str, str], missed: Any
) -> None:
    book, chart = missed
    sentences = _listed(sources["c1-task-1-table"], "sentences")
    assert len(sentences) == 20
    assert (
        f"between {book['dna'].min()} and {book['dna'].max()} appointments a week" in sentences[3]
    )
    tally = pcqa.variation.wilson(8, 30).iloc[0]
    assert f"{100 * tally['lower']:.0f} to {100 * tally['upper']:.0f} in 100" in sentences[9]
    limits = chart.limits.iloc[0]
    assert f"{limits['lower']:.1f}% and {limits['upper']:.1f}%" in sentences[14]
    assert not chart.points["outside"].any()


def test_each_of_the_five_kinds_has_four_sentences(sources: dict[str, str]) -> None:
    expect = _key(sources, "c1-1").expect
    assert {kind: list(expect.values()).count(kind) for kind in KINDS} == dict.fromkeys(KINDS, 4)


def test_the_third_answer_is_what_the_chart_says(sources: dict[str, str], missed: Any) -> None:
    _, chart = missed
    limits = chart.limits.iloc[0]
    expect = _key(sources, "c1-3").expect
    assert expect["lower"] == pytest.approx(limits["lower"], abs=0.01)
    assert expect["upper"] == pytest.approx(limits["upper"], abs=0.01)
    told = sources["c1-task-3"]
    assert f"The mean is {limits['centre']:.2f}%" in told
    assert f"{limits['mr_bar']:.3f} percentage points" in told
    highest = chart.points.loc[chart.points["y"].idxmax()]
    assert f"week of {highest['x'].day} {highest['x']:%B} it was {highest['y']:.2f}%" in told
    assert not chart.points["signal"].any()


def test_each_wrong_third_answer_is_what_its_mistake_gives(sources: dict[str, str]) -> None:
    mean, step = 6.01, 0.514
    mistakes = {
        "three_moving_ranges": {"lower": mean - 3 * step, "upper": mean + 3 * step},
        "one_step": {"lower": mean - step, "upper": mean + step},
        "distance_not_limit": {"upper": 2.66 * step},
    }
    stated = {wrong.name: wrong.answer for wrong in _key(sources, "c1-3").misconceptions}
    for name, parts in mistakes.items():
        for part, value in parts.items():
            assert stated[name][part] == pytest.approx(value, abs=0.01), (name, part)


def test_the_check_says_how_unsure_six_of_fifteen_is(sources: dict[str, str]) -> None:
    share = pcqa.variation.wilson(6, 15).iloc[0]
    assert [round(100 * share[one]) for one in ("share", "lower", "upper")] == [40, 20, 64]
    assert "20% or 64%" in sources["c1-check-2"]
