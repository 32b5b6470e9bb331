"""Which change brings the end nearest: chosen first, then shown; and processes that people type."""

from __future__ import annotations

import importlib.util
from typing import Any

import pytest

from pcqa_teach.errors import LessonError, PcqaError
from pcqa_teach.widgets import value_stream
from pcqa_teach.widgets.process_lines import read_minutes, read_steps, typed_steps
from pcqa_teach.widgets.timeline import ValueStream

needs_widgets = pytest.mark.skipif(
    importlib.util.find_spec("ipywidgets") is None, reason="ipywidgets is not installed here"
)
STEPS = [
    {"step": "Sorted", "role": "Admin", "wait": 240, "touch": 2, "value": False},
    {"step": "Read", "role": "GP", "wait": 2880, "touch": 4, "value": True},
    {"step": "Told", "role": "Reception", "wait": 60, "touch": 2, "value": True},
]
FASTER, DAILY, STRAIGHT = "Work twice as fast", "Read each day", "Leave out the reading"
CHANGES: dict[str, Any] = {
    FASTER: {"*": {"touch_times": 0.5}},
    DAILY: {"Read": {"wait": 1440}},
    STRAIGHT: {"Read": None},
}


@pytest.fixture
def stream() -> ValueStream:
    return value_stream(STEPS, CHANGES, title="A letter")


def test_each_change_brings_the_end_nearer_by_what_it_takes_out(stream: ValueStream) -> None:
    assert stream.sooner() == {STRAIGHT: 2884, DAILY: 1440, FASTER: 4}
    assert list(stream.sooner()) == [STRAIGHT, DAILY, FASTER]


def test_a_change_leaves_the_process_of_today_as_it_was(stream: ValueStream) -> None:
    before = stream.today().lead_time
    stream.after(STRAIGHT)
    stream.after(FASTER)
    assert stream.today().lead_time == before == 3188


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (STRAIGHT, "2 days sooner, of 2.2 days. No other change here does as much."),
        (FASTER, f"4 min sooner, of 2.2 days. '{STRAIGHT}' does more"),
    ],
)
def test_the_answer_says_how_the_choice_fared(stream: ValueStream, chosen: str, said: str) -> None:
    told, picture, compared = stream.reveal(chosen)
    assert said in told
    assert chosen in picture.alt
    assert "brings the end nearest" in compared.alt


def test_the_picture_of_all_changes_says_each_in_its_alt_text(stream: ValueStream) -> None:
    alt = stream.compared().alt
    assert f"{STRAIGHT} brings the end nearest" in alt
    assert all(change in alt for change in CHANGES)
    assert "(4 min sooner)" in alt


def test_a_change_to_a_step_that_is_not_there_is_refused() -> None:
    with pytest.raises(LessonError, match="names a step"):
        value_stream(STEPS, {"Odd": {"Signed": None}})


def test_the_static_states_are_pictures_with_names_of_their_own(stream: ValueStream) -> None:
    pictures = stream.static()
    assert [one.name for one in pictures] == ["value-stream-today", "value-stream-changes"]
    assert all(len(one.alt) > 30 and one.svg for one in pictures)
    table, ask = stream.preface()
    assert "as it runs today" in table.caption
    assert all(change in ask.text for change in CHANGES)


def test_a_guess_is_compared_with_the_share_of_work(stream: ValueStream) -> None:
    told, picture, words = stream.own(typed_steps(STEPS), "20 %")
    assert "20 of every 100 minutes are work. It is fewer than 1: 8 min of work in 2.2 days" in told
    assert picture.alt.startswith("Timeline.")
    assert "6 minutes that add value / 3,188 minutes" in words


@pytest.mark.parametrize(
    ("lines", "guess", "said"),
    [
        ("Read; GP; 2 days; 3 min", "", "First guess"),
        ("Read; GP; 2 days; 3 min", "twelve", "First guess"),
        ("Read; GP; 2 days; 3 min", "140", "from 0 to 100"),
        ("", "5", "no step yet"),
        ("Read; GP; soon; 3 min", "5", "wait in line 1 cannot be read"),
        ("Read; GP; 1 day; <b>", "5", "work in line 1 cannot be read"),
        ("Read, GP, 1 day, 3 min", "5", "Line 1 needs four parts"),
        ("Read; GP; none; 0", "5", "All times are 0"),
        ("\n".join(f"S{i}; R{i}; 1 h; 1 min" for i in range(8)), "5", "more than 6 roles"),
        ("\n".join(["S; R; 1 h; 1 min"] * 21), "5", "20 at most"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence(
    stream: ValueStream, lines: str, guess: str, said: str
) -> None:
    with pytest.raises(PcqaError, match=said) as caught:
        stream.own(lines, guess)
    assert "<b>" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("20", 20),
        ("20 min.", 20),
        ("1 Day", 1440),
        ("1.5 hours", 90),
        ("1,5 h", 90),
        ("2 days 3 h", 3060),
        ("3h40", 220),
        ("1 week", 10080),
        (" none ", 0),
        ("", 0),
    ],
)
def test_times_are_read_as_people_write_them(text: str, minutes: float) -> None:
    assert read_minutes(text) == minutes


@pytest.mark.parametrize("text", ["soon", "2 fortnights", "-3 min", "9999999 weeks", "3 min ago"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(LessonError):
        read_minutes(text)


def test_steps_survive_being_typed() -> None:
    assert read_steps(typed_steps(STEPS)) == STEPS


@needs_widgets
def test_the_panel_asks_for_a_choice_before_it_reveals(stream: ValueStream) -> None:
    _, _, choices, reveal, answer, *_ = stream.panel().children
    reveal.children[0].click()
    assert "First tick" in answer.value
    choices.children[0].value = True
    reveal.children[0].click()
    assert "4 min sooner" in answer.value
    assert answer.value.count("<img") == 2
    choices.children[2].value = True
    assert not choices.children[0].value


@needs_widgets
def test_the_panel_draws_a_typed_process_or_says_what_is_wrong(stream: ValueStream) -> None:
    *_, lines, guess, draw, drawn = stream.panel().children
    draw.children[0].click()
    assert "First guess" in drawn.value
    assert 'role="status"' in drawn.value
    guess.value = "10"
    draw.children[0].click()
    assert "You guessed that 10" in drawn.value
    lines.value = "nonsense <b>"
    draw.children[0].click()
    assert "Line 1 needs four parts" in drawn.value
    assert "<b>" not in drawn.value


@needs_widgets
def test_every_control_has_a_label_and_works_with_tab_and_space(stream: ValueStream) -> None:
    _, _, choices, reveal, _, _, lines, guess, draw, _ = stream.panel().children
    controls = [*choices.children, *reveal.children, lines, guess, *draw.children]
    assert all(control.description for control in controls)
    kinds = {type(control).__name__ for control in controls}
    assert kinds == {"Checkbox", "Button", "Textarea", "Text"}
