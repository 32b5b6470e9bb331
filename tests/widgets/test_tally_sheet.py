"""Design a tally sheet: what it catches, what is said, and what a wrong entry gets."""

from __future__ import annotations

import importlib.util

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcqa_teach.errors import PcqaError
from pcqa_teach.widgets import design_tally
from pcqa_teach.widgets.tally_asks import ASKS, COLUMNS, MORE, PARTS, POSTS, paper, try_sheet
from pcqa_teach.widgets.tally_sheet import EXAMPLES, read_guess

needs_widgets = pytest.mark.skipif(
    importlib.util.find_spec("ipywidgets") is None, reason="ipywidgets is not installed here"
)


def _caught(parts: object) -> int:
    return int((try_sheet(parts)["state"] == "caught").sum())  # type: ignore[arg-type]


def test_the_three_sheets_catch_what_the_lesson_says() -> None:
    assert [_caught(parts) for parts in EXAMPLES.values()] == [2, 4, 12]


@pytest.mark.parametrize("left_out", list(PARTS))
def test_every_part_is_needed_for_all_twelve(left_out: str) -> None:
    assert _caught(set(PARTS) - {left_out}) < len(ASKS) == 12


@given(st.sets(st.sampled_from(list(PARTS))), st.sampled_from(list(PARTS)))
def test_one_part_more_never_catches_less(parts: set[str], more: str) -> None:
    assert _caught(parts) <= _caught(parts | {more})


def test_a_later_place_without_its_column_looks_met() -> None:
    tried = try_sheet(["telephone", "booked"]).set_index("when")
    assert tried.loc["Mon 09:40", "state"] == "blurred"
    assert tried.loc["Mon 09:40", "why"] == "looks as if it had been met"


def test_a_call_back_and_a_person_turned_away_each_need_their_column() -> None:
    tried = try_sheet(["telephone", "turned_away", "again"]).set_index("when")
    assert tried.loc["Mon 08:20", "state"] == "caught"
    assert tried.loc["Mon 08:50", "why"] == "no column for it"


@pytest.mark.parametrize(
    ("parts", "guess", "said"),
    [
        (tuple(PARTS), "12", "You expected 12 of 12, and so it is."),
        (EXAMPLES["What the book keeps"], "9", "You expected 9 of 12, and it catches 2."),
        (["telephone", "turned_away"], "3", "it looks like a first ask"),
    ],
)
def test_the_answer_says_how_the_expectation_fared(parts: object, guess: str, said: str) -> None:
    told, picture = design_tally().reveal(parts, guess)  # type: ignore[arg-type]
    assert said in told
    assert "12 invented asks" in picture.alt


@pytest.mark.parametrize("text", ["", "most", "13", "-1", "2.5", "3 4"])
def test_what_is_no_number_of_asks_is_one_sentence(text: str) -> None:
    with pytest.raises(PcqaError, match="a whole number from 0 to 12"):
        read_guess(text)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (["booked"], "Nobody marks yet"),
        (["telephone"], "no column yet"),
        (["telephone", "names"], "is none of them"),
    ],
)
def test_a_sheet_that_is_none_is_one_sentence(parts: list[str], said: str) -> None:
    with pytest.raises(PcqaError, match=said):
        design_tally().reveal(parts, "3")


def test_the_paper_has_the_columns_and_nothing_about_a_person() -> None:
    sheet = design_tally().sheet(PARTS)
    assert list(sheet.frame.columns) == ["Time", *COLUMNS.values()]
    assert not paper(PARTS).drop(columns="Time").to_numpy().any()
    text = sheet._repr_html_().casefold()
    assert not any(word in text for word in ("name", "nhs number", "reason", "initial"))


def test_the_static_states_are_one_picture_a_sheet() -> None:
    activity = design_tally()
    pictures = activity.static()
    assert len({picture.name for picture in pictures}) == len({p.alt for p in pictures}) == 3
    assert len(activity.preface()) == 3


@needs_widgets
def test_the_panel_asks_for_an_expectation_before_it_tries() -> None:
    panel = design_tally().panel()
    starts, guess, go, answer = panel.children[1], *panel.children[-3:]
    starts.children[1].click()
    go.click()
    assert "First say how many" in answer.value
    guess.value = "4"
    go.click()
    assert "You expected 4 of 12, and so it is." in answer.value
    assert 'alt="' in answer.value
    assert "Call-back promised" in answer.value
    guess.value = "<b>"
    go.click()
    assert 'role="status"' in answer.value
    assert "<b>" not in answer.value


@needs_widgets
def test_every_control_has_a_label_and_works_with_tab_and_space() -> None:
    panel = design_tally().panel()
    boxes = [
        box for group in panel.children if hasattr(group, "children") for box in group.children
    ]
    controls = [*boxes, panel.children[-3], panel.children[-2]]
    assert all(control.description for control in controls)
    assert {type(control).__name__ for control in controls} == {"Button", "Text", "Checkbox"}
    ticks = [box for box in boxes if type(box).__name__ == "Checkbox"]
    assert len(ticks) == len(POSTS) + len(COLUMNS) + len(MORE)
