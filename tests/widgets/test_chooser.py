"""A case, a guess at its chart, and the questions that lead to it."""

from __future__ import annotations

import importlib.util

import pytest

from pcqa_teach.errors import PcqaError
from pcqa_teach.spc.choosing import TITLES
from pcqa_teach.widgets import choose_a_chart
from pcqa_teach.widgets.chooser import CASES, OFFERED
from pcqa_teach.widgets.chooser_draw import BRANCHES

needs_widgets = pytest.mark.skipif(
    importlib.util.find_spec("ipywidgets") is None, reason="ipywidgets is not installed here"
)


def test_each_chart_that_is_offered_fits_one_of_the_cases_and_stands_in_the_tree() -> None:
    assert sorted(case.choice.kind for case in CASES) == sorted(OFFERED)
    assert {kind for leaves in BRANCHES.values() for _, kind in leaves} == set(OFFERED)


@pytest.mark.parametrize("place", range(len(CASES)))
def test_a_guess_is_answered_with_the_reason(place: int) -> None:
    activity = choose_a_chart()
    right = CASES[place].choice.kind
    told, held = activity.reveal(place, right)
    assert held
    assert told.startswith("Yes: a dot is ")
    wrong = next(kind for kind in OFFERED if kind not in (right, *CASES[place].choice.also))
    told, held = activity.reveal(place, wrong)
    assert not held
    assert told.startswith(f"You chose the {TITLES[wrong]}")
    assert TITLES[right] in told


def test_a_chart_that_the_answer_names_beside_another_holds_as_well() -> None:
    for place, case in enumerate(CASES):
        told, held = choose_a_chart().reveal(place, "xmr")
        assert held == (case.choice.kind == "xmr" or "or XmR of" in case.choice.title)
        assert told.startswith("Yes") == held


def test_what_there_is_not_is_refused_in_a_sentence() -> None:
    activity = choose_a_chart()
    with pytest.raises(PcqaError, match="There are 8 cases"):
        activity.reveal(8, "p")
    with pytest.raises(PcqaError, match="no chart of this page"):
        activity.reveal(0, "pie")
    with pytest.raises(PcqaError, match="no cases"):
        choose_a_chart([])


def test_in_print_the_cases_stand_before_their_charts() -> None:
    activity = choose_a_chart()
    told, table = activity.preface()
    assert "before you look on" in repr(told)
    assert not any("chart" in cell for cell in table.frame.iloc[:, 1])
    (answers,) = activity.static()
    assert "XmR chart" in activity.tree().alt
    for case in CASES:
        assert f"{case.told}: {case.choice.title}" in answers.alt


@needs_widgets
def test_the_panel_goes_from_case_to_case_and_ends_with_the_tree() -> None:
    _, card, boxes, buttons, answer = choose_a_chart().panel().children
    go, again = buttons.children
    go.click()
    assert "Tick a chart" in answer.value
    for case in CASES:
        boxes.children[OFFERED.index(case.choice.kind)].value = True
        go.click()
    assert "All cases have their chart" in card.value
    assert "as we did in 8 of 8 cases" in answer.value
    assert 'alt="' in answer.value
    shown = answer.value
    go.click()
    assert answer.value == shown
    again.click()
    assert "Case 1 of 8" in card.value


@needs_widgets
def test_every_control_has_a_label_and_works_with_tab_and_space() -> None:
    _, _, boxes, buttons, answer = choose_a_chart().panel().children
    controls = [*boxes.children, *buttons.children]
    assert all(control.description for control in controls)
    assert {type(control).__name__ for control in controls} == {"Checkbox", "Button"}
    assert 'role="status"' in answer.value
