"""Four numbers, a guess, and kappa beside the agreement."""

from __future__ import annotations

import importlib.util

import pytest

from pcqa_teach.errors import PcqaError
from pcqa_teach.widgets import explore_kappa
from pcqa_teach.widgets.kappa import BANDS, EXAMPLES, band

needs_widgets = pytest.mark.skipif(
    importlib.util.find_spec("ipywidgets") is None, reason="ipywidgets is not installed here"
)


def test_three_tables_have_the_same_agreement_and_three_kappas() -> None:
    activity = explore_kappa()
    found = [activity.compare(counts) for counts in list(EXAMPLES.values())[:3]]
    assert [one.agreed for one in found] == [0.9] * 3
    assert [one.pabak for one in found] == pytest.approx([0.8] * 3)
    assert [round(one.kappa, 2) for one in found] == [0.80, 0.44, 0.11]
    assert [band(one.kappa) for one in found] == ["high", "middle", "low"]


def test_the_fourth_table_is_about_one_who_says_yes_more_often() -> None:
    found = explore_kappa().compare(EXAMPLES["One says yes more often"])
    assert found.bias == pytest.approx(0.2)
    assert found.agreed == pytest.approx(0.7)


@pytest.mark.parametrize(
    ("typed", "expected", "said"),
    [
        ("45 5 5 45", "high", "and so it is: 0.80"),
        ("5 5 5 85", "high", "It is 0.44"),
        ("0 0 0 40", "low", "nobody said yes to anything"),
        ("40 0 0 0", "high", "there is no kappa"),
        ("3, 1, 1, 15", "good", "on the 5 cases to which anybody said yes, they agree on 3"),
    ],
)
def test_a_guess_is_compared_with_the_kappa(typed: str, expected: str, said: str) -> None:
    told, picture, words = explore_kappa().reveal(typed, expected)
    assert told.startswith(f"You expected {BANDS[expected]}")
    assert said in told
    assert picture.alt
    assert words


@pytest.mark.parametrize("typed", ["", "1 2 3", "1 2 3 4 5", "a b c d", "1.5 2 3 4", "-1 2 3 4",
                                   "0 0 0 1", "9 9 9 900000", f"{10**400} 1 1 1"])  # fmt: skip
def test_what_are_not_four_counts_is_answered_in_a_sentence(typed: str) -> None:
    with pytest.raises(PcqaError):
        explore_kappa().table(typed)


def test_an_empty_box_asks_for_the_four() -> None:
    with pytest.raises(PcqaError, match=r"^Give four numbers"):
        explore_kappa().table("")


@pytest.mark.parametrize("expected", ["", "perfect"])
def test_a_guess_that_is_none_is_asked_for(expected: str) -> None:
    with pytest.raises(PcqaError, match=r"^First tick"):
        explore_kappa().reveal("5 5 5 85", expected)


def test_in_print_the_tables_stand_before_their_kappas() -> None:
    activity = explore_kappa()
    told, table = activity.preface()
    assert "before you look on" in repr(told)
    assert len(table.frame) == len(EXAMPLES)
    assert not any("kappa" in str(name).casefold() for name in table.frame.columns)
    pictures = activity.static()
    assert [picture.alt.split(".")[0] for picture in pictures] == list(EXAMPLES)


@needs_widgets
def test_the_panel_wants_numbers_and_a_guess() -> None:
    _, starts, numbers, _, boxes, buttons, answer = explore_kappa().panel().children
    (go,) = buttons.children
    go.click()
    assert "First tick" in answer.value
    boxes.children[3].value = True
    go.click()
    assert "number" in answer.value
    starts.children[1].click()
    assert numbers.value == "5 5 5 85"
    assert not any(box.value for box in boxes.children)
    boxes.children[3].value = True
    go.click()
    assert "It is 0.44" in answer.value
    assert 'alt="' in answer.value


@needs_widgets
def test_every_control_has_a_label_and_works_with_tab_and_space() -> None:
    _, starts, numbers, _, boxes, buttons, answer = explore_kappa().panel().children
    controls = [*starts.children, numbers, *boxes.children, *buttons.children]
    assert all(control.description for control in controls)
    assert {type(control).__name__ for control in controls} == {"Text", "Checkbox", "Button"}
    assert 'role="status"' in answer.value
