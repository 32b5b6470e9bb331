"""A prediction is written, then compared: with the test's own number, and with the chart."""

from __future__ import annotations

import importlib.util
from typing import Any

import pandas as pd
import pytest

from pcqa_teach.errors import LessonError
from pcqa_teach.widgets import pdsa_on_a_chart
from pcqa_teach.widgets.pdsa import EXPECT, NOTHING, PdsaOnAChart

needs_widgets = pytest.mark.skipif(
    importlib.util.find_spec("ipywidgets") is None, reason="ipywidgets is not installed here"
)
VALUES = [7.0, 6, 8, 7, 6, 8, 7, 7, 6, 8, 7, 6, 12, 7, 4, 4, 3, 4, 4, 3, 4, 4]
TESTS: list[dict[str, Any]] = [
    {
        "change": "Text five people",
        "prediction": "none rings",
        "high": 0,
        "size": 5,
        "predicted_on": "20/3/2026",
        "done_on": "23/3/2026",
        "value": 1,
        "until": "23/3/2026",
        "asks": "Of 5, how many ring?",
        "taught": "Ask for the number first.",
    },
    {
        "change": "Text twenty",
        "prediction": "at most 2 ring",
        "high": 2,
        "size": 20,
        "predicted_on": "27/3/2026",
        "done_on": "30/3/2026",
        "value": 2,
        "until": "6/4/2026",
        "asks": "Of 20, how many ring?",
    },
    {
        "change": "Text all",
        "prediction": "at most 4 a day",
        "high": 4,
        "size": 170,
        "predicted_on": "10/4/2026",
        "done_on": "13/4/2026",
        "value": 3.75,
        "until": "1/6/2026",
        "asks": "How many a day?",
    },
]


@pytest.fixture
def series() -> pd.DataFrame:
    weeks = pd.date_range("2026-01-05", periods=len(VALUES), freq="7D")
    return pd.DataFrame({"x": weeks, "value": VALUES})


@pytest.fixture
def activity(series: pd.DataFrame) -> PdsaOnAChart:
    return pdsa_on_a_chart(TESTS, series, baseline=11, unit="calls a day", improvement="down")


def test_the_limits_stay_those_of_the_weeks_before_the_tests(activity: PdsaOnAChart) -> None:
    limits = [activity.chart(upto).limits.iloc[0] for upto in (1, 2, 3)]
    assert {round(one["centre"], 6) for one in limits} == {7.0}
    assert [len(activity.chart(upto).points) for upto in (1, 2, 3)] == [12, 14, 22]


def test_the_chart_is_asked_only_about_the_dots_since_the_test(activity: PdsaOnAChart) -> None:
    assert activity.since(1) == []
    assert activity.since(2) == ["outside"]
    assert "shift" in activity.since(3)


@pytest.mark.parametrize(
    ("upto", "text", "expected", "said"),
    [
        (1, "1", NOTHING, "You predicted 1. Seen: 1, as you predicted."),
        (1, "0", NOTHING, "You predicted 0. Seen: 1, higher than you predicted."),
        (1, "2 to 3", "outside", "You predicted 2 to 3. Seen: 1, lower than you predicted."),
        (1, "1", "shift", "It shows no signal."),
        (1, "1", NOTHING, "So it is: no signal."),
        (1, "1", NOTHING, "Ask for the number first."),
        (2, "2", NOTHING, "It shows a dot outside a limit."),
        (2, "2", "outside", "It is there."),
        (3, "3-4", "shift", "Seen: 3.75, as you predicted."),
        (3, "3-4", "shift", "Written down by the practice: at most 4 a day."),
    ],
)
def test_the_answer_says_how_the_prediction_fared(
    activity: PdsaOnAChart, upto: int, text: str, expected: str, said: str
) -> None:
    told, picture = activity.reveal(upto, text, expected)
    assert said in told
    assert f"test {upto} on" in picture.alt


@pytest.mark.parametrize("text", ["", "some", "1 2 3", "<b>"])
def test_a_prediction_that_is_no_number_is_asked_for_again(
    activity: PdsaOnAChart, text: str
) -> None:
    with pytest.raises(LessonError, match="First write your prediction") as caught:
        activity.reveal(1, text, NOTHING)
    assert "<b>" not in str(caught.value)


@pytest.mark.parametrize("lacking", ["asks", "value", "until", "done_on"])
def test_a_test_that_lacks_something_is_refused_by_its_place(
    series: pd.DataFrame, lacking: str
) -> None:
    short = {key: value for key, value in TESTS[0].items() if key != lacking}
    with pytest.raises(LessonError, match=f"Test 1 has no {lacking}"):
        pdsa_on_a_chart([short], series, baseline=11)


def test_without_a_test_there_is_nothing_to_predict(series: pd.DataFrame) -> None:
    with pytest.raises(LessonError, match="no test"):
        pdsa_on_a_chart([], series, baseline=11)


def test_the_static_states_are_one_picture_a_test(activity: PdsaOnAChart) -> None:
    pictures = activity.static()
    assert [one.name for one in pictures] == [f"pdsa-on-a-chart-{i}" for i in (1, 2, 3)]
    assert len({one.alt for one in pictures}) == 3
    assert pictures[0].alt.endswith("Of 5, how many ring? Seen: 1. Ask for the number first.")
    assert pictures[2].alt.endswith("How many a day? Seen: 3.75.")
    ask, table = activity.preface()
    assert "one test at a time" in ask.text
    assert table.frame["Say first"].tolist() == [test["asks"] for test in TESTS]
    assert "value" not in table.frame.columns


@needs_widgets
def test_the_panel_asks_for_both_predictions_before_it_reveals(activity: PdsaOnAChart) -> None:
    _, starts, about, guess, _, choices, reveal, answer = activity.panel().children
    reveal.children[0].click()
    assert "First tick" in answer.value
    choices.children[0].value = True
    reveal.children[0].click()
    assert "First write your prediction" in answer.value
    guess.value = "1"
    reveal.children[0].click()
    assert "as you predicted" in answer.value
    assert 'alt="' in answer.value
    starts.children[1].click()
    assert "Text twenty" in about.value
    assert guess.value == ""
    assert not any(box.value for box in choices.children)
    assert "as you predicted" not in answer.value


@needs_widgets
def test_every_control_has_a_label_and_works_with_tab_and_space(activity: PdsaOnAChart) -> None:
    _, starts, _, guess, _, choices, reveal, _ = activity.panel().children
    controls = [*starts.children, guess, *choices.children, *reveal.children]
    assert all(control.description for control in controls)
    assert {type(control).__name__ for control in controls} == {"Button", "Text", "Checkbox"}
    assert len(choices.children) == len(EXPECT)
