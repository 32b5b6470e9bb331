"""Slots kept apart or shared: what is simulated, and what the panel says."""

from __future__ import annotations

import importlib.util

import pytest

from pcqa_teach.errors import DataError, LessonError
from pcqa_teach.widgets import carve_or_pool
from pcqa_teach.widgets.carving import APART, GUESSES, POOL, STATES, compare, times_as_long

needs_widgets = pytest.mark.skipif(
    importlib.util.find_spec("ipywidgets") is None, reason="ipywidgets is not installed here"
)


@pytest.mark.parametrize(
    ("setting", "right"),
    [
        ({}, "double"),
        ({"kept": 0.5}, "many"),
        ({"kept": 0.3}, "many"),
        ({"demand": 102}, "alike"),
        ({"demand": 90}, "alike"),  # many times as long, of hardly any wait
        ({"demand": 100}, "half as long again"),
    ],
)
def test_the_answer_says_how_the_expectation_fared(setting: dict[str, float], right: str) -> None:
    found = carve_or_pool(runs=200).shared_out(**setting)
    assert "and so it is" in compare(right, found)
    for name in GUESSES.keys() - {right}:
        assert f"and it is {GUESSES[right][1]}" in compare(name, found)


def test_how_many_times_as_long_is_the_ratio_of_the_two_waits() -> None:
    found = carve_or_pool().shared_out()
    apart, pool = found.of(APART)["mean_wait_days"], found.of(POOL)["mean_wait_days"]
    assert times_as_long(found) == pytest.approx(apart / pool)


def test_no_wait_at_all_is_no_division_by_nought() -> None:
    found = carve_or_pool(runs=3, days=5).shared_out(demand=1)
    assert times_as_long(found) == 1
    assert "about the same" in compare("alike", found)


@pytest.mark.parametrize("wrong", [{"kept": 0}, {"kept": 1}, {"mix": 2}, {"demand": "many"}])
def test_what_cannot_be_is_an_error_of_one_sentence(wrong: dict[str, object]) -> None:
    with pytest.raises(DataError):
        carve_or_pool(runs=2).shared_out(**wrong)


def test_an_expectation_comes_first() -> None:
    with pytest.raises(LessonError, match="First say"):
        carve_or_pool(runs=2).reveal("")


def test_the_same_seed_gives_the_same_waits() -> None:
    one, two = (carve_or_pool(runs=5).shared_out().table for _ in range(2))
    assert one.equals(two)


def test_the_static_states_are_pictures_with_their_own_names_and_messages() -> None:
    pictures = carve_or_pool(runs=20).static()
    assert len({picture.name for picture in pictures}) == len(STATES) == 3
    for name, picture in zip(STATES, pictures, strict=True):
        assert picture.alt.startswith(f"{name}. ")
        assert "Kept apart" in picture.alt


def test_more_asks_than_slots_are_said_under_the_picture() -> None:
    measured, safe, full = (picture.svg.decode() for picture in carve_or_pool(runs=20).static())
    said = "the average wait keeps growing however they are shared"
    assert said in full
    assert said not in measured + safe
    assert "that wait keeps growing" in safe
    assert "keeps growing" not in measured


def test_the_preface_gives_the_numbers_of_each_state() -> None:
    words, table = carve_or_pool(runs=2).preface()
    assert "look on" in repr(words)
    assert table.frame["Asks a day"].tolist() == [98, 98, 102]
    assert table.frame["Slots kept for them"].tolist() == [40, 50, 40]


@needs_widgets
def test_the_panel_asks_for_an_expectation_and_uses_what_was_set() -> None:
    _, demand, mix, kept, _, choices, opened, answer = carve_or_pool(runs=20).panel().children
    opened.click()
    assert "First say what you expect" in answer.value
    kept.children[2].click()
    mix.children[1].click()
    demand.children[1].click()
    assert "Asks a day, on average: 96" in demand.children[0].value
    assert "35%" in mix.children[0].value
    choices.children[4].value = True
    opened.click()
    assert "more than three times as long, and so it is" in answer.value
    assert "50 of 100 slots kept" in answer.value
    assert 'alt="' in answer.value
    assert 'role="status"' in answer.value


@needs_widgets
def test_every_setting_of_the_panel_gives_an_answer() -> None:
    activity = carve_or_pool(runs=3, days=20)
    for kept in (0.1, 0.8):
        for mix in (0.3, 0.5):
            for demand in (86, 106):
                assert "alt=" in activity._answer("alike", kept=kept, mix=mix, demand=demand)


@needs_widgets
def test_every_control_has_a_label_of_its_own_and_works_with_tab_and_space() -> None:
    _, *steppers, _, choices, opened, _ = carve_or_pool(runs=2).panel().children
    buttons = [one for stepper in steppers for one in stepper.children[1:]]
    controls = [*buttons, *choices.children, opened]
    labels = [control.description for control in controls]
    assert all(labels)
    assert len(set(labels)) == len(labels)
    assert {type(control).__name__ for control in controls} == {"Button", "Checkbox"}


@pytest.mark.parametrize("variable", ["PCQA_STATIC", "NBGRADER_EXECUTION"])
def test_in_print_and_in_marking_no_widget_is_shown(
    variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import IPython.display

    pieces: list[object] = []
    monkeypatch.setattr(IPython.display, "display", pieces.append)
    monkeypatch.setenv(variable, "1")
    carve_or_pool(runs=2)._ipython_display_()
    assert len(pieces) == 5  # a sentence, the practices, three pictures
    assert all("ipywidgets" not in type(piece).__module__ for piece in pieces)
