"""What a practice is set beside decides what is left of its fall."""

from __future__ import annotations

import importlib.util

import pytest

from pcqa_teach.errors import LessonError
from pcqa_teach.widgets import pick_comparator
from pcqa_teach.widgets.comparators import COMPARATORS, PLANTED, START, PickComparator

needs_widgets = pytest.mark.skipif(
    importlib.util.find_spec("ipywidgets") is None, reason="ipywidgets is not installed here"
)


@pytest.fixture(scope="module")
def activity() -> PickComparator:
    return pick_comparator()


@pytest.mark.parametrize(
    ("choice", "left"),
    [("itself", -10), ("alike", PLANTED), ("worst", 0), ("next_door", 0), ("drifting", -2)],
)
def test_what_is_left_is_the_fall_less_that_of_the_comparison(
    activity: PickComparator, choice: str, left: float
) -> None:
    assert activity.left(choice) == left
    weeks = activity.series(choice)
    means = weeks.groupby(["who", weeks["week"] >= START])["value"].mean().round(6)
    chosen = COMPARATORS[choice]
    assert means["Practice P"].tolist() == [60, 50]
    assert means[chosen.name].tolist() == [chosen.before, chosen.after]


def test_only_the_drifting_one_had_moved_otherwise_before(activity: PickComparator) -> None:
    trends = {choice: activity.found(choice).trend for choice in ("alike", "next_door", "drifting")}
    told = {choice: bool(one["low"] <= 0 <= one["high"]) for choice, one in trends.items()}
    assert told == {"alike": True, "next_door": True, "drifting": False}


def test_the_worst_off_stood_out_before_the_change(activity: PickComparator) -> None:
    weeks = activity.series("worst").query("who != 'Practice P'").set_index("week")["value"]
    assert weeks.loc[9:12].min() > weeks.loc[1:8].max()
    assert weeks.loc[9:12].min() > weeks.loc[13:].max()


@pytest.mark.parametrize(
    ("choice", "text", "told"),
    [
        ("alike", "6", "a fall of 6, as you expected"),
        ("alike", "-6", "as you expected"),
        ("alike", "10", "and you expected 10"),
        ("alike", "6", "We planted a fall of 6"),
        ("itself", "10", "Nothing is taken off"),
        ("worst", "6", "regression to the mean"),
        ("next_door", "6", "It had the change too"),
        ("drifting", "2", "did not move alike beforehand"),
    ],
)
def test_the_answer_says_what_the_comparison_can_tell(
    activity: PickComparator, choice: str, text: str, told: str
) -> None:
    said, picture = activity.reveal(choice, text)
    assert told in said
    assert COMPARATORS[choice].verdict in picture.alt


@pytest.mark.parametrize(
    ("choice", "rest"),
    [
        ("itself", "Left as the change's own: -10. That is a fall of 10, and you expected 5."),
        ("alike", "Left as the change's own: -6. That is a fall of 6, as you expected."),
        ("worst", "own: no change. Nothing is left of the fall, and you expected 5."),
        ("next_door", "own: no change. Nothing is left of the fall, and you expected 5."),
        ("drifting", "Left as the change's own: -2. That is a fall of 2, and you expected 5."),
    ],
)
def test_what_is_left_is_said_in_a_sentence(
    activity: PickComparator, choice: str, rest: str
) -> None:
    first, *_ = activity.reveal(choice, "5")[0].split("\n\n")
    assert first.endswith(rest)


def test_the_planted_size_is_told_with_the_right_comparison_alone(activity: PickComparator) -> None:
    told = [name for name in COMPARATORS if "We planted" in activity.reveal(name, "6")[0]]
    assert told == ["alike"]


@pytest.mark.parametrize(("choice", "text"), [("", "6"), ("alike", ""), ("alike", "<b>")])
def test_what_is_missing_is_asked_for(activity: PickComparator, choice: str, text: str) -> None:
    with pytest.raises(LessonError, match=r"^First ") as caught:
        activity.reveal(choice, text)
    assert "<b>" not in str(caught.value)


def test_the_static_states_are_one_picture_a_comparison(activity: PickComparator) -> None:
    pictures = activity.static()
    assert [one.name for one in pictures] == [
        f"comparator-{n}".replace("_", "-") for n in COMPARATORS
    ]
    ask, table = activity.preface()
    assert "same order" in ask.text
    assert len(table.frame) == len(COMPARATORS)
    assert not any(one.verdict in table.frame.to_string() for one in COMPARATORS.values())


@needs_widgets
def test_the_panel_asks_before_it_shows(activity: PickComparator) -> None:
    _, choices, guess, buttons, answer = activity.panel().children
    buttons.children[0].click()
    assert "First tick" in answer.value
    choices.children[1].value = True
    buttons.children[0].click()
    assert "First write" in answer.value
    guess.value = "7"
    buttons.children[0].click()
    assert 'alt="' in answer.value
    controls = [*choices.children, guess, *buttons.children]
    assert all(one.description for one in controls)
    assert {type(one).__name__ for one in controls} == {"Checkbox", "Text", "Button"}
