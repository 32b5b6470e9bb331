"""Split two practices three ways: guess, then see."""

from __future__ import annotations

import importlib.util

import pytest

from pcqa_teach.errors import PcqaError
from pcqa_teach.widgets import split_and_see
from pcqa_teach.widgets.stratifier import SPLITS

needs_widgets = pytest.mark.skipif(
    importlib.util.find_spec("ipywidgets") is None, reason="ipywidgets is not installed here"
)
KINDS = {"booking gap": "turns round", "day of the week": "the same", "way of meeting": "differs"}


def test_the_three_splits_are_of_the_same_appointments_and_tell_three_stories() -> None:
    activity = split_and_see()
    assert {by: activity.split(by).kind for by in SPLITS} == KINDS
    for by in SPLITS:
        found = activity.split(by)
        assert found.together == pytest.approx({"Practice L": 0.05, "Practice M": 0.08})
        assert [int(found.table[f"n {one}"].sum()) for one in found.groups] == [1200, 1200]


@pytest.mark.parametrize("by", SPLITS)
@pytest.mark.parametrize("expected", KINDS.values())
def test_a_guess_is_compared_with_what_happens(by: str, expected: str) -> None:
    told, picture, words = split_and_see().reveal(by, expected)
    assert told.startswith(f"By {by}, you expected that ")
    assert ("and so it is" in told) == (expected == KINDS[by])
    assert ("What happens" in told) == (expected != KINDS[by])
    assert picture.name == f"split by {by}"
    assert "another split may turn it again" in words


def test_a_split_that_there_is_not_is_refused_in_a_sentence() -> None:
    with pytest.raises(PcqaError, match="First choose a way"):
        split_and_see().split("")
    for expected in ("", "who knows"):
        with pytest.raises(PcqaError, match="First tick"):
            split_and_see().reveal("booking gap", expected)


def test_in_print_the_whole_stands_before_its_splits() -> None:
    activity = split_and_see()
    told, table = activity.preface()
    assert "before you look on" in repr(told)
    assert table.frame["Share missed"].tolist() == ["5.0%", "8.0%"]
    assert [len(picture.alt) > 100 for picture in activity.static()] == [True] * 3


@needs_widgets
def test_the_panel_wants_a_split_and_a_guess() -> None:
    _, ways, by, _, boxes, buttons, answer = split_and_see().panel().children
    (go,) = buttons.children
    go.click()
    assert "First choose a way" in answer.value
    ways.children[0].click()
    assert "You split by booking gap" in by.value
    go.click()
    assert "First tick" in answer.value
    boxes.children[1].value = True
    go.click()
    assert "and so it is" in answer.value
    assert 'alt="' in answer.value
    ways.children[1].click()
    assert not any(box.value for box in boxes.children)


@needs_widgets
def test_every_control_has_a_label_and_works_with_tab_and_space() -> None:
    _, ways, _, _, boxes, buttons, answer = split_and_see().panel().children
    controls = [*ways.children, *boxes.children, *buttons.children]
    assert all(control.description for control in controls)
    assert {type(control).__name__ for control in controls} == {"Checkbox", "Button"}
    assert 'role="status"' in answer.value
