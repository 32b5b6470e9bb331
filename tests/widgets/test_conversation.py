"""A conversation that branches: say something, guess what it does, see."""

from __future__ import annotations

import importlib.util

import pytest

from pcqa_teach.errors import PcqaError
from pcqa_teach.widgets import first_conversation
from pcqa_teach.widgets.conversation import EXPECTED
from pcqa_teach.widgets.conversation_script import KINDS, ROUTES, SCRIPT, Choice, Turn

needs_widgets = pytest.mark.skipif(
    importlib.util.find_spec("ipywidgets") is None, reason="ipywidgets is not installed here"
)


def test_every_turn_can_be_reached_and_every_way_comes_to_an_end() -> None:
    seen, waiting = set(), ["start"]
    while waiting:
        place = waiting.pop()
        if place not in seen:
            seen.add(place)
            waiting += [one.leads for one in SCRIPT[place].choices]
    assert seen == set(SCRIPT)
    assert all(bool(turn.choices) != bool(turn.end) for turn in SCRIPT.values())


def test_advice_and_blame_close_a_conversation_and_no_question_does() -> None:
    for turn in SCRIPT.values():
        for one in turn.choices:
            assert (SCRIPT[one.leads].so == "less") == (one.kind in ("advice", "blame"))


@pytest.mark.parametrize(("expected", "held"), [("less", True), ("more", False)])
def test_what_was_expected_is_compared_with_what_they_do(expected: str, held: bool) -> None:
    told, right = first_conversation().reveal("start", 1, expected)
    assert right is held
    assert told.startswith("You (advice): “Most practices")
    assert ("As you expected" if held else "Other than you expected") in told
    assert "they closed up" in told


def test_the_end_says_what_came_of_it_and_what_was_said() -> None:
    activity = first_conversation()
    assert "of their own to find out" in activity.reveal("monday", 0, "more")[0]
    said = activity.summary(["agree", "ask", "ask"], 2)
    assert "3 sentences: agreeing 1, asking 2." in said
    assert "2 of your 3 guesses held" in said


def test_a_choice_that_there_is_not_is_refused_in_a_sentence() -> None:
    activity = first_conversation()
    with pytest.raises(PcqaError, match="There are 3 things to say"):
        activity.say("start", 3)
    with pytest.raises(PcqaError, match="There are 3 things to say"):
        activity.reveal("start", 3, "more")
    with pytest.raises(PcqaError, match="First tick"):
        activity.reveal("start", 0, "silence")
    with pytest.raises(PcqaError, match="not there"):
        activity.say("nowhere", 0)


@pytest.mark.parametrize(
    "choice", [Choice("Hello.", "ask", "nowhere"), Choice("Hello.", "shout", "end")]
)
def test_a_script_that_leads_nowhere_is_refused(choice: Choice) -> None:
    turns = {"start": Turn("Hm.", "more", (choice,)), "end": Turn("Bye.", "less", end="Over.")}
    with pytest.raises(PcqaError, match="A choice leads"):
        first_conversation(turns)
    with pytest.raises(PcqaError, match="no turn 'start'"):
        first_conversation({})


def test_in_print_the_first_sentences_stand_before_three_ways_through() -> None:
    activity = first_conversation()
    told, table = activity.preface()
    assert "before you look on" in repr(told)
    assert len(table.frame) == 3
    assert "they" not in table.frame.iloc[:, 1].str.cat().casefold()
    pictures = activity.static()
    assert len(pictures) == len(ROUTES)
    for name, picture in zip(ROUTES, pictures, strict=True):
        assert picture.alt.startswith(f"{name}. They: “You have seen our numbers")
        assert "What came of it: " in picture.alt
        assert len(picture.png) > 10_000


@needs_widgets
def test_the_panel_wants_a_sentence_and_a_guess_and_goes_on_to_the_end() -> None:
    _, heard, holder, _, guess, buttons, answer = first_conversation().panel().children
    go, again = buttons.children
    go.click()
    assert "Tick what you would say" in answer.value
    for choice in (0, 0, 0):
        holder.children[choice].value = True
        guess.children[0].value = True
        go.click()
    assert "The conversation is over" in heard.value
    assert "3 of your 3 guesses held" in answer.value
    assert not holder.children
    go.click()
    assert "3 of your 3" in answer.value
    again.click()
    assert len(holder.children) == 3
    assert "Just tell us" in heard.value


@needs_widgets
def test_every_control_has_a_label_and_works_with_tab_and_space() -> None:
    _, _, holder, _, guess, buttons, answer = first_conversation().panel().children
    controls = [*holder.children, *guess.children, *buttons.children]
    assert all(control.description for control in controls)
    assert {type(control).__name__ for control in controls} == {"Checkbox", "Button"}
    assert 'role="status"' in answer.value
    assert set(EXPECTED) == {turn.so for turn in SCRIPT.values()}
    assert set(KINDS) == {one.kind for turn in SCRIPT.values() for one in turn.choices}
