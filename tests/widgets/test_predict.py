"""Predict, then see: what the guess is told, what print shows, what the keyboard does."""

from __future__ import annotations

import importlib.util
from typing import Any

import pytest

from pcqa_teach import figures
from pcqa_teach.errors import LessonError
from pcqa_teach.flow import erlang_c
from pcqa_teach.lessons import exercise_chart
from pcqa_teach.widgets import predict_first
from pcqa_teach.widgets.predict import Round

needs_widgets = pytest.mark.skipif(
    importlib.util.find_spec("ipywidgets") is None, reason="ipywidgets is not installed here"
)


def _chart() -> figures.Figure:
    return exercise_chart([6, 7, 5], title="Calls", name="calls", unit="a day", lines={"Mean": 6})


ROUNDS: list[Any] = [
    {
        "ask": "Does it rise?",
        "choices": {"A": "Yes, week by week", "B": "No"},
        "right": "B",
        "because": "Three dots about a mean.",
        "picture": _chart,
    },
    Round("Who waits?", {"A": "DNA rises", "B": "I do"}, "A", "See.", lambda: erlang_c(60, 150, 4)),
]


def test_the_answer_says_how_the_guess_fared() -> None:
    activity = predict_first(ROUNDS)
    assert activity.judged(0, "B") == "As you expected. Three dots about a mean."
    told = activity.judged(0, "A")
    assert told.startswith("You expected: yes, week by week. What happens: no. Three")
    assert activity.judged(1, "B").startswith("You expected: I do. What happens: DNA rises.")


def test_without_a_guess_nothing_is_told() -> None:
    with pytest.raises(LessonError, match="a guess is enough"):
        predict_first(ROUNDS).judged(0, "")


def test_an_answer_that_cannot_be_chosen_is_refused() -> None:
    with pytest.raises(LessonError, match="name one of A, B"):
        predict_first([{**ROUNDS[0], "right": "C"}])
    with pytest.raises(LessonError, match="nothing to predict"):
        predict_first([])


def test_in_print_every_question_stands_before_the_pictures() -> None:
    activity = predict_first(ROUNDS)
    told, table = activity.preface()
    assert "before you look on" in repr(told)
    assert table.frame["Question"].tolist() == ["1. Does it rise?", "2. Who waits?"]
    assert "Three dots" not in table.frame.to_string()
    pictures = activity.static()
    assert [type(one) for one in pictures] == [figures.Figure, figures.Figure]
    assert all(len(one.alt) > 30 for one in pictures)


@needs_widgets
def test_the_panel_asks_shows_and_goes_on() -> None:
    panel = predict_first(ROUNDS).panel()
    _, card, ticks, row, answer = panel.children
    show, onward = row.children
    assert "Does it rise?" in card.value
    show.click()
    assert "a guess is enough" in answer.value
    ticks.children[1].value = True
    show.click()
    assert "As you expected" in answer.value
    assert "<img" in answer.value or "<svg" in answer.value
    onward.click()
    assert "Who waits?" in card.value
    assert not any(box.value for box in ticks.children)
    onward.click()
    assert "Does it rise?" in card.value


@needs_widgets
def test_one_question_needs_no_next() -> None:
    row = predict_first(ROUNDS[:1]).panel().children[3]
    assert [one.description for one in row.children] == ["Show it"]
