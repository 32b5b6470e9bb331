"""Switch the denominator: what is said, what is drawn, and what a wrong entry gets."""

from __future__ import annotations

import importlib.util

import pytest

from pcqa_teach.errors import PcqaError
from pcqa_teach.widgets import switch_denominator
from pcqa_teach.widgets.denominators import OWN, WAYS, read_own

needs_widgets = pytest.mark.skipif(
    importlib.util.find_spec("ipywidgets") is None, reason="ipywidgets is not installed here"
)


@pytest.mark.parametrize(
    ("way", "expected", "said"),
    [
        ("left_out", "Clinic B", "You expected Clinic B to move most, and it does."),
        ("left_out", "Clinic A", "You expected Clinic A to move most. It is Clinic B."),
        ("left_out", "Clinic B", "The order has changed"),
        ("range", "Clinic C", "For Clinic B that is 5.0% to 30.0%"),
        ("counted", "", "Clinic B is lowest and Clinic A highest."),
    ],
)
def test_the_answer_says_how_the_expectation_fared(way: str, expected: str, said: str) -> None:
    told, picture = switch_denominator().reveal(way, expected)
    assert said in told
    assert len(picture.alt) > 30


def test_an_order_that_does_not_change_is_said_to_be_the_same() -> None:
    two = switch_denominator({"A": (90, 10, 0), "B": (95, 5, 1)})
    assert "The order is the same as before." in two.reveal("left_out", "A")[0]


def test_numbers_of_ones_own_become_a_row() -> None:
    told, picture = switch_denominator().reveal("left_out", OWN, "50 10 400")
    assert f"You expected {OWN} to move most, and it does." in told
    assert f"{OWN} 16.7%" in picture.alt


@pytest.mark.parametrize("text", ["900", "1 2 3 4", "900 fifty 80", "-1 2 3", "1.5 2 3", "0 0 9"])
def test_what_is_no_count_is_one_sentence(text: str) -> None:
    with pytest.raises(PcqaError) as caught:
        read_own(text)
    assert "fifty" not in str(caught.value)


def test_the_static_states_are_one_picture_a_denominator() -> None:
    activity = switch_denominator()
    pictures = activity.static()
    assert len({picture.name for picture in pictures}) == len(WAYS) == 3
    assert len({picture.alt for picture in pictures}) == 3
    told, counts = activity.preface()
    assert "say first" in repr(told)
    assert "Outcome unknown" in repr(counts)


def test_given_counts_are_not_called_invented() -> None:
    assert switch_denominator().note == "Invented counts."
    assert switch_denominator({"A": (9, 1, 0)}, note="London").note == "London"
    assert switch_denominator({"A": (9, 1, 0)}).note == ""


@needs_widgets
def test_the_panel_asks_for_an_expectation_before_it_switches() -> None:
    _, counts, _, choices, _, switches, answer = switch_denominator().panel().children
    assert "Outcome unknown" in counts.value
    assert "Unknown counted" in answer.value
    switches.children[1].click()
    assert "First say whose share" in answer.value
    choices.children[1].value = True
    switches.children[1].click()
    assert "and it does" in answer.value
    assert 'alt="' in answer.value
    switches.children[0].click()
    assert "is lowest and" in answer.value


@needs_widgets
def test_the_panel_answers_a_mistake_with_a_sentence_that_is_announced() -> None:
    _, _, _, choices, own, switches, answer = switch_denominator().panel().children
    choices.children[0].value = True
    own.value = "nine <b>"
    switches.children[2].click()
    assert 'role="status"' in answer.value
    assert "not a number" in answer.value
    assert "<b>" not in answer.value


@needs_widgets
def test_every_control_has_a_label_and_works_with_tab_and_space() -> None:
    _, _, _, choices, own, switches, _ = switch_denominator().panel().children
    controls = [*choices.children, own, *switches.children]
    assert all(control.description for control in controls)
    assert {type(control).__name__ for control in controls} == {"Button", "Text", "Checkbox"}
