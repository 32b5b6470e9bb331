"""Where a change begins matters less than whether it may be adapted."""

from __future__ import annotations

import importlib.util

import pytest

from pcqa_teach.errors import LessonError
from pcqa_teach.widgets import spread_a_change
from pcqa_teach.widgets.spreading import BRIDGES, NEEDS, PARTS, STARTS, SpreadAChange

needs_widgets = pytest.mark.skipif(
    importlib.util.find_spec("ipywidgets") is None, reason="ipywidgets is not installed here"
)


@pytest.fixture(scope="module")
def activity() -> SpreadAChange:
    return spread_a_change()


def test_each_practice_talks_with_four_of_its_own_part(activity: SpreadAChange) -> None:
    table = activity.network.table.set_index("who")["direct"]
    extra = {name: sum(name in pair for pair in BRIDGES) for name in table.index}
    assert len(table) == 24
    assert all(table[name] - extra[name] == 4 for name in table.index)


def test_copied_it_stays_in_its_corner_and_adapted_it_comes_everywhere(
    activity: SpreadAChange,
) -> None:
    copied = {start: activity.run(start, "copied").total for start in STARTS}
    assert copied == {"corner": 9, "apart": 3, "pair": 9}
    adapted = {start: activity.run(start, "adapted") for start in STARTS}
    assert {one.total for one in adapted.values()} == {24}
    assert adapted["apart"].last < adapted["corner"].last


def test_beginning_apart_is_best_for_what_may_be_adapted_and_worst_for_what_may_not(
    activity: SpreadAChange,
) -> None:
    assert activity.run("apart", "copied").last == 0
    fastest = min(STARTS, key=lambda start: activity.run(start, "adapted").last)
    assert fastest == "apart"


@pytest.mark.parametrize(
    ("start", "kind", "text", "told"),
    [
        ("corner", "copied", "9", "9 of 24, about as you expected."),
        ("corner", "copied", "24", "9 of 24, and you expected 24."),
        ("corner", "copied", "9", "Nobody in the east has it."),
        ("apart", "copied", "20", "It goes nowhere"),
        ("apart", "adapted", "24", "All 24 have it after 2 months"),
    ],
)
def test_the_answer_says_how_a_guess_fared(
    activity: SpreadAChange, start: str, kind: str, text: str, told: str
) -> None:
    said, picture = activity.reveal(start, kind, text)
    assert told in said
    assert activity.told(start, kind) in picture.alt


@pytest.mark.parametrize(
    ("start", "kind", "text"),
    [
        ("", "copied", "9"),
        ("corner", "", "9"),
        ("corner", "copied", ""),
        ("corner", "copied", "<b>"),
    ],
)
def test_what_is_missing_is_asked_for(
    activity: SpreadAChange, start: str, kind: str, text: str
) -> None:
    with pytest.raises(LessonError, match=r"^First ") as caught:
        activity.reveal(start, kind, text)
    assert "<b>" not in str(caught.value)


def test_the_static_states_are_one_picture_a_kind_of_change(activity: SpreadAChange) -> None:
    pictures = activity.static()
    assert [one.name for one in pictures] == [f"spreading-{kind}" for kind in NEEDS]
    assert pictures[0].alt.startswith("Copied as it is: 3 to 9 of 24 practices")
    assert pictures[1].alt.startswith("Adapted to the place: 24 of 24 practices")
    ask, table = activity.preface()
    assert "on paper" in ask.text
    assert len(table.frame) == len(STARTS)
    assert sum(map(len, PARTS.values())) == 24


@needs_widgets
def test_the_panel_asks_before_it_spreads(activity: SpreadAChange) -> None:
    _, _, starts, _, kinds, guess, buttons, answer = activity.panel().children
    buttons.children[0].click()
    assert "First tick" in answer.value
    starts.children[0].value = True
    kinds.children[0].value = True
    buttons.children[0].click()
    assert "First write" in answer.value
    guess.value = "12"
    buttons.children[0].click()
    assert "and you expected 12" in answer.value
    assert 'alt="' in answer.value
    controls = [*starts.children, *kinds.children, guess, *buttons.children]
    assert all(one.description for one in controls)
    assert {type(one).__name__ for one in controls} == {"Checkbox", "Text", "Button"}
