"""Say how many somebody reaches, then see the map."""

from __future__ import annotations

import importlib.util

import pytest

from pcqa_teach.errors import PcqaError
from pcqa_teach.widgets import who_reaches_whom
from pcqa_teach.widgets.network import EXAMPLE, read_links, typed

needs_widgets = pytest.mark.skipif(
    importlib.util.find_spec("ipywidgets") is None, reason="ipywidgets is not installed here"
)


@pytest.mark.parametrize(
    ("start", "guess", "said"),
    [
        ("GP", "5", "You expected 5, and so it is."),
        ("pharmacist", "2", "You expected 2; it is 6."),
        ("Library", "9", "You expected 9; it is 5."),
    ],
)
def test_the_answer_says_how_the_guess_fared(start: str, guess: str, said: str) -> None:
    compared, picture, lost = who_reaches_whom().reveal(typed(EXAMPLE), start, guess)
    assert said in compared
    assert len(picture.alt) > 30
    assert lost.startswith("Without ")


def test_it_says_who_would_be_cut_off() -> None:
    activity = who_reaches_whom()
    assert "4 others would be cut off" in activity.reveal(typed(EXAMPLE), "Chemist", "6")[2]
    assert "1 other would be cut off" in activity.reveal(typed(EXAMPLE), "Nurse", "4")[2]
    assert "would still reach each other" in activity.reveal(typed(EXAMPLE), "Manager", "4")[2]


@pytest.mark.parametrize(
    ("text", "start", "guess"),
    [
        ("", "GP", "1"),
        ("GP Nurse", "GP", "1"),
        ("GP - Nurse - Chemist", "GP", "1"),
        ("GP - GP", "GP", "1"),
        ("GP - Nurse", "", "1"),
        ("GP - Nurse", "Porter", "1"),
        ("GP - Nurse", "GP", ""),
        ("GP - Nurse", "GP", "some"),
        ("GP - Nurse", "GP", "1.5"),
        ("\n".join(f"a{i} - b{i}" for i in range(61)), "a1", "1"),
    ],
)
def test_what_cannot_be_read_is_an_error_of_one_sentence(text: str, start: str, guess: str) -> None:
    with pytest.raises(PcqaError) as caught:
        who_reaches_whom().reveal(text, start, guess)
    assert "\n" not in str(caught.value)


def test_links_are_read_as_they_are_typed() -> None:
    assert tuple(read_links(typed(EXAMPLE))) == EXAMPLE
    assert read_links(" GP – Nurse ;; Walk-in centre - GP ") == [
        ("GP", "Nurse"),
        ("Walk-in centre", "GP"),
    ]


def test_in_print_the_links_stand_before_the_maps() -> None:
    activity = who_reaches_whom()
    told, table = activity.preface()
    assert "before you look on" in repr(told)
    assert len(table.frame) == len(EXAMPLE)
    pictures = activity.static()
    assert len({picture.name for picture in pictures}) == len(activity.starts) == 3
    assert all(
        start in picture.alt for start, picture in zip(activity.starts, pictures, strict=True)
    )


def test_a_start_that_is_not_in_the_links_is_refused_at_once() -> None:
    with pytest.raises(PcqaError):
        who_reaches_whom([("GP", "Nurse")], starts=["Porter"])


@needs_widgets
def test_the_panel_answers_with_a_map_or_with_a_sentence_that_is_announced() -> None:
    _, links, starts, typed_in, show, answer = who_reaches_whom().panel().children
    start, guess = typed_in.children
    show.click()
    assert "Say with whom" in answer.value
    assert 'role="status"' in answer.value
    starts.children[1].click()
    assert start.value == "Pharmacist"
    show.click()
    assert "First say how many" in answer.value
    guess.value = "6"
    show.click()
    assert "and so it is" in answer.value
    assert 'alt="' in answer.value
    links.value = "Pharmacist & <b>"
    show.click()
    assert "Link 1 is not two names" in answer.value
    assert "<b>" not in answer.value


@needs_widgets
def test_every_control_has_a_label_and_works_with_tab_and_space() -> None:
    _, links, starts, typed_in, show, _ = who_reaches_whom().panel().children
    controls = [links, *starts.children, *typed_in.children, show]
    assert all(control.description for control in controls)
    assert {type(one).__name__ for one in controls} == {"Textarea", "Text", "Button"}
