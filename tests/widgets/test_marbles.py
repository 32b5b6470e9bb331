"""The funnel experiment: the live panel, and what stands in for it in print."""

from __future__ import annotations

import importlib.util

import pytest

from pcqa_teach.errors import PcqaError
from pcqa_teach.widgets import funnel_experiment
from pcqa_teach.widgets.marbles import EXPECT

needs_widgets = pytest.mark.skipif(
    importlib.util.find_spec("ipywidgets") is None, reason="ipywidgets is not installed here"
)


@pytest.mark.parametrize(
    ("rule", "expected", "said"),
    [
        (2, "wider", "That is what happens: it stays about the mark"),
        (2, "closer", "Look again: it stays about the mark"),
        (3, "away", "That is what happens: it swings"),
        (4, "away", "That is what happens: it wanders off"),
        (4, "same", "Look again: it wanders off"),
    ],
)
def test_the_answer_says_how_the_expectation_fared(rule: int, expected: str, said: str) -> None:
    found, picture = funnel_experiment().reveal(rule, expected, 1986)
    assert said in found
    assert f"Rule {rule}" in picture.alt


def test_the_ratio_is_that_of_the_marbles_shown_and_the_long_run_is_said() -> None:
    activity = funnel_experiment()
    said, _ = activity.reveal(2, "wider", 7)
    assert f"is {activity.marbles(7).sd_ratio:.2f} times that of rule 1" in said
    assert "in the long run 1.41 times" in said


@pytest.mark.parametrize(("rule", "expected"), [(1, "same"), (5, "same"), (2, "")])
def test_what_cannot_be_dropped_is_an_error_of_one_sentence(rule: int, expected: str) -> None:
    with pytest.raises(PcqaError, match="Choose rule 2, 3 or 4"):
        funnel_experiment().reveal(rule, expected, 1)


def test_the_static_states_are_the_three_rules_under_rule_1() -> None:
    pictures = funnel_experiment().static()
    assert [picture.name for picture in pictures] == [
        f"funnel-experiment-rule-{rule}" for rule in (2, 3, 4)
    ]
    assert len({picture.alt for picture in pictures}) == 3
    assert "before you look on" in repr(funnel_experiment().preface()[0])


@needs_widgets
def test_the_panel_asks_for_a_rule_and_an_expectation_before_it_drops() -> None:
    _, rules, _, expected, buttons, answer = funnel_experiment().panel().children
    drop, other = buttons.children
    drop.click()
    assert "First choose a rule" in answer.value
    rules.children[0].value = True
    drop.click()
    assert "First say what you expect" in answer.value
    expected.children[2].value = True
    drop.click()
    assert "That is what happens" in answer.value
    assert 'alt="' in answer.value
    first = answer.value
    other.click()
    assert "other luck" in answer.value
    drop.click()
    assert answer.value != first


@needs_widgets
def test_every_control_has_a_label_and_works_with_tab_and_space() -> None:
    _, rules, _, expected, buttons, answer = funnel_experiment().panel().children
    controls = [*rules.children, *expected.children, *buttons.children]
    assert all(control.description for control in controls)
    assert {type(control).__name__ for control in controls} == {"Button", "Checkbox"}
    assert len(expected.children) == len(EXPECT)
    assert len(rules.children) == 3
    assert 'role="status"' in answer.value
