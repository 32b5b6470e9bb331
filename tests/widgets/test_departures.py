"""A default and its reasons: guess, sort, see what they add up to."""

from __future__ import annotations

import importlib.util

import pytest

from pcqa_teach.errors import PcqaError
from pcqa_teach.widgets import baseline_and_reasons
from pcqa_teach.widgets.departures import BLANK, CHOICES, EXAMPLES, Departure

needs_widgets = pytest.mark.skipif(
    importlib.util.find_spec("ipywidgets") is None, reason="ipywidgets is not installed here"
)


def test_a_departure_sorted_as_we_do_is_said_to_be_so_with_the_reason() -> None:
    activity = baseline_and_reasons()
    for place, one in enumerate(EXAMPLES):
        assert activity.judged(place, one.source) == (
            f"Yes, {activity.judged(place, one.source).split(', ', 1)[1]}"
        )
        assert one.because in activity.judged(place, one.source)


def test_a_departure_sorted_otherwise_is_answered_without_blame() -> None:
    activity = baseline_and_reasons()
    for place, one in enumerate(EXAMPLES):
        wrong = next(choice for choice in CHOICES if choice != one.source)
        assert activity.judged(place, wrong).startswith("We would say ")


@pytest.mark.parametrize(("guess", "said"), [(4, "and so it is"), (8, "it is 4"), (0, "it is 4")])
def test_the_guess_is_compared_with_what_comes_from_the_person(guess: int, said: str) -> None:
    compared, picture, words = baseline_and_reasons().reveal(guess, 6)
    assert said in compared
    assert "6 of 8" in compared
    assert "4 varied for the person" in picture.alt
    assert "no target" in words


@pytest.mark.parametrize("typed", ["", "nine", "9", "-1", "2.5", "3 4"])
def test_a_guess_that_cannot_be_is_an_error_of_one_sentence(typed: str) -> None:
    with pytest.raises(PcqaError):
        baseline_and_reasons().expected(typed)


def test_departures_of_ones_own_can_be_given() -> None:
    activity = baseline_and_reasons(
        "A call back", kept=3, departures=[Departure("deaf: text instead", "person", "a need.")]
    )
    assert activity.result().as_agreed == 4
    with pytest.raises(PcqaError, match="none of"):
        baseline_and_reasons(departures=[Departure("x", "somebody", "y")])
    with pytest.raises(PcqaError, match="no departures"):
        baseline_and_reasons(departures=[])


def test_in_print_the_reasons_stand_before_what_they_add_up_to() -> None:
    activity = baseline_and_reasons()
    told, table = activity.preface()
    assert "before you look on" in repr(told)
    assert "or whether nobody can tell" in repr(told)
    assert len(table.frame) == len(EXAMPLES)
    assert "person" not in table.frame.to_string()
    assert [len(picture.alt) > 30 for picture in activity.static()] == [True]


def _parts(panel: object) -> tuple[object, ...]:
    _, guess, card, boxes, buttons, answer = panel.children  # type: ignore[attr-defined]
    return guess, card, boxes.children, buttons.children, answer


@needs_widgets
def test_the_panel_asks_for_a_guess_and_a_tick_before_it_answers() -> None:
    guess, card, boxes, (go, _), answer = _parts(baseline_and_reasons().panel())
    go.click()
    assert "First your guess" in answer.value
    guess.value = "4"
    go.click()
    assert "Tick where it comes from" in answer.value
    assert "Departure 1 of 8" in card.value
    boxes[0].value = True
    go.click()
    assert "Yes, the person" in answer.value
    assert "Departure 2 of 8" in card.value
    assert not any(box.value for box in boxes)


@needs_widgets
def test_after_the_last_departure_the_whole_is_shown_and_one_can_begin_again() -> None:
    guess, card, boxes, (go, again), answer = _parts(baseline_and_reasons().panel())
    guess.value = "5"
    places = list(CHOICES)
    for one in EXAMPLES:
        boxes[places.index(one.source)].value = True
        go.click()
    assert "You sorted 8 of 8 as we did" in answer.value
    assert 'alt="' in answer.value
    assert "All are sorted" in card.value
    shown = answer.value
    go.click()
    assert answer.value == shown
    again.click()
    assert "Departure 1 of 8" in card.value
    assert guess.value == ""


@needs_widgets
def test_every_control_has_a_label_and_works_with_tab_and_space() -> None:
    guess, _, boxes, buttons, answer = _parts(baseline_and_reasons().panel())
    controls = [guess, *boxes, *buttons]
    assert all(control.description for control in controls)
    assert {type(control).__name__ for control in controls} == {"Text", "Checkbox", "Button"}
    assert 'role="status"' in answer.value
    assert BLANK in CHOICES
